// `make types` writes this file from the server's code; a change here is lost.
/** The id of what the phones are asked in an item; the wall brings the picture forward by it. */
export const placingId = (activity: string): string => `placing:${activity}`;
