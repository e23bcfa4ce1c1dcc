/** A clock's digits; separate from the clock itself, which is part of every phone's first load. */

/** 3:42, 0:08, 61:00; a started second counts as a whole one. */
export function minutes(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
