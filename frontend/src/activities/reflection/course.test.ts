import { expect, it } from "vitest";
import { setWords } from "../../words";
import { drawnThemes, drawProgress, inWords, leftOver, standing, withWay, type Progress } from "./course";
import { cut, drawWay, type Place } from "./way";

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
  agenda_place: 0,
  strength: false,
});
type Boarded = Parameters<typeof leftOver>[0];
const board = (records: Record<string, unknown[]>): Boarded =>
  ({
    all: (kind: string) => records[kind] ?? [],
    one: (kind: string, id: string) => (records[kind] ?? []).find((one) => (one as { id: string }).id === id),
    items: [{ id: "q" }],
  }) as unknown as Boarded;
const frame = { width: 800, height: 400, type: 20 };
const place = (label: string, value: number): Place => ({ label, value });

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

/** A way as it was drawn: the lines of ten and nought, the places, the flag, and the days under them. */
function laid(points: readonly Place[], aim: Place | null) {
  const { paths, texts } = drawWay(points, aim, { low: "", high: "" }, frame);
  const numbers = (path: string) => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  const of = (want: (one: (typeof paths)[number]) => boolean) =>
    paths.filter(want).map(({ path }) => numbers(path));
  const [ten, , nought] = of(({ look }) => look === "grid").map((line) => line.at(-1));
  const round = of(({ path }) => path.includes("A"));
  const flag = of(({ look, path }) => look === "full" && !path.includes("A"))[0];
  return {
    ...{ top: ten, bottom: nought },
    dots: round.map(([left = 0, y = 0, , , , , , right = 0]) => ({ x: (left + right) / 2, y })),
    aim: flag && { x: flag[0], y: flag[3] },
    days: texts.filter(({ text }) => /jan|feb|mål/.test(text)),
  };
}

it("P5.4 draws ten at the top, zero at the bottom, and the aim at the right", () => {
  const way = laid([place("4. jan.", 0), place("4. feb.", 10)], place("mål", 10));
  expect(way.dots.map(({ y }) => y)).toEqual([way.bottom, way.top]);
  // The centre of the flag is a tenth of the font size above its place.
  expect(way.aim?.y).toBeCloseTo((way.top ?? 0) - frame.type * 0.1);
  expect(way.aim?.x).toBeGreaterThan(way.dots.at(-1)?.x ?? Infinity);
  expect(way.days.at(0)).toMatchObject({ text: "mål", x: way.aim?.x });
});

it("P5.4 says the first and the last day of many, and none over another", () => {
  const many = Array.from({ length: 20 }, (_, n) => place(`${10 + n}. jan.`, 4));
  const said = laid(many, null).days;
  expect([said[0]?.text, said.at(-1)?.text]).toEqual(["10. jan.", "29. jan."]);
  expect(said.length).toBeLessThan(10);
  const gaps = said.slice(1).map(({ x }, n) => x - (said[n]?.x ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(frame.type * 5 - 0.01);
});

it("P5.4 draws the places that were set, with their days, and the aim under its own word", () => {
  setWords("da", {
    "reflection.wall.aim": "mål",
    "reflection.wall.low": "lavt",
    "reflection.wall.high": "højt",
  });
  const way = progress(["2027-01-04", 3, 8], ["2027-02-04", null, 9], ["2027-03-04", 5, null]);
  const said = (shown: Progress) => drawProgress(shown, "wall", frame).texts.map(({ text }) => text);
  expect(said(way)).toEqual(["10", "5", "0", "højt", "lavt", "9", "mål", "3", "4. jan.", "5", "4. mar."]);
  expect(said({ ...way, by: "2027-06-01" })).toContain("1. jun.");
  expect(said({ ...way, low: "rod", high: "ro" })).toEqual(expect.arrayContaining(["rod", "ro"]));
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
  expect(cut("kort", 200, 20)).toBe("kort");
  expect(cut("x".repeat(100), 200, 20)).toHaveLength(19);
});
