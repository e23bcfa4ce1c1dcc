/** P5.1, P5.2: a pulse as the room may know it, read from the records alone; pure. */
import type { Board } from "../../board/board.svelte";
import type { Item, Paper, PulseAnswer, PulseResult } from "../../board/types";
import { lang } from "../../words";

type Boarded = Pick<Board, "all" | "one">;

/** What is asked on a scale, and the open question; as the server names them, in the order they are asked. */
export const SCALES = ["better", "needed"] as const;
export const MORE = "more";
export type Scale = (typeof SCALES)[number];
export const STEPS = [1, 2, 3, 4, 5] as const;

/** soon: the theme is not chosen. The others are the server's own words. */
export type Stage = "soon" | "open" | "ended" | "few" | "shown";

export const stageOf = (board: Boarded, item: string): Stage =>
  board.one("pulse", `pulse:${item}`)?.state ?? "soon";

export const resultOf = (board: Boarded, item: string): PulseResult | undefined =>
  board.one("pulse_result", `pulse_result:${item}`);

export const thresholdOf = (item: Item): number => (item.activity === "pulse" ? item.settings.threshold : 5);
export const untilOf = (item: Item): string | null =>
  item.activity === "pulse" ? item.settings.open_until : null;

/** The theme under the name it has now; phones are told of no theme and read the name in the settings. */
export function themeOf(board: Boarded, item: Item): { name: string; paper: Paper } {
  const { theme, name } = item.activity === "pulse" ? item.settings : { theme: null, name: "" };
  const now = board.one("theme", theme);
  return { name: now?.name ?? name, paper: now?.paper ?? "korn" };
}

/** How many have answered, as the room may know it: at ticks, and after the release as counted (A11, A12). */
export function countOf(board: Boarded, item: string): number {
  const result = stageOf(board, item) === "open" ? undefined : resultOf(board, item);
  if (result) return Math.max(...SCALES.map((scale) => total(result[scale]?.counts ?? [])), result.more);
  return board.one("balloting", `balloting:${item}`)?.count ?? 0;
}

/** P5.2: the last pulse on the same theme before this one. */
export function earlierOf(board: Boarded, result: PulseResult): PulseResult | undefined {
  return board
    .all("pulse_result")
    .filter((one) => one.theme === result.theme && one.day < result.day)
    .toSorted((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? -1 : 1))
    .at(-1);
}

/** The open answers in the order of their random ids (A15); a hidden one has its text on the desk only. */
export const answersOf = (board: Boarded, item: string): PulseAnswer[] =>
  board
    .all("pulse_answer")
    .filter((answer) => answer.activity === item)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

// -- numbers -------------------------------------------------------------------------------------------------

export const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

export const meanOf = (counts: readonly number[]): number =>
  counts.reduce((sum, n, at) => sum + n * (at + 1), 0) / Math.max(1, total(counts));

/** "3,8" in Danish, "3.8" in English. */
export const decimal = (value: number): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);

/** Day of a release → "maj 2027". */
export const month = (day: string): string => dated(day, { month: "long", year: "numeric" });
/** Last day it is open → "fredag 7. maj". */
export const weekday = (day: string): string =>
  dated(day, { weekday: "long", day: "numeric", month: "long" }).replace(/ den /, " ");

const locale = () => (lang() === "da" ? "da-DK" : "en-GB");
const dated = (day: string, how: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...how }).format(new Date(`${day}T12:00:00Z`));

/** The five counts as the places of a text: {a} to {e}. */
export function each(counts: readonly number[]): Record<"a" | "b" | "c" | "d" | "e", number> {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = counts;
  return { a, b, c, d, e };
}

// -- the picture -------------------------------------------------------------------------------------------

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly n: number;
}

const APART = 0.22;
const BESIDE = 5;

/**
 * A bar for each step, in a box of that size; an earlier time has its own, narrower, to the left of it. Both are drawn
 * as shares of their own people, on one scale, so that many then and few now can be compared.
 */
export function barsOf(
  now: readonly number[],
  then: readonly number[] | undefined,
  width: number,
  height: number,
): { now: Bar[]; then: Bar[]; steps: number[]; mean: number } {
  const step = width / (now.length - APART);
  const wide = step * (1 - APART);
  const shares = (counts: readonly number[]) => counts.map((n) => n / Math.max(1, total(counts)));
  const most = Math.max(...shares(now), ...shares(then ?? []), 0.01);
  const left = then ? (wide - BESIDE) * 0.42 : 0;
  const bars = (counts: readonly number[], x: number, w: number): Bar[] =>
    shares(counts).map((share, at) => {
      const tall = (share / most) * height;
      return { x: at * step + x, y: height - tall, width: w, height: tall, n: counts[at] ?? 0 };
    });
  const from = then ? left + BESIDE : 0;
  return {
    now: bars(now, from, wide - from),
    then: then ? bars(then, 0, left) : [],
    steps: now.map((_, at) => at * step + wide / 2),
    mean: wide / 2 + (meanOf(now) - 1) * step,
  };
}

/** Notes in columns over pages: how high each is decides how many go on one. */
export function pagesOf<T>(
  things: readonly T[],
  columns: number,
  height: number,
  gap: number,
  tall: (thing: T) => number,
): T[][][] {
  const pages: T[][][] = [];
  let room: number[] = [];
  for (const thing of things) {
    const own = tall(thing);
    const least = room.indexOf(Math.min(...room));
    const used = room[least] ?? height;
    if (pages.length === 0 || (used > 0 && used + gap + own > height)) {
      pages.push(Array.from({ length: columns }, () => []));
      room = Array.from({ length: columns }, () => 0);
      pages.at(-1)?.[0]?.push(thing);
      room[0] = own;
    } else {
      pages.at(-1)?.[least]?.push(thing);
      room[least] = used + (used > 0 ? gap : 0) + own;
    }
  }
  return pages;
}
