import { describe, expect, it } from "vitest";
import { influenceLay } from "../activities/influence/wall-layout";
import { priorityLay } from "../activities/priority/wall-layout";
import { stack, type Card } from "./cards";

const measure = (card: Card, size: number, widest: number) => ({
  w: Math.min(widest, 60 + card.name.length * size * 0.52),
  h: 36 + Math.ceil((card.name.length * size * 0.52) / (widest - 60)) * size * 1.12,
});
const cards = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `t${String(i)}`, name: "Besked om ændringer" }));
const field = { width: 1760, height: 880 };

describe("cards in a field", () => {
  const box = { x: 0, y: 0, w: 790, h: 560 };
  it("stand one under the other in the full size", () => {
    const places = [...stack(cards(4), box, measure).values()];
    expect(places.map((place) => place.size)).toEqual([38, 38, 38, 38]);
    expect(new Set(places.map((place) => place.x)).size).toBe(1);
  });

  it("shrink to 32 when the field is full, and then stand in two columns", () => {
    const shrunk = [...stack(cards(6), box, measure).values()];
    expect(shrunk[0]?.size).toBe(32);
    const two = [...stack(cards(10), box, measure).values()];
    expect(new Set(two.map((place) => place.x)).size).toBe(2);
    for (const place of two) expect(place.y + place.h).toBeLessThanOrEqual(560);
  });
});

it("P3.1 the themes that nobody has placed wait under the two fields", () => {
  const placed = cards(7).map((card, i) => ({
    ...card,
    field: i < 4 ? ("can" as const) : i < 5 ? ("cannot" as const) : null,
  }));
  const lay = influenceLay(placed, 130, field, measure);
  expect(lay.places.get("t0")?.x).toBeLessThan(lay.cannot.x);
  expect(lay.places.get("t4")?.x).toBeGreaterThan(lay.cannot.x);
  expect(lay.places.get("t6")?.y).toBeGreaterThan(lay.can.h);
  const done = influenceLay(
    placed.filter((card) => card.field),
    130,
    field,
    measure,
  );
  expect(done.can.h).toBe(field.height);
});

describe("priority", () => {
  const weighed = cards(5).map((card, i) => ({
    ...card,
    important: i === 4 ? null : i % 2 === 0,
    urgent: i < 2 ? true : null,
  }));
  it("P3.2 asks in the first pass in two halves", () => {
    const lay = priorityLay(weighed, "important", 130, field, measure);
    expect(lay.fields.map(({ id }) => id)).toEqual(["important", "unimportant"]);
    expect(lay.rows).toBeNull();
    expect(lay.places.get("t4")?.y).toBeGreaterThan(700);
    expect(lay.places.get("t2")?.y).toBeLessThan(300);
  });

  it("P3.2 divides the halves in the second pass; what was not asked yet waits", () => {
    const lay = priorityLay(weighed, "urgent", 130, field, measure);
    expect(lay.fields).toHaveLength(4);
    expect(lay.fields.find(({ main }) => main)?.id).toBe("important-urgent");
    expect(lay.places.get("t2")?.y).toBeGreaterThan(700);
    expect(lay.places.size).toBe(5);
  });
});
