// `make types` writes this file from the server's code; a change here is lost.
/** The id of what a theme is tagged with. */
export const taggedId = (theme: string): string => `tagged:${theme}`;
