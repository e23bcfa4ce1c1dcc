// `make types` writes this file from the server's code; a change here is lost.
/** The id of the questions in an item. */
export const meTooSlateId = (activity: string): string => `me_too_slate:${activity}`;
/** The id of an item's result. */
export const meTooResultId = (activity: string): string => `me_too_result:${activity}`;
