/** The employee stands to the left (above on a phone), on every screen and paper. */
export const SIDES = ["employee", "leader"] as const;
export type Side = (typeof SIDES)[number];
