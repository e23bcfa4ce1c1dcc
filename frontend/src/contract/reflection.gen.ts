// `make types` writes this file from the server's code; a change here is lost.
export const REFLECTION_PARTS = ["far", "well", "less", "plan"] as const;
export const PROGRESS_TOP = 10;
