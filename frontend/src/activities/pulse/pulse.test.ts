import { beforeEach, describe, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import en from "../../../../app/locales/en.json";
import { Board } from "../../engine/board.svelte";
import type { Item, Seen } from "../../engine/types";
import { setWords } from "../../words";
import { drawBars } from "./bars";
import { answersOf, countOf, decimal, earlierOf, meanOf, month, resultOf, stageOf, themeOf } from "./pulse";

const result = (activity: string, day: string, theme = "t", more = 0): Seen => ({
  kind: "pulse_result",
  id: `pulse_result:${activity}`,
  activity,
  theme,
  name: "Tonen",
  day,
  needed: null,
  better: { counts: [0, 1, 1, 3, 1] },
  more,
});
const pulse = (state: "open" | "ended" | "few" | "shown"): Seen => ({
  kind: "pulse",
  id: "pulse:p",
  activity: "p",
  state,
});
const balloting = (count: number): Seen => ({
  kind: "balloting",
  id: "balloting:p",
  activity: "p",
  state: "open",
  count,
});
const answer = (id: string, activity = "p"): Seen => ({
  kind: "pulse_answer",
  id,
  activity,
  text: id,
  hidden: false,
});

function on(...records: Seen[]): Board {
  const board = new Board();
  const held = records.map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: null, records: held, gone: [] });
  return board;
}

beforeEach(() => setWords("da", da));

describe("P5.2 what the room may know", () => {
  it("waits for its theme, and then goes as the server says", () => {
    expect(stageOf(on(), "p")).toBe("soon");
    for (const state of ["open", "ended", "few", "shown"] as const)
      expect(stageOf(on(pulse(state)), "p")).toBe(state);
  });

  it("A11 counts at ticks while it is open, and as it was counted once it is shown", () => {
    expect(countOf(on(pulse("open"), balloting(3)), "p")).toBe(3);
    expect(countOf(on(pulse("few"), balloting(0)), "p")).toBe(0);
    expect(countOf(on(pulse("shown"), balloting(9), result("p", "2027-05-01", "t", 7)), "p")).toBe(7);
    // Reopened, further ones are counted along.
    expect(countOf(on(pulse("open"), balloting(9), result("p", "2027-05-01")), "p")).toBe(9);
  });

  it("compares with the last one on the same theme before it", () => {
    const board = on(
      result("p", "2027-05-01"),
      result("a", "2026-05-01"),
      result("b", "2026-11-01"),
      result("c", "2027-01-01", "another"),
      result("d", "2027-11-01"),
    );
    const now = resultOf(board, "p");
    expect(now && earlierOf(board, now)?.activity).toBe("b");
  });

  it("A15 has the open answers in the order of their random ids", () => {
    expect(
      answersOf(on(answer("c"), answer("a"), answer("b"), answer("x", "q")), "p").map(({ id }) => id),
    ).toEqual(["a", "b", "c"]);
  });

  it("reads the theme's name in the settings where it gets no theme", () => {
    const item = { activity: "pulse", settings: { theme: "t", name: "Tonen" } } as unknown as Item;
    expect(themeOf(on(), item)).toEqual({ name: "Tonen", paper: "korn" });
  });
});

describe("P5.2 the numbers", () => {
  it("has the mean with one digit, as it is written here", () => {
    expect(decimal(meanOf([0, 1, 1, 3, 1]))).toBe("3,7");
    setWords("en", en);
    expect(decimal(meanOf([1, 0, 0, 0, 1]))).toBe("3.0");
    expect(month("2027-05-03")).toBe("May 2027");
  });

  /** The bars of one time as drawn: their positions, heights and widths. */
  const drawn = (counts: number[], earlier: number[]) => {
    const type = 20;
    const { paths, texts } = drawBars(counts, earlier, ["", ""], {
      width: 500,
      height: 200 + 4.7 * type,
      type,
    });
    const numbers = (path: string) => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    const of = (look: string) => paths.filter((one) => one.look === look).map(({ path }) => numbers(path));
    const bars = (look: string) =>
      of(look).map((n) => ({
        x: n[0] ?? 0,
        right: n[18] ?? 0,
        base: n[1] ?? 0,
        height: (n[1] ?? 0) - (n[10] ?? 0),
      }));
    const steps = texts.filter(({ tone }) => tone === "plain").map(({ x }) => x);
    return { now: bars("full"), earlier: bars("outline"), steps, mean: of("ink")[0]?.[0] };
  };

  it("draws a bar for each step, the highest as high as there is room, and the mean between them", () => {
    const laid = drawn([0, 2, 0, 4, 0], []);
    expect(laid.now.map(({ height }) => height)).toEqual([100, 200]);
    expect(new Set(laid.now.map(({ base }) => base)).size).toBe(1);
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = laid.steps;
    expect(laid.mean).toBeGreaterThan(third);
    expect(laid.mean).toBeLessThan(fourth);
    expect(second).toBeLessThan(third);
    const wide = (laid.now[0]?.right ?? 0) - (laid.now[0]?.x ?? 0);
    expect(first - wide / 2).toBeCloseTo(0, 0);
    expect(fifth + wide / 2).toBeCloseTo(500, 0);
  });

  it("puts an earlier time next to it on the same scale, each as shares of its own answers", () => {
    const laid = drawn([0, 0, 1, 0, 5], [0, 0, 4, 0, 20]);
    expect(laid.earlier.map(({ height }) => height)).toEqual(laid.now.map(({ height }) => height));
    expect(laid.earlier).toHaveLength(2);
    laid.earlier.forEach((bar, at) => {
      expect(bar.right).toBeLessThan(laid.now[at]?.x ?? 0);
    });
  });
});
