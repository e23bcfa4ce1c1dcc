import { describe, expect, it } from "vitest";
import { heightOf, pageFor, pagesOf, sharesOf, SIZES, type Line } from "./wall-layout";

const line = (more: Partial<Line> = {}): Line => ({
  id: "a",
  theme: "",
  text: "Ti minutter ved tavlen",
  people: "Dorte",
  how: "",
  when: "",
  ...more,
});
/** A text of so many letters takes so many lines. */
const measure = (text: string, width: number, size: number) =>
  Math.ceil((text.length * size * 0.5) / width) * size * 1.2;

describe("the plan on the wall", () => {
  it("P4.5 gives the whole width to its columns, and the theme's to the others where there is none", () => {
    for (const lines of [[line()], [line({ theme: "Afbrydelser" })]])
      expect(Object.values(sharesOf(lines)).reduce((a, b) => a + b)).toBeCloseTo(1);
    expect(sharesOf([line()]).theme).toBe(0);
  });

  it("P4.5 is as high as its longest field needs", () => {
    const shares = sharesOf([line()]);
    const short = heightOf(line(), 1760, shares, measure);
    expect(heightOf(line({ how: "x".repeat(400) }), 1760, shares, measure)).toBeGreaterThan(3 * short);
    expect(short).toBeGreaterThanOrEqual(SIZES.text * 1.2);
  });

  it("P4.5 goes on on another page where the height is used up, and loses no row", () => {
    expect(pagesOf([100, 100, 100, 250, 900, 100], 300)).toEqual([[0, 1, 2], [3], [4], [5]]);
    expect(pagesOf([], 300)).toEqual([]);
  });

  it("P4.5 shows the page of the row that is being written, else the one that was turned to", () => {
    const pages = [[0, 1], [2, 3], [4]];
    expect(pageFor(pages, 3, 0)).toBe(1);
    expect(pageFor(pages, -1, 2)).toBe(2);
    expect(pageFor(pages, -1, 9)).toBe(2);
    expect(pageFor([], -1, 3)).toBe(0);
  });
});
