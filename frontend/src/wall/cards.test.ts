import { describe, expect, it } from "vitest";
import fc from "../../tests/repeatable";
import { influenceLay } from "../activities/influence/wall-layout";
import { priorityLay, spreadLay } from "../activities/priority/wall-layout";
import { overlap } from "../ui/places";
import { askedIn, inFields } from "./cards";
import { Ruler } from "./ruler.svelte";

const ruler = new Ruler();
const cards = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `t${String(i)}`, name: "Besked om ændringer" }));
const field = { x: 0, y: 0, width: 1760, height: 880 };

describe("cards in a field", () => {
  const area = { x: 10, y: 20, w: 790, h: 560 };
  const lay = (n: number, page = 0) =>
    inFields({ areas: () => ({ only: area }), cards: { only: cards(n) }, strips: [] }, field, ruler, page);

  it("U4: are large while they are few, one under the other, and all in one size", () => {
    const places = [...lay(3).places.values()];
    expect(new Set(places.map(({ size }) => size)).size).toBe(1);
    expect(places[0]?.size).toBeGreaterThan(38);
    expect(new Set(places.map(({ x }) => x)).size).toBe(1);
  });

  it("U4: become smaller before they are in columns, and continue over pages at last", () => {
    const [few, more] = [[...lay(4).places.values()], [...lay(14).places.values()]];
    expect(more[0]?.size).toBeLessThan(few[0]?.size ?? 0);
    for (const { y, h } of more) expect(y + h).toBeLessThanOrEqual(area.y + area.h + 0.5);
    const all = lay(80);
    expect(all.range?.of).toBe(80);
    expect(all.places.size).toBe(all.range?.to);
  });
});

it("P3.1 the themes that nobody has placed wait under the two fields", () => {
  const placed = cards(7).map((card, i) => ({
    ...card,
    field: i < 4 ? ("can" as const) : i < 5 ? ("cannot" as const) : null,
  }));
  const lay = influenceLay(placed, field, ruler, 0);
  expect(lay.places.get("t0")?.x).toBeLessThan(lay.cannot.x);
  expect(lay.places.get("t4")?.x).toBeGreaterThan(lay.cannot.x);
  expect(lay.places.get("t6")?.y).toBeGreaterThan(lay.can.h);
  const done = influenceLay(
    placed.filter((card) => card.field),
    field,
    ruler,
    0,
  );
  expect(done.can.h).toBe(field.height);
});

it("U4 on a portrait screen the fields are stacked, and the fuller one is higher", () => {
  const placed = cards(6).map((card, i) => ({
    ...card,
    field: i < 5 ? ("can" as const) : ("cannot" as const),
  }));
  const upright = { x: 0, y: 0, width: 968, height: 1600 };
  const { can, cannot, places } = influenceLay(placed, upright, ruler, 0);
  expect([can.w, cannot.w]).toEqual([968, 968]);
  expect(cannot.y).toBeGreaterThan(can.h);
  expect(can.h).toBeGreaterThan(cannot.h);
  expect(cannot.y + cannot.h).toBeCloseTo(1600);
  expect(places.get("t5")?.y).toBeGreaterThan(cannot.y);
});

describe("priority", () => {
  const weighed = cards(5).map((card, i) => ({
    ...card,
    important: i === 4 ? null : i % 2 === 0,
    urgent: i < 2 ? true : null,
  }));
  it("P3.2 asks in the first pass in two halves", () => {
    const lay = priorityLay(weighed, "important", field, ruler, 0);
    expect(lay.fields.map(({ id }) => id)).toEqual(["important", "unimportant"]);
    expect(lay.rows).toBeNull();
    expect(lay.places.get("t4")?.y).toBeGreaterThan(lay.strip ?? Infinity);
    expect(lay.places.get("t2")?.y).toBeLessThan(lay.height);
  });

  it("P3.2 divides the halves in the second pass; what was not asked yet waits", () => {
    const lay = priorityLay(weighed, "urgent", field, ruler, 0);
    expect(lay.fields).toHaveLength(4);
    expect(lay.fields.find(({ main }) => main)?.id).toBe("important-urgent");
    expect(lay.places.get("t2")?.y).toBeGreaterThan(lay.strip ?? Infinity);
    expect(lay.places.size).toBe(5);
  });
});

describe("U4 the four fields", () => {
  const weighed = fc
    .array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 9 })
    .map((all) =>
      all.map(([important, urgent, chosen], at) => ({
        id: `t${String(at)}`,
        name: "Besked om ændringer",
        important,
        urgent,
        chosen,
      })),
    );
  const frames = fc.record({
    x: fc.constant(0),
    y: fc.constant(0),
    width: fc.integer({ min: 718, max: 1808 }),
    height: fc.integer({ min: 560, max: 1700 }),
  });

  it("fill the frame side by side, each card whole in its own, and the fuller has no less room", () => {
    fc.assert(
      fc.property(weighed, frames, (all, frame) => {
        const { fields, places, rows, leaf } = priorityLay(all, "free", frame, ruler, 0);
        const of = (id: string) => fields.find((one) => one.id === id) as (typeof fields)[number];
        const [first, last] = [of("important-urgent"), of("unimportant-later")];
        expect(last.x + last.w).toBeCloseTo(frame.width);
        expect(last.y + last.h).toBeCloseTo(frame.height);
        expect(rows?.map(({ y, h }) => [y, h])).toEqual([
          [first.y, first.h],
          [last.y, last.h],
        ]);
        fields.forEach((one, at) => {
          for (const other of fields.slice(at + 1)) expect(overlap(one, other)).toBe(false);
        });
        for (const { id, important, urgent } of all) {
          const own = of(`${important ? "important" : "unimportant"}-${urgent ? "urgent" : "later"}`);
          const place = places.get(id);
          if (!place) expect(leaf).not.toBeNull();
          else {
            expect(place.y).toBeGreaterThanOrEqual(own.y);
            expect(place.x + place.w).toBeLessThanOrEqual(own.x + own.w);
            expect(place.y + place.h).toBeLessThanOrEqual(own.y + own.h);
          }
        }
        const most = (urgent: boolean) =>
          Math.max(
            ...[true, false].map(
              (important) =>
                all.filter((card) => card.important === important && card.urgent === urgent).length,
            ),
          );
        expect(Math.sign(first.h - last.h) * Math.sign(most(true) - most(false))).toBeGreaterThanOrEqual(0);
        expect(first.h === last.h).toBe(most(true) === most(false));
      }),
      { numRuns: 60 },
    );
  });
});

describe("U15 the theme that is asked about", () => {
  it("is what a desk speaks of, else the first that waits", () => {
    expect(askedIn(cards(3), [])).toBe("t0");
    expect(askedIn(cards(3), ["something", "t2"])).toBe("t2");
    expect(askedIn([], ["t2"])).toBeUndefined();
  });

  it("chosen or not, cards have one size", () => {
    const all = cards(4).map((card, n) => ({ ...card, important: true, urgent: true, chosen: n < 2 }));
    const { places } = priorityLay(all, "urgent", field, ruler, 0);
    expect(new Set([...places.values()].map(({ size }) => size)).size).toBe(1);
  });
});

describe("U23 the picture of the group", () => {
  const rows = Array.from({ length: 7 }, (_, i) => ({
    ...{ id: `t${String(i)}`, name: "Besked om ændringer" },
    said: ["Vigtigt: 11 af 11, enige", "Haster: 8 af 11, de fleste er enige"],
  }));
  const lay = (width: number, height: number) =>
    spreadLay({ rows, foot: [], field: { width, height }, ruler, shell: "wall", page: 0, tall: false });

  it("is larger than half of a 4:3 wall, with all rows next to it", () => {
    const high = lay(1760, 1240);
    expect(high.share).toBeGreaterThan(0.5);
    expect(high.share * 1760).toBeLessThanOrEqual(1240);
    expect(high.pages).toBe(1);
  });

  it("is as high as a wide wall, which it cannot be more", () => {
    expect(lay(1760, 880).share).toBe(0.5);
  });
});

describe("U4 four fields over a strip", () => {
  const all = cards(9).map((card, i) => ({
    ...card,
    important: i % 3 !== 2,
    urgent: null as boolean | null,
  }));
  it("keep more than half of the wall, however many wait, as long as the strip needs no page for it", () => {
    const wide = { x: 0, y: 0, width: 1317, height: 900 };
    for (let waiting = 1; waiting <= 8; waiting += 1) {
      const own = all.map((card, i) => ({ ...card, urgent: i < 9 - waiting ? i % 2 === 0 : null }));
      const { height, leaf, places } = priorityLay(own, "urgent", wide, ruler, 0);
      expect([leaf, places.size]).toEqual([null, 9]);
      expect(height).toBeGreaterThan(0.55 * wide.height);
    }
  });
});

it("U4 empty fields keep their text, stacked on a portrait screen in XL too", () => {
  const placed = cards(4).map((card) => ({ ...card, field: null }));
  const { can, cannot, strip } = influenceLay(placed, { x: 0, y: 0, width: 718, height: 1200 }, ruler, 0);
  for (const { h } of [can, cannot]) expect(h).toBeGreaterThan(250);
  expect(strip).toBeGreaterThan(590);
});
