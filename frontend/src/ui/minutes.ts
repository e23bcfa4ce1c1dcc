import type { Timer } from "../engine/types";

/** A clock's digits; separate from the clock itself, which is part of every phone's first load. */

/** 3:42, 0:08, 61:00; a started second counts as a whole one. */
export function minutes(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * Whether the bar of a timer glides from one quarter of a second to the next. On a long one a step is at most a few
 * pixels, and gliding would draw sixty pictures a second on every screen for as long as people write.
 */
export const glides = (timer: Timer): boolean => timer.length <= 120_000;
