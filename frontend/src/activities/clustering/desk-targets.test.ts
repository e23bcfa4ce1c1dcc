import { describe, expect, it } from "vitest";
import { layout, shape } from "./desk-layout";
import {
  choices,
  choose,
  frameOf,
  hover,
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
  });

  it("U6 the whole column of a theme is its target, and empty ground makes a theme", () => {
    const t1 = board.islands.get("t1") ?? board.fresh;
    expect(underNotes(board, { x: t1.x + 20, y: 3_000 }, hand, free)).toEqual({ to: "theme", id: "t1" });
    expect(underNotes(board, { x: t1.x + 20, y: -20 }, hand, free)).toEqual({ to: "theme", id: "t1" });
    expect(underNotes(board, { x: board.fresh.x + 20, y: 3_000 }, hand, free)).toEqual({ to: "fresh" });
    expect(underNotes(board, { x: 2_000, y: 700 }, hand, free)).toEqual({ to: "fresh" });
    expect(underNotes(board, { x: 20, y: 3_000 }, hand, free)).toEqual({ to: "free" });
  });

  it("U6 of themes in one column the one above is meant, between them too", () => {
    const many = layout(
      shape(848, 3, 4),
      free,
      ["t1", "t2", "t3", "t4"].map((id) => ({ id, notes: [] })),
      { free: () => 60, inTheme: () => 40, head: () => 40 },
    );
    const [first, below] = [...many.islands]
      .filter(([, { x }]) => x === many.islands.get("t1")?.x)
      .map(([id]) => id);
    const island = many.islands.get(first ?? "") ?? many.fresh;
    expect(underNotes(many, { x: island.x + 9, y: island.y + island.h + 9 }, hand, free)).toEqual({
      ...{ to: "theme", id: first },
    });
    expect(below).toBeDefined();
  });

  it("U6 a theme that is put down on empty ground goes to the end", () => {
    expect(underTheme(board, { x: board.fresh.x + 20, y: 3_000 }, "t1", ["t1", "t2"])).toEqual({
      ...{ to: "between", before: null },
    });
    expect(underTheme(board, { x: 20, y: 20 }, "t1", ["t1", "t2"])).toBeNull();
  });

  it("a note in a theme is not a target itself", () => {
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
  it("moves notes with the seq each one had, and none that is there already", () => {
    expect(putNotes({ to: "theme", id: "t1" }, ["f1", "a"], put)).toEqual({
      type: "clustering.move_notes",
      activity: "c",
      notes: [{ note: "f1", base: 7 }],
      theme: "t1",
    });
    expect(putNotes({ to: "free" }, ["f1"], put)).toBeNull();
  });

  it("makes a theme of a note on a note, the one underneath first", () => {
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

describe("what is held over a target", () => {
  const order = ["t1", "t2"];
  it("frames a theme with room around it, and nothing while a note is the target", () => {
    const t1 = board.islands.get("t1");
    expect(frameOf(board, { to: "theme", id: "t1" }, order)?.x).toBe((t1?.x ?? 0) - 8);
    expect(frameOf(board, { to: "note", id: "f1" }, order)).toBeUndefined();
    expect(frameOf(board, null, order)).toBeUndefined();
  });

  it("is a bar before a theme, or after the last one", () => {
    const [t1, t2] = order.map((id) => board.islands.get(id));
    expect(frameOf(board, { to: "between", before: "t1" }, order)?.x).toBeLessThan(t1?.x ?? 0);
    const last = frameOf(board, { to: "between", before: null }, order);
    expect(last?.x).toBeGreaterThan((t2?.x ?? 0) + (t2?.w ?? 0));
  });

  it("waits over the target, and a little over its own place where it is free", () => {
    const home = { x: 10, y: 50, w: 100, h: 60 };
    expect(hover(home, undefined)).toEqual({ x: 10, y: 44 });
    expect(hover(home, { target: { to: "free" }, place: board.free })).toEqual({ x: 10, y: 44 });
    const place = { x: 300, y: 0, w: 100, h: 500 };
    expect(hover(home, { target: { to: "theme", id: "t1" }, place })).toEqual({ x: 314, y: 140 });
  });
});
