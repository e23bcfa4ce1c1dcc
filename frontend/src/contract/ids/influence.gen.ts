// `make types` writes this file from the server's code; a change here is lost.
/** The id of the frozen result. */
export const influenceSpreadId = (activity: string, theme: string): string => `influence_spread:${activity}:${theme}`;
