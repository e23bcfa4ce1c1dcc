// `make types` writes this file from the server's code; a change here is lost.
/** The id of what the walls of a workshop show. */
export const wallId = (workshop: string): string => `wall:${workshop}`;
