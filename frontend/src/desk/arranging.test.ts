import { describe, expect, it } from "vitest";
import { changed, linesOf, moved, timed, total, without } from "./arranging";

const template = {
  items: ["Hvorfor", "Spørgsmål", "Temaer"].map((title) => ({ activity: "why", title, minutes: 10 })),
};
const lines = linesOf(template);
const titles = (of: typeof lines) => of.map(({ title }) => title);

describe("U16 an agenda that is arranged before the meeting is made", () => {
  it("moves a line, and nothing over the ends", () => {
    expect(titles(moved(lines, 0, 1))).toEqual(["Spørgsmål", "Hvorfor", "Temaer"]);
    expect(titles(moved(lines, 0, -1))).toEqual(titles(lines));
    expect(titles(moved(lines, 2, 1))).toEqual(titles(lines));
  });

  it("counts the minutes of what is left", () => {
    expect(total(without(timed(lines, 1, 25), 0))).toBe(35);
  });

  it("sends nothing where it is as the template has it", () => {
    expect(changed(lines, template)).toBeNull();
    expect(changed(moved(moved(lines, 0, 1), 0, 1), template)).toBeNull();
    expect(changed(without(lines, 2), template)?.map(({ item }) => item)).toEqual([0, 1]);
  });
});
