// `make types` writes this file from the server's code; a change here is lost.
/** The id of an item's telling. */
export const tellingId = (activity: string): string => `telling:${activity}`;
