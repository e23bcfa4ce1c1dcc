// `make types` writes this file from the server's code; a change here is lost.
export const NOTE_GRAPHEMES = 280;
export const LINE_GRAPHEMES = 80;
export const PROSE_GRAPHEMES = 1000;
export const MAX_BYTES = 2000;
