import { describe, expect, it } from "vitest";
import type { Note, Theme } from "../../engine/types";
import { before, everything, freshPaper, pileOf, piles, reading } from "./desk-piles";

const note = (id: string, more: Partial<Note> = {}): Note => ({
  kind: "note",
  id,
  activity: "q2",
  text: id,
  face: "up",
  theme: null,
  rank: Number(id.slice(1)),
  edited: false,
  masked: false,
  poster: null,
  ...more,
});
const theme = (id: string, more: Partial<Theme> = {}): Theme => ({
  kind: "theme",
  id,
  name: id,
  paper: "korn",
  of: "q2",
  position: Number(id.slice(1)),
  agenda_place: 0,
  strength: false,
  ...more,
});
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe("piles", () => {
  it("P2.6 takes the notes of its question only, in their order", () => {
    const all = piles(
      [note("n3"), note("n1"), note("n2", { activity: "q1" })],
      [theme("t1", { of: "q1" })],
      "q2",
    );
    expect(ids(all.free)).toEqual(["n1", "n3"]);
    expect(all.themes).toEqual([]);
  });

  it("keeps a hidden note and counts those that are not turned over", () => {
    const all = piles([note("n1", { face: "hidden" }), note("n2", { face: "stopped" })], [], "q2");
    expect(ids(all.free)).toEqual(["n1"]);
    expect(all.unturned).toBe(1);
  });

  it("lays a note whose theme is gone among the free ones", () => {
    expect(ids(piles([note("n1", { theme: "gone" })], [], "q2").free)).toEqual(["n1"]);
  });

  it("shows pending notes where they will be, at the end", () => {
    const all = piles(
      [note("n1"), note("n2", { theme: "t1" }), note("n3", { theme: "t1" })],
      [theme("t1")],
      "q2",
      {
        notes: new Map([
          ["n1", "t1"],
          ["n2", "t9"],
        ]),
        themes: [theme("t9", { name: "" })],
      },
    );
    expect(all.free).toEqual([]);
    expect(all.themes.map(({ theme, notes }) => [theme.id, ids(notes)])).toEqual([
      ["t1", ["n3", "n1"]],
      ["t9", ["n2"]],
    ]);
    expect(pileOf(all, "n1")?.theme.id).toBe("t1");
    expect(reading(all)).toEqual(["n3", "n1", "n2"]);
  });
});

it("gives a new theme the paper used least, that of the free notes last", () => {
  expect(freshPaper([], "fjord")).toBe("lyng");
  const used = ["lyng", "korn", "hyben", "mos"].map((paper, i) =>
    theme(`t${i}`, { paper: paper as Theme["paper"] }),
  );
  expect(freshPaper(used, "fjord")).toBe("fjord");
});

it("takes the pile with Ctrl+A, and everything the second time", () => {
  const all = piles([note("n1"), note("n2"), note("n3", { theme: "t1" })], [theme("t1")], "q2");
  expect(everything(all, "n1", new Set())).toEqual(["n1", "n2"]);
  expect(everything(all, "n3", new Set())).toEqual(["n3"]);
  expect(everything(all, "n3", new Set(["n3"]))).toEqual(["n1", "n2", "n3"]);
});

it("names the theme that comes after the new place", () => {
  const themes = [{ id: "a" }, { id: "b" }, { id: "c" }];
  expect(before(themes, "a", 1)).toBe("c");
  expect(before(themes, "b", 1)).toBeNull();
  expect(before(themes, "c", 1)).toBeUndefined();
  expect(before(themes, "b", -1)).toBe("a");
  expect(before(themes, "a", -1)).toBeUndefined();
});
