// `make types` writes this file from the server's code; a change here is lost.
/** The id of an item's writing. */
export const writingId = (activity: string): string => `writing:${activity}`;
