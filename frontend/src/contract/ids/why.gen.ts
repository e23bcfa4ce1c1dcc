// `make types` writes this file from the server's code; a change here is lost.
/** The id of a part: there is one of each on a board. */
export const whyId = (part: string): string => `why:${part}`;
