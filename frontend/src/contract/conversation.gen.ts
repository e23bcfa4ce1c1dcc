// `make types` writes this file from the server's code; a change here is lost.
export const ANSWER_GRAPHEMES = 3000;
export const RHYTHMS = ["none", "week", "fortnight", "month"] as const;
export const MINUTES = [30, 45, 60] as const;
