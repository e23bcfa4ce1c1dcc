import { describe, expect, it } from "vitest";
import fc from "../../../tests/repeatable";
import { MOST_READABLE } from "../../wall/boxes";
import { Ruler } from "../../wall/ruler.svelte";
import { islands, SHARES, sharing, type Picture } from "./wall-layout";

const field = { x: 0, y: 0, width: 1760, height: 870 };
const ruler = new Ruler();
const many = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `${name}${String(i)}`,
    text: "Tegningen er lavet om, og jeg hører det bagefter",
  }));
const theme = (id: string, count: number) => ({ id, name: "Besked om ændringer", notes: many(id, count) });
const readable = (picture: Picture) => picture.notes.size - picture.slips.size;

function within(picture: Picture) {
  for (const place of [...picture.notes.values(), ...picture.heads.values()]) {
    expect(place.x).toBeGreaterThanOrEqual(0);
    expect(place.x + place.w).toBeLessThanOrEqual(field.width + 0.5);
    expect(place.y + place.h).toBeLessThanOrEqual(field.height + 0.5);
  }
}

describe("islands", () => {
  it("P2.6 are side by side, each with its notes under its name", () => {
    const themes = [theme("a", 5), theme("b", 4), theme("c", 4), theme("d", 3), theme("e", 2)];
    const picture = islands(themes, [], field, ruler, 0);
    expect(picture.heads.size).toBe(5);
    expect(picture.slips.size).toBe(0);
    for (const { id, notes } of themes)
      for (const note of notes) {
        const [head, own] = [picture.heads.get(id), picture.notes.get(note.id)];
        expect(picture.themes.again.length > 0 || own?.x === head?.x).toBe(true);
        if (own?.x === head?.x) expect(own?.y).toBeGreaterThan(head?.y ?? Infinity);
      }
    within(picture);
  });

  it("never show more than 24 notes with words at once", () => {
    for (const [themes, each, free] of [
      [6, 10, 0],
      [10, 30, 0],
      [4, 8, 12],
      [1, 3, 40],
      [16, 6, 0],
    ] as const) {
      const all = Array.from({ length: themes }, (_, i) => theme(`t${String(i)} `, each));
      const picture = islands(all, many("free", free), field, ruler, 0);
      expect(readable(picture)).toBeLessThanOrEqual(MOST_READABLE);
      within(picture);
    }
  });

  it("have every note of every theme on the wall, as words or as a slip", () => {
    expect(islands([theme("a", 40), theme("b", 2)], [], field, ruler, 0).notes.size).toBe(42);
  });

  it("are to the left of the free notes, which turn their own pages without losing one", () => {
    const free = many("free", 29);
    const seen = new Set<string>();
    for (let page = 0; page < 9; page += 1) {
      const picture = islands([theme("a", 3)], free, field, ruler, page);
      for (const note of free) if (picture.notes.has(note.id)) seen.add(note.id);
      expect(picture.free?.of).toBe(29);
      expect(picture.heads.get("a")?.w).toBeLessThan(picture.free?.x ?? 0);
      within(picture);
    }
    expect(seen.size).toBe(29);
  });

  it("U4 leave free notes the share with which the most can be read, and the same on every page", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 7, max: 14 }),
        fc.constantFrom([1317, 560], [1354, 600], [1760, 870], [1760, 1230], [968, 1560], [718, 1150]),
        (sizes, count, [width = 0, height = 0]) => {
          const themes = sizes.map((n, at) => theme(`t${String(at)} `, n));
          const free = many("free", count);
          const on = (page: number) => islands(themes, free, { width, height }, ruler, page);
          const first = on(0);
          const pages = Math.max(first.free?.pages ?? 1, first.themes.pages);
          const all = Array.from({ length: pages }, (_, page) => on(page));
          expect(new Set(all.map(({ free: own }) => own?.w)).size).toBe(1);
          for (const note of free) expect(all.some(({ notes }) => notes.has(note.id))).toBe(true);
          for (const share of SHARES) {
            const other = sharing(themes, free, { width, height }, ruler, 0, share);
            const whole = other.slips.size === 0 && other.free?.pages === 1;
            // The largest share in which all can be read, else the one with the most words.
            if (first.slips.size > 0 || pages > 1) {
              expect(readable(first)).toBeGreaterThanOrEqual(readable(other));
              expect(share === SHARES[0] && whole).toBe(false);
            }
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it("U4 are above the free notes on a portrait screen, whole", () => {
    const upright = { x: 0, y: 0, width: 968, height: 1560 };
    const picture = islands([theme("a", 5), theme("b", 3)], many("free", 8), upright, ruler, 0);
    expect(picture.free?.y).toBeGreaterThan(upright.height / 2);
    for (const [id, { x, y, w, h }] of picture.notes) {
      expect(y + h).toBeLessThanOrEqual(id.startsWith("free") ? upright.height : (picture.free?.y ?? 0));
      expect(x + w).toBeLessThanOrEqual(upright.width + 0.5);
    }
    expect(picture.themes.columns).toBe(1);
  });

  it("leave the label of the free notes a second line where they have little room", () => {
    const highest = (width: number) => {
      const free = many("free", 4);
      const { notes } = islands([theme("a", 3)], free, { ...field, width }, ruler, 0);
      return Math.min(...free.map(({ id }) => notes.get(id)?.y ?? Infinity));
    };
    expect(highest(field.width)).toBeLessThan(highest(1300));
  });
});
