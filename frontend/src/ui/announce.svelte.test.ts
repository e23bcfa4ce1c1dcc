import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Timer } from "../engine/types";
import { Line, onClockMark } from "./announce.svelte";

beforeEach(() => vi.useFakeTimers());
let end: () => void = () => undefined;
afterEach(() => {
  end();
  vi.useRealTimers();
});

it("a running clock is spoken of at one minute, half a minute and its end, each once", () => {
  const timer = { state: "running", length: 600_000, ends_at: 100_000 } as Timer;
  let now = $state(0);
  const told: number[] = [];
  end = $effect.root(() =>
    onClockMark(
      () => timer,
      () => now,
      (mark) => told.push(mark),
    ),
  );
  for (const at of [0, 30_000, 41_000, 45_000, 75_000, 99_900, 100_100, 101_000]) {
    now = at;
    flushSync();
  }
  expect(told).toEqual([60, 30, 0]);
});

it("moving from one clock to another that is over already announces nothing", () => {
  const of = (id: string, ends_at: number) => ({ id, state: "running", length: 600_000, ends_at }) as Timer;
  let timer = $state.raw(of("timer:a", 100_000));
  const told: number[] = [];
  end = $effect.root(() =>
    onClockMark(
      () => timer,
      () => 20_000,
      (mark) => told.push(mark),
    ),
  );
  flushSync();
  timer = of("timer:b", 10_000);
  flushSync();
  expect(told).toEqual([]);
});

it("a short break is not announced, a longer one is, and so is its end", () => {
  let gone = $state(false);
  const told: boolean[] = [];
  const lines: Line[] = [];
  end = $effect.root(() => {
    lines.push(
      new Line(
        () => gone,
        1_000,
        (lost) => told.push(lost),
      ),
    );
  });
  const pass = (is: boolean, ms: number) => {
    gone = is;
    flushSync();
    vi.advanceTimersByTime(ms);
    flushSync();
  };
  pass(false, 100);
  pass(true, 900);
  pass(false, 5_000);
  expect(told).toEqual([]);
  pass(true, 1_000);
  expect(lines[0]?.lost).toBe(true);
  pass(false, 0);
  expect(told).toEqual([true, false]);
});
