// `make types` writes this file from the server's code; a change here is lost.
export const MOST_MINUTES = 480;
export const THRESHOLD = 5;
export const MOST_TO_WAIT_FOR = 20;
