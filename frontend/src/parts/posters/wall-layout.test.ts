import { describe, expect, it } from "vitest";
import fc from "../../../tests/repeatable";
import { steps } from "../../ui/composer";
import { LEAST, support } from "../../wall/boxes";
import { Ruler } from "../../wall/ruler.svelte";
import {
  AIR,
  entryHeight,
  FRONT,
  layFront,
  layPosters,
  shared,
  sheets,
  SMALLER,
  stackPosters,
  type Entry,
} from "./wall-layout";

/** Without a canvas each letter is as wide as 0.55 of its size. */
const ruler = new Ruler();
const entry = (
  id: string,
  text = "Ti minutter ved tavlen hver morgen",
  chain: Entry["chain"] = [],
): Entry => ({
  id,
  text,
  picked: false,
  chain,
});
const many = (n: number) => Array.from({ length: n }, (_, i) => entry(`n${String(i)}`));

const frame = { width: 512, height: 600 };

describe("P4.1: lists on the posters", () => {
  it("U4: are large while there are few proposals, and smaller before they need another page", () => {
    const few = layPosters([many(2), many(1), []], frame, 0, ruler);
    const more = layPosters([many(5), many(2), []], frame, 0, ruler);
    expect(few.size).toBeGreaterThan(38);
    expect(more.size).toBeLessThan(few.size);
    expect([few.pages, more.pages]).toEqual([1, 1]);
  });

  it("continue over pages, poster by poster, and nothing is left out", () => {
    const posters = [many(20), many(3), []];
    const { size, pages } = layPosters(posters, frame, 0, ruler);
    expect(size).toBeLessThan(40);
    expect(pages).toBeGreaterThan(1);
    const seen = Array.from(
      { length: pages },
      (_, page) => layPosters(posters, frame, page, ruler).posters[0],
    );
    expect(seen.flatMap((own) => [...(own?.places.keys() ?? [])])).toEqual(many(20).map(({ id }) => id));
    for (const own of seen) expect(own?.height).toBeLessThanOrEqual(600);
  });

  it("U4: give what is taller than a page a page of its own, in type in which it fits", () => {
    const tall = entry("tall", "x".repeat(2000));
    const laid = [0, 1, 2].map(
      (page) => layPosters([[entry("a"), tall, entry("b")]], frame, page, ruler).posters[0],
    );
    expect(laid.map((own) => [...(own?.places.keys() ?? [])])).toEqual([["a"], ["tall"], ["b"]]);
    expect(laid[1]?.size).toBeLessThan(28);
    expect(laid[1]?.height).toBeLessThanOrEqual(600);
  });

  it("U4: shows a proposal in front of all as large as it fits with all its answers", () => {
    const chain = Array.from({ length: 6 }, (_, at) => ({
      id: `h${String(at)}`,
      text: "x".repeat(200),
      depth: 1,
    }));
    const field = { width: 1600, height: 700 };
    const { size, apart } = layFront(entry("a", "kort", chain), field, ruler);
    expect(size).toBeLessThan(92);
    const width = field.width - 2 * FRONT.x;
    const height = entryHeight(entry("a", "kort", chain), width, size, ruler, AIR.around, apart);
    expect(height).toBeLessThanOrEqual(700 - 2 * FRONT.y - FRONT.on);
  });

  it('U4: puts "how?" on a line of its own only where the type is no smaller for it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 6 }),
        fc.integer({ min: 700, max: 1760 }),
        fc.integer({ min: 420, max: 1500 }),
        (answers, width, height) => {
          const chain = answers.map((long, at) => ({
            id: `h${String(at)}`,
            text: "ord ".repeat(Math.ceil(long / 4)),
            depth: 1,
          }));
          const one = entry("a", "Fem minutter ved tavlen hver morgen", chain);
          const { size, apart } = layFront(one, { width, height }, ruler);
          const [w, h] = [width - 2 * FRONT.x, height - 2 * FRONT.y - FRONT.on];
          const fits = (own: number, on: boolean) =>
            entryHeight(one, w, own, ruler, AIR.around, on) <= h && ruler.least("entry", one.text, own) <= w;
          if (size >= LEAST) expect(fits(size, apart)).toBe(true);
          for (const larger of steps(132, LEAST).filter((own) => own > size)) {
            expect(fits(larger, true)).toBe(false);
            expect(fits(larger, false)).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("U4: posters on a portrait screen", () => {
  const upright = { width: 896, height: 1500 };
  const named = ["Stop", "Mere", "Nyt"].map((name) => ({ name, about: "Det lader vi være med" }));
  it("are stacked in the whole width, none over the edge", () => {
    const own = sheets(named, upright, ruler, "upright", [300, 500, 200]);
    expect(own.map(({ x, w }) => [x, w])).toEqual(named.map(() => [0, upright.width]));
    own.slice(1).forEach(({ y }, at) => expect(y).toBeGreaterThan((own[at]?.y ?? 0) + (own[at]?.h ?? 0)));
    const even = sheets(named, upright, ruler, "upright").at(-1);
    expect((even?.y ?? 0) + (even?.h ?? 0)).toBeCloseTo(upright.height);
    expect(sheets(named, { width: 1760, height: 800 }, ruler, "across").map(({ y }) => y)).toEqual([0, 0, 0]);
  });

  it("give the height to the list that needs it, and no less than its share to any that needs more", () => {
    expect(shared([100, 500, 0], 900)).toEqual([200, 600, 100]);
    expect(shared([100, 900, 900], 900)).toEqual([100, 400, 400]);
    const lists = [many(9), many(2), []];
    const { size, posters, pages, heights } = stackPosters(lists, upright, 0, ruler);
    expect([pages, posters[0]?.places.size]).toEqual([1, 9]);
    expect(size).toBeGreaterThan(40);
    expect(layPosters(lists, { width: 896, height: 500 }, 0, ruler).pages).toBeGreaterThan(1);
    heights.forEach((own, at) => expect(posters[at]?.height).toBeLessThanOrEqual(own + 0.01));
  });
});

it("P4.4: an answer takes its own lines, narrower the deeper it hangs", () => {
  const chain = [
    { id: "h1", text: "Kl. 7.10", depth: 1 },
    { id: "h2", text: "På skift", depth: 2 },
  ];
  const own = entryHeight(entry("a", "kort", chain), 512, 38, ruler);
  const deeper = chain.map((link) => ({ ...link, depth: link.depth + 12 }));
  expect(own).toBeGreaterThan(entryHeight(entry("a", "kort"), 512, 38, ruler) + 2 * 38 * SMALLER);
  expect(entryHeight(entry("a", "kort", deeper), 512, 38, ruler)).toBeGreaterThan(own);
});

it("U4: an answer is as high as it is in type that can be read, where its proposal is hardly larger", () => {
  const chain = [{ id: "h1", text: "Kl. 7.10", depth: 1 }];
  const height = (own: Entry) => entryHeight(own, 512, 30, ruler, AIR.around, true);
  const more = height(entry("a", "kort", chain)) - height(entry("a", "kort"));
  expect(more).toBeCloseTo(AIR.over + LEAST * 1.25 + ruler.height("entry", "Kl. 7.10", 482, LEAST));
});

it("U11: no word up to eighteen letters is cut, on a poster or in an answer, however narrow", () => {
  const word = "formiddagspauserne";
  const narrow = { width: 337, height: 600 };
  for (const one of [entry("a", word), entry("a", "kort", [{ id: "h", text: word, depth: 2 }])]) {
    const { size = 0 } = layPosters([[one]], narrow, 0, ruler).posters[0] ?? {};
    const room = one.text === word ? narrow.width : narrow.width - 2 * AIR.beside;
    expect(ruler.least("entry", word, one.text === word ? size : support(size, SMALLER))).toBeLessThanOrEqual(
      room,
    );
  }
});
