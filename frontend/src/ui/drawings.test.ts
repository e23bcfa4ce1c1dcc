/** H8: golden drawings (`tests/golden/drawings.json`): what the server draws on paper, the screens draw too. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { drawBars } from "../activities/pulse/bars";
import { drawWay, type Place } from "../activities/reflection/way";
import type { Paper } from "../engine/types";
import { drawWheel } from "../parts/factors/factors";
import type { Drawing, Frame } from "./drawing";

interface Given {
  readonly bars: { now: number[]; earlier: number[]; ends: [string, string]; frame: Frame };
  readonly course: { points: Place[]; aim: Place | null; low: string; high: string; frame: Frame };
  readonly wheel: { petals: Paper[][] };
}
type Golden = { [K in keyof Given]: { kind: K; given: Given[K]; drawing: Drawing } }[keyof Given];

function drawn({ kind, given }: Golden): Drawing {
  switch (kind) {
    case "bars":
      return drawBars(given.now, given.earlier, given.ends, given.frame);
    case "course":
      return drawWay(given.points, given.aim, given, given.frame);
    case "wheel":
      return drawWheel(given.petals);
  }
}

/** A drawing without its numbers, and those: of a tie one language rounds up and the other down. */
function taken(drawing: Drawing): { shape: string; numbers: number[] } {
  const { frame, paths, texts } = drawing;
  const whole = JSON.stringify([
    Object.entries(frame).sort(),
    paths.map(({ look, path, stroke, gap }) => [look, path, stroke, gap]),
    texts.map(({ text, x, y, size, anchor, tone }) => [`"${text}"`, anchor, tone, x, y, size]),
  ]);
  const numbers: number[] = [];
  // Text from people is between two markers, and must be the same to the character.
  const shape = whole.replace(/\\"[^"]*\\"|-?\d+(\.\d+)?/g, (part) => {
    if (part.startsWith("\\")) return part;
    numbers.push(Number(part));
    return "#";
  });
  return { shape, numbers };
}

const golden = JSON.parse(readFileSync("../tests/golden/drawings.json", "utf8")) as Golden[];

describe("H8 golden drawings", () => {
  it("are of every picture, and tell other words and other places apart", () => {
    expect(new Set(golden.map(({ kind }) => kind))).toEqual(new Set(["bars", "course", "wheel"]));
    const [one] = golden;
    if (!one) throw new Error("no golden drawing");
    const other = { ...one.drawing, texts: one.drawing.texts.map((each) => ({ ...each, text: "9" })) };
    expect(taken(other).shape).not.toBe(taken(one.drawing).shape);
    expect(taken(one.drawing).numbers.length).toBeGreaterThan(50);
  });

  it.each(golden.map((one, at) => [`${one.kind} ${at}`, one] as const))("%s", (_, one) => {
    const [here, there] = [taken(drawn(one)), taken(one.drawing)];
    expect(here.shape).toBe(there.shape);
    const apart = here.numbers.map((number, at) => Math.abs(number - (there.numbers[at] ?? Infinity)));
    expect(Math.max(...apart)).toBeLessThan(0.11);
  });
});
