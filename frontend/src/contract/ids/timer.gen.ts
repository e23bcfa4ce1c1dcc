// `make types` writes this file from the server's code; a change here is lost.
/** The id of an activity's clock. */
export const timerId = (activity: string): string => `timer:${activity}`;
