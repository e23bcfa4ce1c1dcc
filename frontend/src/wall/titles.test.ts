import { describe, expect, it } from "vitest";
import fc from "../../tests/repeatable";
import { Ruler } from "./ruler.svelte";
import { headerHeight, nameSize, titleSize, titleSizes, type Header } from "./titles";

const ruler = new Ruler();
const words = fc
  .array(fc.stringMatching(/^[a-zæøå]{1,12}$/), { minLength: 1, maxLength: 14 })
  .map((all) => all.join(" "));
/** Of the five screens in three sizes: a header of 718 to 1808 units, with a clock, a fact or nothing next to it. */
const headers: fc.Arbitrary<Header> = fc.record({
  text: words,
  width: fc.integer({ min: 718, max: 1808 }),
  aside: fc.constantFrom(
    { width: 0, height: 0 },
    { width: 260, height: 43 },
    { width: 314, height: 106 },
    { width: 494, height: 208 },
  ),
  rank: fc.constantFrom("title" as const, "question" as const),
  barred: fc.boolean(),
  standing: fc.boolean(),
});

describe("U4: the title of a picture", () => {
  it("is smaller rather than on one more line, and else as large as it may be", () => {
    fc.assert(
      fc.property(headers, (header) => {
        const sizes = titleSizes(header.rank, header.standing);
        const smallest = sizes.at(-1) ?? 0;
        const size = titleSize(header, ruler);
        const height = (own: number) => headerHeight(header, own, ruler);
        expect(sizes).toContain(size);
        // The header may be higher only in proportion to its type.
        expect(height(size) / height(smallest)).toBeLessThanOrEqual(size / smallest + 0.05);
        for (const larger of sizes.filter((own) => own > size))
          expect(height(larger) / height(smallest)).toBeGreaterThan(larger / smallest);
      }),
    );
  });

  it("of a theme in front of all is as large, and on as few lines", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 718, max: 1808 }), fc.boolean(), (name, width, standing) => {
        const frame = { width, height: standing ? 2 * width : width / 2 };
        const size = nameSize(ruler, "head", name, frame);
        const lines = (own: number) => Math.round(ruler.height("head", name, width, own) / own / 1.08);
        const sizes = titleSizes("question", standing);
        expect(lines(size)).toBe(lines(sizes.at(-1) ?? 0));
        for (const larger of sizes.filter((own) => own > size))
          expect(lines(larger)).toBeGreaterThan(lines(size));
      }),
    );
  });

  it("is still a title: the name of a theme is no larger", () => {
    for (const standing of [false, true]) expect(titleSizes("title", standing).at(-1)).toBeGreaterThan(42);
  });

  it("in XL is on one line where it is in L", () => {
    const header: Header = {
      text: "Hvad gør hverdagen svær, når du løser dine opgaver?",
      width: 1317,
      aside: { width: 0, height: 0 },
      rank: "title",
      barred: false,
      standing: false,
    };
    const size = titleSize(header, ruler);
    expect(headerHeight(header, size, ruler)).toBeLessThan(2 * size);
    expect(headerHeight(header, 56, ruler)).toBeGreaterThan(2 * 56);
  });
});
