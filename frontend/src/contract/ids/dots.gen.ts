// `make types` writes this file from the server's code; a change here is lost.
/** The id of an item's slate. */
export const dotsSlateId = (activity: string): string => `dots_slate:${activity}`;
/** The id of an item's result. */
export const dotsResultId = (activity: string): string => `dots_result:${activity}`;
