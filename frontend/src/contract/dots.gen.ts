// `make types` writes this file from the server's code; a change here is lost.
export const DOTS_QUESTION = "dots";
export const DOTS = 3;
export const MOST_DOTS = 10;
