// `make types` writes this file from the server's code; a change here is lost.
export const PULSE_SCALES = ["needed", "better"] as const;
export const PULSE_STEPS = [1, 2, 3, 4, 5] as const;
export const PULSE_MORE = "more";
export const PULSE_SPANS = [1, 2, 3, 6, 12] as const;
export const PULSE_SPAN = 6;
export const MOST_THRESHOLD = 100;
