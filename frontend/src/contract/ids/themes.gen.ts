// `make types` writes this file from the server's code; a change here is lost.
/** The id of a theme's place on the influence board. */
export const influenceId = (theme: string): string => `influence:${theme}`;
