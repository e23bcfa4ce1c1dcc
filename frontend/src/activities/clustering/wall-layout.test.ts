import { describe, expect, it } from "vitest";
import { MOST_READABLE } from "../../writing/wall-layout";
import { forwardTheme, islands, type Lay } from "./wall-layout";

const field = { width: 1760, height: 870 };
const measure = {
  note: (text: string, width: number, size: number) =>
    30 + Math.ceil((text.length * size * 0.5) / (width - 36)) * size * 1.22,
  head: (name: string, width: number) => Math.ceil((name.length * 21) / (width - 60)) * 46,
};
const many = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `${name}${String(i)}`,
    text: "Tegningen er lavet om, og jeg hører det bagefter",
  }));
const theme = (id: string, count: number) => ({ id, name: "Besked om ændringer", notes: many(id, count) });
const readable = (lay: Lay) => lay.notes.size - lay.slips.size;

function within(lay: Lay) {
  for (const place of [...lay.notes.values(), ...lay.heads.values()]) {
    expect(place.x).toBeGreaterThanOrEqual(0);
    expect(place.x + place.w).toBeLessThanOrEqual(field.width + 0.5);
    expect(place.y + place.h).toBeLessThanOrEqual(field.height + 0.5);
  }
}

describe("islands", () => {
  it("P2.6 stand in four columns, each with its notes under its name", () => {
    const lay = islands(
      [theme("a", 5), theme("b", 4), theme("c", 4), theme("d", 3), theme("e", 2)],
      [],
      0,
      field,
      measure,
    );
    expect([...lay.heads.values()].slice(0, 4).map((head) => Math.round(head.x))).toEqual([
      0, 450, 900, 1350,
    ]);
    expect(lay.slips.size).toBe(0);
    within(lay);
  });

  it("never show more than 24 notes with words at once", () => {
    for (const [themes, each, free] of [
      [6, 10, 0],
      [10, 30, 0],
      [4, 8, 12],
      [1, 3, 40],
      [16, 6, 0],
    ] as const) {
      const lay = islands(
        Array.from({ length: themes }, (_, i) => theme(`t${String(i)} `, each)),
        many("free", free),
        0,
        field,
        measure,
      );
      expect(readable(lay)).toBeLessThanOrEqual(MOST_READABLE);
      within(lay);
    }
  });

  it("have every note of every theme on the wall, as words or as a slip", () => {
    const lay = islands([theme("a", 40), theme("b", 2)], [], 0, field, measure);
    expect(lay.notes.size).toBe(42);
  });

  it("stand left of the free notes, which turn their own pages without losing one", () => {
    const free = many("free", 29);
    const seen = new Set<string>();
    for (let page = 0; page < 9; page += 1) {
      const lay = islands([theme("a", 3)], free, page, field, measure);
      for (const note of free) if (lay.notes.has(note.id)) seen.add(note.id);
      expect(lay.free?.of).toBe(29);
      within(lay);
    }
    expect(seen.size).toBe(29);
  });
});

describe("a theme brought forward", () => {
  it("shows its notes at 44 where they fit", () => {
    const { notes } = forwardTheme(theme("a", 5), 0, { width: 1760, height: 760 }, measure.note);
    expect([...notes.values()].every((place) => place.size === 44)).toBe(true);
  });

  it("turns pages of 18 and keeps within the wall", () => {
    const one = forwardTheme(theme("a", 40), 0, { width: 1760, height: 760 }, measure.note);
    const three = forwardTheme(theme("a", 40), 5, { width: 1760, height: 760 }, measure.note);
    expect([one.from, one.to, one.of, three.from, three.to]).toEqual([1, 18, 40, 37, 40]);
    for (const place of one.notes.values()) expect(place.y + place.h).toBeLessThanOrEqual(761);
  });
});
