import { describe, expect, it } from "vitest";
import fc from "../../../tests/repeatable";
import { askew } from "../../wall/place";
import { cardGrid } from "./wall-layout";

const field = { width: 1760, height: 830 };
const overlaps = (a: { x: number; y: number; w: number; h: number }, b: typeof a) =>
  a.x < b.x + b.w - 0.01 && b.x < a.x + a.w - 0.01 && a.y < b.y + b.h - 0.01 && b.y < a.y + a.h - 0.01;

describe("cards while people write", () => {
  it("P2.2 are within the field and do not overlap, from one to three hundred", () => {
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

  it("keep their size and place while further ones arrive, until those need smaller ones", () => {
    for (const [from, to] of [
      [7, 12],
      [13, 24],
      [25, 36],
      [37, 55],
    ] as const)
      expect(cardGrid(to, field).slice(0, from)).toEqual(cardGrid(from, field));
    expect(cardGrid(3, field)[0]?.w).toBeGreaterThan(1.5 * (cardGrid(50, field)[0]?.w ?? Infinity));
  });

  it("U4 are as large as the sizes there are let them be, however low or high the field is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 300, max: 1800 }),
        fc.integer({ min: 90, max: 1300 }),
        (count, width, height) => {
          const places = cardGrid(count, { width, height });
          for (const { x, y, w, h } of places) {
            expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
            expect(x + w).toBeLessThanOrEqual(width + 0.1);
            expect(y + h).toBeLessThanOrEqual(height + 0.1);
          }
          const pitch = (places[0]?.w ?? 0) / 0.825;
          for (const other of [300, 220, 190, 160]) {
            const larger = width / Math.max(1, Math.round(width / other));
            if (larger <= pitch + 0.1) continue;
            const columns = Math.round(width / larger);
            expect(columns * Math.floor(height / larger)).toBeLessThan(count);
          }
        },
      ),
    );
  });

  it("are tilted by at most 2.5 degrees, the same on every wall", () => {
    for (const place of cardGrid(120, field)) expect(Math.abs(place.tilt)).toBeLessThanOrEqual(2.5);
    expect(askew("a", 2.5)).toBe(askew("a", 2.5));
    expect(askew("a", 2.5)).not.toBe(askew("b", 2.5));
  });
});
