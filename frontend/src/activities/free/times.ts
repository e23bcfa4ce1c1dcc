/** W8: when the free item is half over, and when the meeting goes on: by its clock, or as if it were started now; pure. */
import { over, remaining } from "../../engine/clock.svelte";
import type { ItemOf, Timer } from "../../engine/types";

export interface Times {
  /** The clock is not started yet. */
  readonly planned: boolean;
  /** ms; two by two, the others now get to speak. Null where that does not matter, or is over. */
  readonly half: number | null;
  /** ms; null while nobody can say, as the clock stands still. */
  readonly ends: number | null;
  /** The time is up. */
  readonly up: boolean;
}

export function timesOf(item: ItemOf<"free">, timer: Timer | undefined, now: number): Times {
  const planned = remaining(timer, now) === null;
  const length = planned || !timer ? item.minutes * 60_000 : timer.length;
  const ends = planned || !timer ? now + length : timer.state === "running" ? timer.ends_at : null;
  const up = over(timer, now);
  const half = item.settings.what === "pairs" && ends !== null ? ends - length / 2 : null;
  return { planned, half: half !== null && half > now ? half : null, ends: up ? null : ends, up };
}
