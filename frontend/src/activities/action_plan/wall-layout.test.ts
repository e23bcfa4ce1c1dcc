import { describe, expect, it } from "vitest";
import { Ruler } from "../../wall/ruler.svelte";
import { AIR, BLOCK, COLUMNS, heightOf, layBlocks, layPlan, sharesOf, STEPS, type Line } from "./wall-layout";

/** Without a canvas each letter is as wide as 0.55 of its size. */
const ruler = new Ruler();
const line = (more: Partial<Line> = {}): Line => ({
  id: "a",
  theme: "",
  text: "Ti minutter ved tavlen",
  responsible: "Dorte",
  helpers: "",
  how: "",
  when: "",
  dated: false,
  ...more,
});

describe("the plan on the wall", () => {
  it("P4.5 gives the whole width to its columns, and that of the theme to the others where there are no themes", () => {
    for (const lines of [[line()], [line({ theme: "Afbrydelser" })]])
      expect(Object.values(sharesOf(lines, 1760, 37, ruler)).reduce((a, b) => a + b)).toBeCloseTo(1);
    expect(sharesOf([line()], 1760, 37, ruler).theme).toBe(0);
  });

  it("P4.5 is as high as its longest field needs, and helpers have a line of their own", () => {
    const shares = sharesOf([line()], 1760, 37, ruler);
    const short = heightOf(line(), 1760, 37, shares, ruler);
    expect(heightOf(line({ how: "x ".repeat(200) }), 1760, 37, shares, ruler)).toBeGreaterThan(3 * short);
    expect(short).toBeGreaterThanOrEqual(37 * 1.2);
    const one = line({ text: "Kort" });
    const more = { ...one, helpers: "Med: Emil" };
    expect(heightOf(more, 1760, 37, shares, ruler)).toBeGreaterThan(heightOf(one, 1760, 37, shares, ruler));
  });

  it("U11, U19 gives a column the width of its longest usual word, in XL too", () => {
    const lines = [
      line({ theme: "Arbejdsmiljø", responsible: "Christoffersen", when: "formiddagspauserne" }),
    ];
    const { size, shares } = layPlan(lines, { width: 1317, height: 471 }, 0, ruler);
    const room = (column: (typeof COLUMNS)[number]) => 1317 * shares[column] - AIR.beside + 0.01;
    expect(ruler.least("name", "Christoffersen", size * 0.92)).toBeLessThanOrEqual(room("people"));
    expect(ruler.least("entry", "formiddagspauserne", size * 0.92)).toBeLessThanOrEqual(room("when"));
    expect(size).toBeGreaterThanOrEqual(STEPS.at(-1) ?? 0);
  });

  it("U19 has room for four rows of two lines on a page in XL", () => {
    const rows = Array.from({ length: 12 }, (_, at) =>
      line({
        id: `a${String(at)}`,
        theme: "Besked om ændringer",
        text: "Ti minutter ved tavlen",
        helpers: "Med: Emil",
      }),
    );
    expect(layPlan(rows, { width: 1317, height: 471 }, 0, ruler).places.size).toBeGreaterThanOrEqual(4);
  });

  it("U4, U19 is of blocks on a standing screen, in larger type than in columns, and cuts no word", () => {
    const upright = { width: 719, height: 1100 };
    const all = Array.from({ length: 4 }, (_, at) =>
      line({ id: `a${String(at)}`, theme: "Afbrydelser", responsible: "Christoffersen", when: "formiddags" }),
    );
    const laid = layBlocks(all, upright, 0, ruler);
    expect(laid.size).toBeGreaterThan(layPlan(all, upright, 0, ruler).size);
    const right = (719 - AIR.bar) * (1 - BLOCK.left);
    expect(ruler.least("entry", "formiddags", laid.size * 0.92)).toBeLessThanOrEqual(right);
    expect([laid.pages, laid.places.size]).toEqual([1, 4]);
  });

  const rows = (n: number) => Array.from({ length: n }, (_, at) => line({ id: `a${String(at)}` }));
  const lay = (n: number, page: number | string, height = 800) =>
    layPlan(rows(n), { width: 1760, height }, page, ruler);

  it("P4.5, U4 is in large type while it has few rows, and continues on another page at last", () => {
    expect(lay(3, 0).size).toBe(STEPS[0]);
    expect(lay(60, 0).pages).toBeGreaterThan(1);
    const all = Array.from({ length: lay(60, 0).pages }, (_, page) => [...lay(60, page).places.keys()]);
    expect(all.flat()).toEqual(rows(60).map(({ id }) => id));
    expect(lay(0, 0).pages).toBe(1);
  });

  it("P4.5 shows the page of the row that is being written, else the one that was turned to", () => {
    const last = lay(60, 0).pages - 1;
    expect(lay(60, "a59").page).toBe(last);
    expect(lay(60, "a0").page).toBe(0);
    expect(lay(60, 99).page).toBe(last);
  });
});
