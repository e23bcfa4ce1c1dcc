import { describe, expect, it } from "vitest";
import type { Item } from "../engine/types";
import { following, minutesOf, plan } from "./plan";

const MINUTE = 60_000;
const item = (id: string, minutes: number, more: Partial<Item> = {}) =>
  ({
    kind: "item",
    id,
    workshop: "w",
    activity: "notes",
    title: id,
    minutes,
    position: 1,
    settings: {},
    state: "planned",
    started_at: null,
    ended_at: null,
    ...more,
  }) as unknown as Item;

describe("F4: the agenda's times", () => {
  it("predicts nothing before the workshop has begun", () => {
    expect(plan([item("a", 10), item("b", 20)], 5 * MINUTE)).toEqual({
      elapsed: 0,
      ends: null,
      over: 0,
      total: 30,
    });
  });

  it("is on plan while the live activity keeps within its minutes", () => {
    const items = [item("a", 10, { state: "live", started_at: 0 }), item("b", 20)];
    expect(plan(items, 4 * MINUTE)).toEqual({ elapsed: 4, ends: 30 * MINUTE, over: 0, total: 30 });
  });

  it("pushes the end when the live activity takes longer", () => {
    const items = [item("a", 10, { state: "live", started_at: 0 }), item("b", 20)];
    expect(plan(items, 13 * MINUTE)).toMatchObject({ elapsed: 13, ends: 33 * MINUTE, over: 3 });
  });

  it("says how much earlier it ends when an activity was short", () => {
    const items = [
      item("a", 10, { state: "done", started_at: 0, ended_at: 6 * MINUTE }),
      item("b", 20, { state: "live", started_at: 6 * MINUTE }),
    ];
    expect(plan(items, 8 * MINUTE)).toMatchObject({ elapsed: 2, ends: 26 * MINUTE, over: -4 });
  });

  it("stops moving when everything is done", () => {
    const items = [item("a", 10, { state: "done", started_at: 0, ended_at: 12 * MINUTE })];
    expect(plan(items, 99 * MINUTE)).toMatchObject({ ends: 12 * MINUTE, over: 2 });
  });

  it("shows what a finished activity took and what any other is given", () => {
    expect(minutesOf(item("a", 10))).toBe(10);
    expect(minutesOf(item("a", 10, { state: "done", started_at: 0, ended_at: 11 * MINUTE }))).toBe(11);
    expect(minutesOf(item("a", 10, { state: "done", started_at: 0, ended_at: 1000 }))).toBe(1);
  });

  it("knows what follows", () => {
    const items = [item("a", 1), item("b", 1)];
    expect(following(items, "a")?.id).toBe("b");
    expect(following(items, "b")).toBeUndefined();
    expect(following(items, undefined)?.id).toBe("a");
  });
});
