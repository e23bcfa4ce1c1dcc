/** The effect of the desk's clock keys and buttons in each state of the clock. */
import { writingId } from "../../contract/ids/writing.gen";
import type { Board } from "../../engine/board.svelte";
import { over } from "../../engine/clock.svelte";
import type { DeskOrder, Timer } from "../../engine/types";
import type { Driver } from "../driver.svelte";

export interface Clock {
  /** The live item. */
  readonly activity: string;
  /** Its starting value; null: it cannot be started now. */
  readonly minutes: number | null;
  /** U2: shown in the dock, ready to start; elsewhere an empty clock would only be in the way. */
  readonly ready: boolean;
  readonly timer: Timer | undefined;
}

export type ClockKey = "P" | "-" | "+" | "stop" | "finish";

/** The command, or null when the key means nothing now. */
export function clockOrder(
  { activity, minutes, timer }: Pick<Clock, "activity" | "minutes" | "timer">,
  key: ClockKey,
  now: number,
): DeskOrder | null {
  const still = timer === undefined || timer.state === "stopped";
  if (still)
    return key === "P" && minutes !== null ? { type: "timer.start", activity, seconds: minutes * 60 } : null;
  switch (key) {
    case "P":
      if (timer.state === "paused") return { type: "timer.resume", activity };
      return over(timer, now) ? null : { type: "timer.pause", activity };
    case "-":
      return { type: "timer.add", activity, seconds: -60 };
    case "+":
      return { type: "timer.add", activity, seconds: 60 };
    case "stop":
      return { type: "timer.stop", activity };
    case "finish":
      return over(timer, now) ? null : { type: "timer.finish", activity };
  }
}

/** What is said under a clock that is over: a sentence is to be finished only where people write. */
export const overKey = (board: Pick<Board, "one">, activity: string) =>
  board.one("writing", writingId(activity))?.state === "open" ? "desk.clock.over" : "desk.clock.said.0";

export function press(driver: Driver, clock: Clock | null, key: ClockKey): void {
  const order = clock && clockOrder(clock, key, driver.clock.now);
  if (order) void driver.send(order);
}
