// `make types` writes this file from the server's code; a change here is lost.
/** The id of an item's pulse. */
export const pulseId = (activity: string): string => `pulse:${activity}`;
/** The id of a pulse's result. */
export const pulseResultId = (activity: string): string => `pulse_result:${activity}`;
