import { expect, it } from "vitest";
import type { Spread } from "../../engine/types";
import { apart, loosened, markOf } from "./spread";

const spread = (n: number, important: number, urgent: number): Spread => ({
  ...{ kind: "spread", id: "spread:p:t", activity: "p", theme: "t", n, important, urgent },
  ...{ important_agreement: "agreed", urgent_agreement: "agreed" },
});

it("P3.4 a theme is nearer to what more of the group said", () => {
  const must = markOf(spread(10, 10, 9));
  const wait = markOf(spread(10, 1, 0));
  expect(must.x).toBeLessThan(0.5);
  expect(must.y).toBeLessThan(0.5);
  expect(wait.x).toBeGreaterThan(0.5);
  expect(wait.y).toBeGreaterThan(0.5);
  expect(markOf(spread(10, 5, 5))).toMatchObject({ x: 0.5, y: 0.5 });
});

it("P3.4 the more divided, the larger the mark, in each direction separately", () => {
  expect([apart(0, 8), apart(8, 8), apart(4, 8)]).toEqual([0, 0, 1]);
  const { rx, ry } = markOf(spread(10, 5, 10));
  expect(rx).toBeGreaterThan(ry);
  const sizes = [10, 9, 7, 5].map((yes) => markOf(spread(10, yes, 10)).rx);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
});

it("P3.4 themes on the same place are moved apart, and stay within the square", () => {
  const same = Array.from({ length: 8 }, () => markOf(spread(6, 6, 6)));
  const laid = loosened(same);
  laid.forEach((a, i) =>
    laid.slice(i + 1).forEach((b) => expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(0.06)),
  );
  for (const { x, y } of laid) {
    expect(Math.min(x, y)).toBeGreaterThan(0);
    expect(Math.max(x, y)).toBeLessThan(1);
  }
  expect(loosened(same)).toEqual(laid);
});
