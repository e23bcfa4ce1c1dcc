import { FACTORS } from "../../contract/factors.gen";
import { expect, it } from "vitest";
import { Board } from "../../engine/board.svelte";
import type { Seen, Theme } from "../../engine/types";
import { drawWheel, factorsOf, INNER, OUTER, overTheSix, segment, SIDE } from "./factors";

const theme = (id: string): Theme => ({
  kind: "theme",
  id,
  name: id,
  paper: "mos",
  of: "q",
  position: 1,
  agenda_place: 0,
  strength: false,
});
const tagged = (id: string, ...factors: string[]) => ({
  ...{ kind: "tagged", id: `tagged:${id}`, theme: id, factors },
});

function boardOf(...records: object[]): Board {
  const board = new Board();
  const held = records.map((record) => ({ seq: 1, record: record as Seen }));
  board.apply({ type: "changes", epoch: "e", seq: 1, all: false, activity: null, records: held, gone: [] });
  return board;
}

it("P2.10 a theme is in each of its factors, in the order of the circle", () => {
  const board = boardOf(tagged("a", "reward", "demands"), tagged("b", "demands"), tagged("gone", "meaning"));
  expect(factorsOf(board, "a")).toEqual(["demands", "reward"]);
  const petals = overTheSix(board, [theme("a"), theme("b"), theme("c")]);
  expect(petals.map(({ factor }) => factor)).toEqual(FACTORS);
  expect(petals.map(({ themes }) => themes.length)).toEqual([2, 0, 0, 0, 0, 1]);
});

it("P2.10 every theme has a block of its own in its petal, and many become thinner, never longer", () => {
  const ids = ["a", "b", "c", "d", "e", "f", "g"];
  const board = boardOf(...ids.map((id) => tagged(id, "support")));
  const petals = overTheSix(board, ids.map(theme));
  const { paths } = drawWheel(petals.map(({ themes }) => themes.map(({ paper }) => paper)));
  const drawn = paths.filter(({ look }) => look === "mos");
  expect(new Set(drawn.map(({ path }) => path)).size).toBe(ids.length);
  expect(drawn.at(-1)?.path).toContain(`A${(OUTER - 2).toFixed(1)}`);
  expect(paths.length - drawn.length).toBe(FACTORS.length);
});

it("P2.10 the first petal is at the top", () => {
  const numbers =
    segment(0, FACTORS.length, INNER, OUTER)
      .match(/-?\d+\.\d/g)
      ?.map(Number) ?? [];
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(numbers[1]).toBeLessThan(SIDE / 2);
});
