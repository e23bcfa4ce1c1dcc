// `make types` writes this file from the server's code; a change here is lost.
export const PROTOCOL = 1;
export const TOO_OLD = 4410;
export const SHOWN_OUT = 4401;
export const DOOR_ALPHABET = "ABCDEFGHJKMNPQRTVWXY2346789";
export const DOOR_CODE_LENGTH = 6;
