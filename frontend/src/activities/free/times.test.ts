import { expect, it } from "vitest";
import type { ItemOf, Timer } from "../../engine/types";
import { timesOf } from "./times";

const MINUTE = 60_000;
const item = (what: string) =>
  ({ id: "f", activity: "free", minutes: 10, settings: { what, text: "" } }) as unknown as ItemOf<"free">;
const timer = (more: Partial<Timer>) =>
  ({ state: "running", ends_at: 10 * MINUTE, left: null, length: 10 * MINUTE, ...more }) as Timer;

it("W8 before the clock is started it says when the meeting would continue", () => {
  expect(timesOf(item("pause"), undefined, MINUTE)).toEqual({
    ...{ planned: true, half: null, ends: 11 * MINUTE, up: false },
  });
  expect(timesOf(item("pairs"), timer({ state: "stopped" }), 0)).toMatchObject({ planned: true });
});

it("W8 two by two it says when half of the time is over, until then", () => {
  const at = (now: number) => timesOf(item("pairs"), timer({}), now);
  expect(at(MINUTE)).toEqual({ planned: false, half: 5 * MINUTE, ends: 10 * MINUTE, up: false });
  expect(at(6 * MINUTE).half).toBe(null);
  expect(timesOf(item("talk"), timer({}), MINUTE).half).toBe(null);
});

it("W8 while it is paused nobody can say when, and at the end it says so", () => {
  const paused = timer({ state: "paused", ends_at: null, left: MINUTE });
  expect(timesOf(item("pause"), paused, 0)).toEqual({ planned: false, half: null, ends: null, up: false });
  expect(timesOf(item("pause"), timer({}), 10 * MINUTE)).toMatchObject({ ends: null, up: true });
});
