/** The clock of what is answered by tap: when it is over there is no sentence to finish, and nothing is shown. */
import { over } from "../engine/clock.svelte";
import type { Timer } from "../engine/types";

export const until = (timer: Timer | undefined, now: number): Timer | undefined =>
  over(timer, now) ? undefined : timer;
