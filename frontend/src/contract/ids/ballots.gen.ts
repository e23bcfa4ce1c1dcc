// `make types` writes this file from the server's code; a change here is lost.
/** The id of an item's balloting. */
export const ballotingId = (activity: string): string => `balloting:${activity}`;
