/** The employee is on the left (on a phone at the top), on every screen and on paper. */
export const SIDES = ["employee", "leader"] as const;
export type Side = (typeof SIDES)[number];
