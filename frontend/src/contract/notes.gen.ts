// `make types` writes this file from the server's code; a change here is lost.
export const NOTES_PAPERS = ["korn", "fjord"] as const;
export const NOTES_ABOUT = ["draws", "hard", "own"] as const;
