import { expect, it } from "vitest";
import { setWords } from "../../words";
import { draw, drawnThemes, inWords, leftOver, oneLine, standing, withWay, type Progress } from "./course";

const progress = (...marks: [day: string, value: number | null, want: number | null][]): Progress => ({
  kind: "progress",
  id: "progress:t",
  theme: "t",
  low: "",
  high: "",
  by: null,
  marks: marks.map(([day, value, want]) => ({ day, value, want })),
});
const theme = (id: string, position: number) => ({
  kind: "theme",
  id,
  name: id,
  paper: "mos",
  of: "q",
  position,
});
type Boarded = Parameters<typeof leftOver>[0];
const board = (records: Record<string, unknown[]>): Boarded =>
  ({
    all: (kind: string) => records[kind] ?? [],
    one: (kind: string, id: string) => (records[kind] ?? []).find((one) => (one as { id: string }).id === id),
    items: [{ id: "q" }],
  }) as unknown as Boarded;
const frame = { width: 800, height: 400, type: 20 };

it("P5.3 offers the themes that were not chosen and that can be influenced", () => {
  const themes = [theme("a", 1), theme("b", 2), theme("c", 3)];
  const found = leftOver(
    board({
      theme: themes,
      chosen: [{ theme: "a", cycle: 1 }],
      influence: [{ theme: "b", field: "cannot" }],
    }),
  );
  expect(found.map(({ id }) => id)).toEqual(["c"]);
});

it("P5.4 puts the chosen themes first, then those with a picture", () => {
  const records = {
    theme: [theme("a", 1), theme("b", 2), theme("c", 3)],
    chosen: [{ theme: "c", cycle: 1 }],
    progress: [{ ...progress(["2027-01-04", 3, 8]), id: "progress:b", theme: "b" }],
  };
  expect(withWay(board(records)).map(({ id }) => id)).toEqual(["c", "b", "a"]);
  expect(drawnThemes(board(records)).map(({ theme: { id } }) => id)).toEqual(["b"]);
});

it("P5.4 shows on the wall the three that were set last", () => {
  const ids = ["a", "b", "c", "d"];
  const records = {
    theme: ids.map(theme),
    progress: ids.map((id, n) => ({
      ...progress([`2027-01-0${n + 1}`, 3, 8]),
      id: `progress:${id}`,
      theme: id,
    })),
  };
  expect(drawnThemes(board(records)).map(({ theme: { id } }) => id)).toEqual(["b", "c", "d"]);
});

it("P5.4 remembers the last of each of the two", () => {
  expect(standing(progress(["2027-01-04", 3, 8], ["2027-02-04", 4, null]))).toEqual({ value: 4, want: 8 });
  expect(standing(undefined)).toEqual({ value: null, want: null });
});

it("P5.4 draws ten at the top, nought at the bottom, and the aim at the right", () => {
  const way = draw(progress(["2027-01-04", 0, 10], ["2027-02-04", 10, 10]), frame, "mål");
  expect(way.dots.map(({ y }) => y)).toEqual([way.bottom, way.top]);
  expect(way.aim).toMatchObject({ y: way.top, value: 10, label: "mål" });
  expect(way.aim?.x).toBeGreaterThan(way.dots.at(-1)?.x ?? Infinity);
});

it("P5.4 says the first and the last day of many, and none over another", () => {
  const many = Array.from({ length: 20 }, (_, n) => [`2027-01-${10 + n}`, 4, null] as [string, number, null]);
  const said = draw(progress(...many), frame, "").dots.filter(({ label }) => label !== "");
  expect(said.length).toBeLessThan(10);
  const gaps = said.slice(1).map(({ x }, n) => x - (said[n]?.x ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(frame.type * 5 - 0.01);
});

it("P5.4 says the picture in words", () => {
  setWords("da", {
    "reflection.wall.low": "langt fra",
    "reflection.wall.high": "i mål",
    "reflection.wall.alt": "{theme}, {low} til {high}.",
    "reflection.wall.alt.way": "Vejen: {places}.",
    "reflection.wall.alt.aim": "Mål {want}.",
    "reflection.wall.alt.aim_by": "Mål {want} den {day}.",
  });
  const way = progress(["2027-01-04", 3, 8]);
  expect(inWords("Ro", way, "wall")).toBe("Ro, langt fra til i mål. Vejen: 3 (4. januar 2027). Mål 8.");
  expect(inWords("Ro", { ...way, by: "2027-06-01" }, "wall")).toContain("Mål 8 den 1. juni 2027.");
});

it("a line that is too long is cut", () => {
  expect(oneLine("kort", 200, 20)).toBe("kort");
  expect(oneLine("x".repeat(100), 200, 20)).toHaveLength(19);
});
