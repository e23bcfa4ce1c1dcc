import { describe, expect, it } from "vitest";
import type { Timer } from "../../engine/types";
import { clockOrder, overKey } from "./clock";

const timer = (more: Partial<Timer>): Timer => ({
  kind: "timer",
  id: "timer:a",
  activity: "a",
  state: "running",
  ends_at: 10_000,
  left: null,
  length: 300_000,
  ...more,
});
const clock = (more?: Partial<Timer>) => ({ activity: "a", minutes: 5, timer: more && timer(more) });

describe("P2.1: the hand on the clock", () => {
  it("starts a stopped clock with the minutes of the agenda", () => {
    expect(clockOrder(clock(), "P", 0)).toEqual({ type: "timer.start", activity: "a", seconds: 300 });
    expect(clockOrder(clock({ state: "stopped" }), "P", 0)?.type).toBe("timer.start");
  });

  it("pauses, resumes, and gives a minute more or less", () => {
    expect(clockOrder(clock({}), "P", 0)?.type).toBe("timer.pause");
    expect(clockOrder(clock({ state: "paused", left: 5 }), "P", 0)?.type).toBe("timer.resume");
    expect(clockOrder(clock({}), "+", 0)).toMatchObject({ seconds: 60 });
    expect(clockOrder(clock({}), "-", 0)).toMatchObject({ seconds: -60 });
  });

  it("cannot pause or finish what is over, but can give a minute more", () => {
    expect(clockOrder(clock({}), "P", 10_000)).toBeNull();
    expect(clockOrder(clock({}), "finish", 10_000)).toBeNull();
    expect(clockOrder(clock({}), "+", 10_000)?.type).toBe("timer.add");
  });

  it("does nothing to a clock that was never started", () => {
    for (const key of ["-", "+", "stop", "finish"] as const) expect(clockOrder(clock(), key, 0)).toBeNull();
  });

  it("W8 asks to finish a sentence only where people write", () => {
    const board = (state?: string) => ({ one: () => state && { state } }) as never;
    expect(overKey(board("open"), "a")).toBe("desk.clock.over");
    expect([board(), board("stopped")].map((each) => overKey(each, "a"))).toEqual([
      "desk.clock.said.0",
      "desk.clock.said.0",
    ]);
  });
});
