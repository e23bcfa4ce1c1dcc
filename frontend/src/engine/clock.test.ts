import { expect, it } from "vitest";
import { minutes } from "../ui/minutes";
import { over, remaining } from "./clock.svelte";
import type { Timer } from "./types";

const timer = (part: Partial<Timer>): Timer => ({
  kind: "timer",
  id: "timer:i",
  activity: "i",
  state: "running",
  ends_at: 10_000,
  left: null,
  length: 60_000,
  ...part,
});

it("[E6] counts to `ends_at` in server time, and stops while paused", () => {
  expect(remaining(timer({}), 4_000)).toBe(6_000);
  expect(remaining(timer({ state: "paused", ends_at: null, left: 2_500 }), 99_000)).toBe(2_500);
  expect(remaining(timer({ state: "stopped" }), 0)).toBeNull();
  expect(remaining(undefined, 0)).toBeNull();
});

it("is over, never below nothing, once `ends_at` has passed", () => {
  expect(remaining(timer({}), 12_000)).toBe(0);
  expect(over(timer({}), 12_000)).toBe(true);
  expect(over(timer({}), 9_999)).toBe(false);
  expect(over(timer({ state: "paused", left: 0, ends_at: null }), 12_000)).toBe(false);
});

it("shows a started second as a whole one", () => {
  expect([0, 1, 1_000, 59_001, 222_000, 3_660_000].map(minutes)).toEqual([
    "0:00",
    "0:01",
    "0:01",
    "1:00",
    "3:42",
    "61:00",
  ]);
});
