// `make types` writes this file from the server's code; a change here is lost.
/** The id of the step a command leaves. */
export const stepId = (command_id: string): string => `step:${command_id}`;
