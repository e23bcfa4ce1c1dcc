// `make types` writes this file from the server's code; a change here is lost.
export const FREE_KINDS = ["pause", "talk", "pairs", "meal"] as const;
