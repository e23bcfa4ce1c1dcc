import { describe, expect, it } from "vitest";
import fc from "../../tests/repeatable";
import { box, forward, LEAST, support } from "./boxes";
import { Ruler } from "./ruler.svelte";

describe("U4: supporting text, which is smaller than the rest", () => {
  it("is never too small to be read, however small the type of the picture is", () => {
    expect(support(50, 0.84)).toBe(42);
    expect(support(30, 0.84)).toBe(LEAST);
    // Where even the picture's own type is smaller, it is as large as that.
    expect(support(26, 0.84)).toBe(26);
    expect(support(16, 0.84, 0)).toBeCloseTo(13.44);
  });

  it("has the room that it then takes", () => {
    const ruler = new Ruler();
    const text = "4 af 5 siger vigtigt, og de er enige";
    const one = box(ruler, "text", "a", text, { scale: 0.86, beside: 2 });
    expect(one.height(400, 30)).toBe(ruler.height("text", text, 340, LEAST));
    expect(one.least?.(30)).toBe(ruler.least("text", text, LEAST) + 60);
  });
});

describe("U4: one note in front of all", () => {
  const ruler = new Ruler();
  const texts = fc
    .array(fc.stringMatching(/^[a-zæøå]{1,12}$/), { minLength: 1, maxLength: 40 })
    .map((words) => words.join(" ").slice(0, 280));

  it("is larger on a portrait screen, which is high", () => {
    const [wide, high] = [
      { width: 1808, height: 900 },
      { width: 1008, height: 1600 },
    ].map((frame) => forward(ruler, "a", "ro på", frame));
    expect(high?.size).toBeGreaterThan(1.3 * (wide?.size ?? 0));
  });

  it("is as large as it fits, in the middle, and no strip with a few words in its corner", () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 718, max: 1808 }),
        fc.integer({ min: 500, max: 1500 }),
        (text, width, height) => {
          const { x, y, w, h, size } = forward(ruler, "a", text, { width, height });
          expect([x, y].map((at) => at >= 0)).toEqual([true, true]);
          expect(x + w / 2).toBeCloseTo(width / 2);
          expect(y + h / 2).toBeCloseTo(height / 2);
          expect(ruler.height("paper", text, w, size)).toBeLessThanOrEqual(h + 0.1);
          expect(h).toBeGreaterThanOrEqual(Math.min(height, 0.4 * w) - 0.1);
          // Not even the whole width has room for more than a step larger.
          const larger = size * 1.06;
          if (larger < 148)
            expect(
              ruler.height("paper", text, width, larger) > height ||
                ruler.least("paper", text, larger) > width,
            ).toBe(true);
        },
      ),
    );
  });

  it("has larger type than the notes behind it, also where it is short", () => {
    expect(forward(ruler, "a", "Ros fra en kunde", { width: 1760, height: 860 }).size).toBeGreaterThan(120);
  });
});
