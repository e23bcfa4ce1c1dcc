// `make types` writes this file from the server's code; a change here is lost.
export const MOST_CHOSEN = 3;
export const PLACED_IMPORTANT = 2;
export const PLACED_URGENT = 1;
