// `make types` writes this file from the server's code; a change here is lost.
export const PLACED_CAN = 1;
export const PLACED_CANNOT = 0;
