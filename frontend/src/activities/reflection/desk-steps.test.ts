import { expect, it } from "vitest";
import type { DeskContext } from "../../desk/part";
import { actions, script, STEPS, stepOf } from "./desk-steps";

const desk = (page: number, live = true) => ({ live, board: { wall: { page } } }) as unknown as DeskContext;

it("P5.3 goes on to the next picture, and every picture has a key", () => {
  const all = actions(desk(0));
  expect(all.filter(({ primary }) => primary)).toHaveLength(1);
  expect(all.flatMap(({ key }) => key ?? [])).toEqual(["1", "2", "3"]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.find(({ key }) => key === "1")?.disabled).toBeDefined();
});

it("P5.3 the last picture leaves the large button to the shell, and so does one that is over", () => {
  expect(actions(desk(STEPS.length - 1)).some(({ primary }) => primary)).toBe(false);
  expect(stepOf(desk(9))).toBe(STEPS.length - 1);
  expect(actions(desk(0, false))).toEqual([]);
});

it("P5.3 says something else to each picture", () => {
  expect(new Set(STEPS.map((_, page) => script(desk(page)).stage)).size).toBe(3);
});
