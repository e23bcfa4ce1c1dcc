// `make types` writes this file from the server's code; a change here is lost.
export const MOST_DELETED = 200;
export const FINISH_SECONDS = 20;
