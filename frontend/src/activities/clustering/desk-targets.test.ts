import { describe, expect, it } from "vitest";
import { layout, shape } from "./desk-layout";
import {
  choices,
  choose,
  key,
  putNotes,
  putTheme,
  underNotes,
  underTheme,
  type Putting,
} from "./desk-targets";

const free = ["f1", "f2", "f3"];
const board = layout(
  shape(848, 3, 2),
  free,
  [
    { id: "t1", notes: ["a", "b"] },
    { id: "t2", notes: [] },
  ],
  { free: () => 60, inTheme: () => 40, head: () => 40 },
);
const middle = (place: { x: number; y: number; w: number; h: number } | undefined) => ({
  x: (place?.x ?? 0) + (place?.w ?? 0) / 2,
  y: (place?.y ?? 0) + (place?.h ?? 0) / 2,
});
const put: Putting = {
  activity: "c",
  base: () => 7,
  newId: () => "new",
  paper: "mos",
  themeOf: (id) => (id === "a" || id === "b" ? "t1" : null),
};

describe("under the pointer", () => {
  const hand = new Set(["f1"]);
  it("P2.6 finds a theme, another note, the free ones, and where the next theme will be", () => {
    expect(underNotes(board, middle(board.islands.get("t2")), hand, free)).toEqual({ to: "theme", id: "t2" });
    expect(underNotes(board, middle(board.notes.get("f2")), hand, free)).toEqual({ to: "note", id: "f2" });
    expect(underNotes(board, middle(board.notes.get("f1")), hand, free)).toEqual({ to: "free" });
    expect(underNotes(board, middle(board.fresh), hand, free)).toEqual({ to: "fresh" });
    expect(underNotes(board, { x: 800, y: 700 }, hand, free)).toBeNull();
  });

  it("a note of a theme is no target of its own", () => {
    expect(underNotes(board, middle(board.notes.get("a")), hand, free)).toEqual({ to: "theme", id: "t1" });
  });

  it("merges in the middle of a theme and orders at its edges", () => {
    const island = board.islands.get("t2") ?? board.fresh;
    expect(underTheme(board, middle(island), "t1", ["t1", "t2"])).toEqual({ to: "theme", id: "t2" });
    expect(underTheme(board, { x: island.x + island.w - 5, y: 10 }, "t1", ["t1", "t2"])).toEqual({
      to: "between",
      before: null,
    });
    // Before t2 is where t1 is.
    expect(underTheme(board, { x: island.x + 5, y: 10 }, "t1", ["t1", "t2"])).toBeNull();
  });
});

describe("by the arrows", () => {
  const all = choices(board, "notes", new Set());
  it("goes through every target and stays among them", () => {
    let at = choose(all, { to: "free" }, "right");
    expect(at).toEqual({ to: "theme", id: "t1" });
    at = choose(all, at, "right");
    expect(at).toEqual({ to: "theme", id: "t2" });
    at = choose(all, at, "right");
    expect(at).toEqual({ to: "fresh" });
    expect(choose(all, at, "right")).toEqual({ to: "free" });
    expect(choose(all, { to: "theme", id: "t1" }, "left")).toEqual({ to: "free" });
  });

  it("offers a theme the other themes only", () => {
    expect([...choices(board, "theme", new Set(["t1"])).keys()]).toEqual(["theme t2"]);
  });

  it("has nowhere to go on an empty list", () => {
    expect(choose(new Map(), null, "left")).toBeNull();
  });
});

describe("putting down", () => {
  it("moves notes with the number each one had, and none that lies there already", () => {
    expect(putNotes({ to: "theme", id: "t1" }, ["f1", "a"], put)).toEqual({
      type: "clustering.move_notes",
      activity: "c",
      notes: [{ note: "f1", base: 7 }],
      theme: "t1",
    });
    expect(putNotes({ to: "free" }, ["f1"], put)).toBeNull();
  });

  it("makes a theme of a note on a note, the one that lay there first", () => {
    expect(putNotes({ to: "note", id: "f2" }, ["f1"], put)).toEqual({
      type: "clustering.make_theme",
      activity: "c",
      theme: "new",
      notes: [
        { note: "f2", base: 7 },
        { note: "f1", base: 7 },
      ],
      name: "",
      paper: "mos",
    });
  });

  it("merges and orders themes, never with itself", () => {
    expect(putTheme({ to: "theme", id: "t2" }, "t1", put)).toMatchObject({
      type: "clustering.merge",
      into: "t2",
    });
    expect(putTheme({ to: "between", before: null }, "t1", put)).toMatchObject({
      type: "clustering.order",
      before: null,
    });
    expect(putTheme({ to: "theme", id: "t1" }, "t1", put)).toBeNull();
  });
});

it("tells targets apart", () => {
  expect(key({ to: "between", before: "x" })).not.toBe(key({ to: "theme", id: "x" }));
  expect(key(null)).toBe("");
});
