import { describe, expect, it } from "vitest";
import { AIR, entryHeight, layPosters, SMALLER, type Entry } from "./wall-layout";

/** Text of n characters needs n·size/2 of line; a stand-in for the browser's own measuring. */
const height = (text: string, width: number, size: number) =>
  Math.ceil((text.length * size * 0.5) / width) * size * 1.18;
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

describe("P4.1: lists on the posters", () => {
  it("stand large while few proposals hang there, and smaller before they need a page more", () => {
    const few = layPosters([many(3), many(2), []], 512, 600, height);
    const more = layPosters([many(6), many(2), []], 512, 600, height);
    expect([few.size, few.pages.length]).toEqual([38, 1]);
    expect(more.size).toBeLessThan(38);
    expect(more.pages).toHaveLength(1);
  });

  it("go on over pages, poster by poster, and nothing is left out", () => {
    const posters = [many(20), many(3), []];
    const { size, pages } = layPosters(posters, 512, 600, height);
    expect(size).toBe(28);
    expect(pages.length).toBeGreaterThan(1);
    posters.forEach((list, at) => expect(pages.flatMap((page) => page[at] ?? [])).toEqual(list));
    for (const page of pages)
      for (const list of page)
        expect(list.reduce((sum, one) => sum + entryHeight(one, 512, size, height), 0)).toBeLessThanOrEqual(
          600,
        );
  });

  it("give what is taller than a page a page of its own", () => {
    const tall = entry("tall", "x".repeat(2000));
    const { pages } = layPosters([[entry("a"), tall, entry("b")]], 512, 300, height);
    expect(pages.map(([list]) => list?.map(({ id }) => id))).toEqual([["a"], ["tall"], ["b"]]);
  });
});

it("P4.4: an answer takes its own lines, narrower the deeper it hangs", () => {
  const chain = [
    { id: "h1", text: "Kl. 7.10", depth: 1 },
    { id: "h2", text: "På skift", depth: 2 },
  ];
  const widths: number[] = [];
  const seen = (text: string, width: number, size: number) => {
    widths.push(width);
    return height(text, width, size);
  };
  const own = entryHeight(entry("a", "kort", chain), 512, 38, seen);
  expect(widths).toEqual([512 - AIR.beside, 512 - 2 * AIR.beside, 512]);
  expect(own).toBeGreaterThan(entryHeight(entry("a", "kort"), 512, 38, height) + 2 * 38 * SMALLER);
});
