/** P5.1, P5.2: a pulse as the room may know it, read from the records alone; pure. */
import { ballotingId } from "../../contract/ids/ballots.gen";
import { pulseId, pulseResultId } from "../../contract/ids/pulse.gen";
import { PULSE_SCALES, PULSE_SPAN, PULSE_SPANS } from "../../contract/pulse.gen";
import type { Board } from "../../engine/board.svelte";
import type { Item, Paper, PulseAnswer, PulseResult } from "../../engine/types";
import { lang } from "../../words";

export { untilOf, weekday } from "../../parts/by_link/by-link";

type Boarded = Pick<Board, "all" | "one">;

export type Scale = (typeof PULSE_SCALES)[number];

/** soon: the theme is not chosen. The others are the server's own words. */
export type Stage = "soon" | "open" | "ended" | "few" | "shown";

export const stageOf = (board: Boarded, item: string): Stage =>
  board.one("pulse", pulseId(item))?.state ?? "soon";

export const resultOf = (board: Boarded, item: string): PulseResult | undefined =>
  board.one("pulse_result", pulseResultId(item));

export const thresholdOf = (item: Item, { least }: Pick<Board, "least">): number =>
  item.activity === "pulse" ? Math.max(item.settings.threshold, least) : least;
/** Since when it may have become better, in months. */
export const spanOf = (item: Item): (typeof PULSE_SPANS)[number] =>
  item.activity === "pulse" ? item.settings.span : PULSE_SPAN;

/** The theme under its current name; phones do not get themes, and read the name in the settings. */
export function themeOf(board: Boarded, item: Item): { name: string; paper: Paper } {
  const { theme, name } = item.activity === "pulse" ? item.settings : { theme: null, name: "" };
  const now = board.one("theme", theme);
  return { name: now?.name ?? name, paper: now?.paper ?? "korn" };
}

/** How many have answered, as the room may know it: at ticks, and after the release as counted (A11, A12). */
export function countOf(board: Boarded, item: string): number {
  const result = stageOf(board, item) === "open" ? undefined : resultOf(board, item);
  if (result)
    return Math.max(...PULSE_SCALES.map((scale) => total(result[scale]?.counts ?? [])), result.more);
  return board.one("balloting", ballotingId(item))?.count ?? 0;
}

/** P5.2: the last pulse on the same theme before this one. */
export function earlierOf(board: Boarded, result: PulseResult): PulseResult | undefined {
  return board
    .all("pulse_result")
    .filter((one) => one.theme === result.theme && one.day < result.day)
    .sort((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? -1 : 1))
    .at(-1);
}

/** The open answers in the order of their random ids (A15); a hidden one has its text on the desk only. */
export const answersOf = (board: Boarded, item: string): PulseAnswer[] =>
  board
    .all("pulse_answer")
    .filter((answer) => answer.activity === item)
    .sort((a, b) => (a.id < b.id ? -1 : 1));

// -- numbers -------------------------------------------------------------------------------------------------

export const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

export const meanOf = (counts: readonly number[]): number =>
  counts.reduce((sum, n, at) => sum + n * (at + 1), 0) / Math.max(1, total(counts));

/** "3,8" in Danish, "3.8" in English. */
export const decimal = (value: number): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);

/** Day of a release → "maj 2027". */
export const month = (day: string): string => dated(day, { month: "long", year: "numeric" });

const locale = () => (lang() === "da" ? "da-DK" : "en-GB");
const dated = (day: string, how: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...how }).format(new Date(`${day}T12:00:00Z`));

/** The five counts as the places of a text: {a} to {e}. */
export function each(counts: readonly number[]): Record<"a" | "b" | "c" | "d" | "e", number> {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = counts;
  return { a, b, c, d, e };
}
