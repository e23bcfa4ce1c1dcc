import { describe, expect, it } from "vitest";
import { Ruler } from "../../wall/ruler.svelte";
import { AIR, entryHeight, layFront, layPosters, SMALLER, type Entry } from "./wall-layout";

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
  it("U4: stand large while few proposals hang there, and smaller before they need a page more", () => {
    const few = layPosters([many(2), many(1), []], frame, 0, ruler);
    const more = layPosters([many(5), many(2), []], frame, 0, ruler);
    expect(few.size).toBeGreaterThan(38);
    expect(more.size).toBeLessThan(few.size);
    expect([few.pages, more.pages]).toEqual([1, 1]);
  });

  it("go on over pages, poster by poster, and nothing is left out", () => {
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
    const size = layFront(entry("a", "kort", chain), field, ruler);
    expect(size).toBeLessThan(92);
    expect(entryHeight(entry("a", "kort", chain), field.width, size, ruler)).toBeLessThanOrEqual(700);
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

it("U11: no word up to eighteen letters is cut, on a poster or in an answer, however narrow", () => {
  const word = "formiddagspauserne";
  const narrow = { width: 337, height: 600 };
  for (const one of [entry("a", word), entry("a", "kort", [{ id: "h", text: word, depth: 2 }])]) {
    const { size } = layPosters([[one]], narrow, 0, ruler);
    const room = one.text === word ? narrow.width : narrow.width - 2 * AIR.beside;
    expect(ruler.least("entry", word, one.text === word ? size : size * SMALLER)).toBeLessThanOrEqual(room);
  }
});
