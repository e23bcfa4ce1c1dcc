// `make types` writes this file from the server's code; a change here is lost.
export const MOST_MINUTES = 480;
