// `make types` writes this file from the server's code; a change here is lost.
/** The id of a proposal's mark. */
export const pickedId = (note: string): string => `picked:${note}`;
