import { describe, expect, it } from "vitest";
import { askew } from "../wall/place";
import { cardGrid, columnsFor, fit, forwardNote, noteGrid, notesPerPage, pageOf } from "./wall-layout";

const field = { width: 1760, height: 830 };
/** Text of n characters needs n·size/2 of line; a stand-in for the browser's own measuring. */
const height = (text: string, width: number, size: number) =>
  42 + Math.ceil((text.length * size * 0.52) / (width - 44)) * size * 1.14;
const notes = (count: number, text = "Telefonen ringer, mens jeg monterer") =>
  Array.from({ length: count }, (_, i) => ({ id: `n${String(i)}`, text }));

const overlaps = (a: { x: number; y: number; w: number; h: number }, b: typeof a) =>
  a.x < b.x + b.w - 0.01 && b.x < a.x + a.w - 0.01 && a.y < b.y + b.h - 0.01 && b.y < a.y + a.h - 0.01;

describe("cards while people write", () => {
  it("P2.2 lie within the field and on none of the others, from one to three hundred", () => {
    for (const count of [1, 7, 31, 33, 34, 60, 120, 300]) {
      const places = cardGrid(count, { width: 1760, height: 540 });
      expect(places).toHaveLength(count);
      places.forEach((place, at) => {
        expect(place.y + place.h).toBeLessThanOrEqual(541);
        expect(place.x + place.w).toBeLessThanOrEqual(1761);
        const next = places[at + 1];
        if (next) expect(overlaps(place, next)).toBe(false);
      });
    }
  });

  it("keep their size and place while further ones arrive", () => {
    expect(cardGrid(30, field).slice(0, 20)).toEqual(cardGrid(20, field));
  });

  it("lie askew by at most 2.5 degrees, the same on every wall", () => {
    for (const place of cardGrid(120, field)) expect(Math.abs(place.tilt)).toBeLessThanOrEqual(2.5);
    expect(askew("a", 2.5)).toBe(askew("a", 2.5));
    expect(askew("a", 2.5)).not.toBe(askew("b", 2.5));
  });
});

describe("a page of turned notes", () => {
  it("holds 18 in the size M and fewer where the type is larger", () => {
    expect([1760, 1760 / 1.15 - 20, 1320].map(notesPerPage)).toEqual([18, 15, 12]);
    expect(pageOf(notes(31), 0, 18)).toHaveLength(18);
    expect(pageOf(notes(31), 1, 18)).toHaveLength(13);
    expect(pageOf(notes(31), 9, 18)).toHaveLength(13);
    expect(pageOf(notes(0), 0, 18)).toHaveLength(0);
  });

  it("lies in six columns and three rows that fill the field", () => {
    const places = [...noteGrid(notes(18), 31, field, height).values()];
    expect(new Set(places.map((place) => Math.round(place.x))).size).toBe(6);
    expect(Math.max(...places.map((place) => place.y + place.h))).toBeLessThanOrEqual(field.height + 0.5);
    for (const a of places) for (const b of places) if (a !== b) expect(overlaps(a, b)).toBe(false);
  });

  it("gives a long word smaller type before it is cut in two, if any type is small enough", () => {
    const list = notes(18);
    list[4] = { id: "long", text: "frokostpausen" };
    list[5] = { id: "endless", text: "trivselsprocesarbejdsgruppemøde" };
    const splits = (text: string, _: number, size: number) =>
      text === "endless" || text.startsWith("trivsels") || (text === "frokostpausen" && size > 30);
    const places = noteGrid(list, 18, field, height, splits);
    expect([places.get("n0")?.size, places.get("long")?.size, places.get("endless")?.size]).toEqual([
      36, 30, 36,
    ]);
  });

  it("gives a long note smaller type before it takes room from the others", () => {
    const list = notes(18);
    list[4] = { id: "long", text: "Vi får først besked om en ændring, når ".repeat(5) };
    const places = noteGrid(list, 18, field, height);
    expect(places.get("n0")?.size).toBe(36);
    expect(places.get("long")?.size).toBeLessThan(36);
    expect(Math.max(...[...places.values()].map((place) => place.y + place.h))).toBeLessThanOrEqual(831);
  });

  it("lays few notes larger", () => {
    expect([2, 6, 12, 40].map((total) => columnsFor(total, 1760))).toEqual([3, 4, 5, 6]);
  });
});

it("brings one note forward as large as it fits", () => {
  const place = forwardNote({ id: "a", text: "Kunden ved det før os" }, field, height);
  expect(place.size).toBeGreaterThanOrEqual(44);
  expect(place.x + place.w / 2).toBeCloseTo(880);
});

it("finds the largest type that fits", () => {
  expect(fit("kort", 272, 250, height).size).toBe(36);
  expect(fit("a".repeat(2000), 272, 250, height).size).toBe(20);
});
