import { describe, expect, it } from "vitest";
import { box, LEAST, support } from "./boxes";
import { Ruler } from "./ruler.svelte";

describe("U4: what is set smaller than the thing it stands at", () => {
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
