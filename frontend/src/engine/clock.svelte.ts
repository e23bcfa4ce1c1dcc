/** The server's time on every screen: a ticking `now`, and the time left on a timer (E6). */
import type { Timer } from "./types";

export class Ticker {
  /** Server time in ms, moved on four times a second. */
  now = $state(0);
  #read: () => number;
  #interval: ReturnType<typeof setInterval> | undefined;

  constructor(read: () => number) {
    this.#read = read;
    this.now = read();
  }

  start(): void {
    this.stop();
    this.now = this.#read();
    this.#interval = setInterval(() => (this.now = this.#read()), 250);
  }

  stop(): void {
    clearInterval(this.#interval);
  }
}

/** Milliseconds left, never below 0 nor above the whole; null when no clock is to be shown. */
export function remaining(timer: Timer | undefined, now: number): number | null {
  if (!timer || timer.state === "stopped") return null;
  if (timer.state === "paused") return Math.max(0, timer.left ?? 0);
  // Clocks agree only within some milliseconds: five minutes must never start as 5:01.
  return Math.min(timer.length, Math.max(0, (timer.ends_at ?? now) - now));
}

/** Time is up, but the timer still exists: "finish your sentence". */
export function over(timer: Timer | undefined, now: number): boolean {
  return timer?.state === "running" && remaining(timer, now) === 0;
}
