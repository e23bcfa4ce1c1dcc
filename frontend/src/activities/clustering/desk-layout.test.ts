import { describe, expect, it } from "vitest";
import { overlap, type Place } from "../../ui/places";
import { enlarged, layout, scaled, shape, type Heights } from "./desk-layout";

const heights: Heights = { free: () => 60, inTheme: () => 40, head: () => 38 };
const ids = (prefix: string, many: number) => Array.from({ length: many }, (_, i) => `${prefix}${i}`);

function lay(width: number, free: number, themes: number[]) {
  const piles = themes.map((many, i) => ({ id: `t${i}`, notes: ids(`t${i}n`, many) }));
  const form = shape(width, free, piles.length);
  return { form, ...layout(form, ids("f", free), piles, heights) };
}

describe("shape", () => {
  it("P2.6 lays nine free notes in two columns next to three themes on a laptop", () => {
    expect(shape(848, 9, 3)).toMatchObject({ themeColumns: 3, noteColumns: 2 });
  });

  it("gives many free notes more room, and always leaves room for themes", () => {
    const many = shape(848, 300, 0);
    expect(many.noteColumns).toBeGreaterThan(2);
    expect(many.themeColumns).toBeGreaterThanOrEqual(1);
    expect(shape(848, 300, 12).themeColumns).toBe(2);
  });

  it("U4 few themes have wide columns on a large screen, and the next two do not move them", () => {
    const [three, four] = [shape(1304, 9, 3), shape(1304, 9, 4)];
    expect([three.themeColumns, four.themeColumns]).toEqual([3, 4]);
    expect(three.themeWidth).toBeGreaterThan(1.2 * four.themeWidth);
    expect(shape(1304, 9, 1)).toEqual(three);
    expect(shape(2600, 9, 6)).toEqual(shape(2600, 9, 5));
    // The columns that fit are all there are.
    expect(shape(1304, 9, 25)).toEqual(shape(1304, 9, 5));
  });

  it("G45 enlarged four times has one column of each, wide enough for a word, and goes no further than the screen", () => {
    // 320 px, less the edges of the board and of its panes.
    const form = shape(256, 30, 5);
    expect(form).toMatchObject({ narrow: true, themeColumns: 1, noteColumns: 1 });
    expect(Math.min(form.noteWidth, form.themeWidth)).toBeGreaterThanOrEqual(112);
    expect(form.freeWidth + 16 + form.themeWidth).toBeLessThanOrEqual(256);
  });

  it.each([320, 500, 640, 720, 848, 1300, 3400])("fits in %i px", (width) => {
    for (const [free, themes] of [
      [0, 0],
      [30, 2],
      [300, 20],
    ] as const) {
      const form = shape(width, free, themes);
      expect(form.freeWidth + form.themeColumns * (form.themeWidth + 16)).toBeLessThanOrEqual(width);
      expect(form.noteWidth).toBeGreaterThan(50);
    }
  });
});

describe("enlarged", () => {
  it("U4 draws few notes larger on a large screen, and many as they are", () => {
    expect([12, 24, 40, 67].map((notes) => enlarged(1332, 858, notes))).toEqual([1.25, 1.25, 1.125, 1]);
    expect(enlarged(1972, 1218, 30)).toBe(1.5);
  });

  it("U4 never takes columns from a laptop", () => {
    expect(enlarged(852, 678, 3)).toBe(1);
    expect(enlarged(0, 0, 0)).toBe(1);
  });
});

describe("layout", () => {
  it("never lays two things on each other", () => {
    const { notes, heads } = lay(848, 31, [5, 4, 4, 3, 0, 12]);
    const all: [string, Place][] = [...notes, ...heads];
    for (const [a, first] of all)
      for (const [b, second] of all) if (a < b) expect(overlap(first, second), `${a} ${b}`).toBe(false);
  });

  it("U6 a long note stretches none of its neighbours: each has its own height, and they are packed", () => {
    const form = shape(848, 8, 3);
    const own: Heights = { ...heights, free: (id) => (id === "f0" ? 300 : 60) };
    const { notes } = layout(form, ids("f", 8), [], own);
    expect(notes.get("f1")?.h).toBe(60);
    expect([...notes].filter(([, { x }]) => x === notes.get("f1")?.x).length).toBeGreaterThan(4);
  });

  it("1.4.12 leaves as much room above the free notes as their label needs", () => {
    const top = (label: number) =>
      layout(shape(848, 1, 0), ["f0"], [], { ...heights, label }).notes.get("f0")?.y;
    expect([top(0), top(54)]).toEqual([30, 54]);
  });

  it("U24 a folded theme is its heading, and everything is drawn smaller by one measure", () => {
    const piles = [{ id: "t0", notes: ["a", "b"], folded: true }];
    const board = layout(shape(848, 0, 1), [], piles, heights);
    expect(board.notes.size).toBe(0);
    expect(board.islands.get("t0")?.h).toBe(38);
    expect(scaled(board, 0.5).heads.get("t0")?.w).toBe((board.heads.get("t0")?.w ?? 0) / 2);
  });

  it("keeps a theme in its column when another one grows", () => {
    const before = lay(848, 9, [5, 4, 4, 3]);
    const after = lay(848, 8, [6, 4, 4, 3]);
    for (const id of ["t0", "t1", "t2", "t3"])
      expect(after.heads.get(id)?.x, id).toBe(before.heads.get(id)?.x);
  });

  it("U6 free notes and themes have heights of their own, with the place of the next theme", () => {
    const board = lay(720, 40, [9, 1, 0, 22]);
    const bottom = ({ y, h }: Place) => y + h;
    for (const [id, place] of board.notes)
      expect(bottom(place)).toBeLessThanOrEqual(id.startsWith("f") ? board.freeHeight : board.themesHeight);
    for (const place of [...board.islands.values(), board.fresh])
      expect(bottom(place)).toBeLessThanOrEqual(board.themesHeight);
    expect(lay(720, 300, [2]).themesHeight).toBe(lay(720, 40, [2]).themesHeight);
    for (const island of board.islands.values()) expect(overlap(island, board.fresh)).toBe(false);
  });
});
