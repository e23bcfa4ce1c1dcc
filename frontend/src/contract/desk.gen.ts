// `make types` writes this file from the server's code; a change here is lost.
export const PAPERS = ["korn", "hyben", "mos", "fjord", "lyng"] as const;
export const KEEP_MONTHS = [3, 6, 12, 24, 36] as const;
export const SHORTEST_PASSWORD = 12;
export const LINK_DAYS = 14;
export const MOST_LINK_DAYS = 90;
export const SUMMARY_PARTS = ["phase_1", "phase_2", "phase_3", "phase_4", "phase_5", "words"] as const;
export const SCREEN_CODE_LENGTH = 4;
export const LOOKED_AT = ["clustering", "presentation", "why", "reflection", "free"] as const;
