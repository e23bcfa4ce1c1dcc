/** A dot vote as the room may know it: its themes, whether it is open, and the sums; pure. */
import { ballotingId } from "../../contract/ids/ballots.gen";
import { dotsResultId, dotsSlateId } from "../../contract/ids/dots.gen";
import type { Board } from "../../engine/board.svelte";
import { nameOf } from "../../parts/themes/themes";
import type { Paper } from "../../engine/types";

type Boarded = Pick<Board, "one">;

export interface Row {
  readonly theme: string;
  readonly name: string;
  readonly paper: Paper;
  readonly sum: number;
}

/** none: there is nothing to vote on. few: closed with too few voters. counted: the sums are out, for good. */
export type Stage = "none" | "open" | "few" | "counted";

export function stageOf(board: Boarded, item: string): Stage {
  if (board.one("dots_result", dotsResultId(item))) return "counted";
  const state = board.one("balloting", ballotingId(item))?.state;
  return state === undefined ? "none" : state === "open" ? "open" : "few";
}

/** How many have voted, as the room may know it: at ticks (A11). */
export const votersOf = (board: Boarded, item: string): number =>
  board.one("dots_result", dotsResultId(item))?.voters ??
  board.one("balloting", ballotingId(item))?.count ??
  0;

/** The themes of the vote, under their current names. */
export function slateOf(board: Boarded, item: string): Omit<Row, "sum">[] {
  const slate = board.one("dots_slate", dotsSlateId(item))?.themes ?? [];
  return slate.map(({ theme, name, paper }) => {
    const now = board.one("theme", theme);
    return { theme, name: nameOf(now ?? { name }), paper: now?.paper ?? paper };
  });
}

/** The themes with their sums, the most first; ties in the order of the slate. */
export function rowsOf(board: Boarded, item: string): Row[] {
  const sums = board.one("dots_result", dotsResultId(item))?.sums ?? {};
  return slateOf(board, item)
    .map((row) => ({ ...row, sum: sums[row.theme] ?? 0 }))
    .sort((a, b) => b.sum - a.sum);
}

/** How many dots lie on each theme of one phone. */
export const laidOn = (laid: readonly string[], theme: string): number =>
  laid.filter((each) => each === theme).length;

/** One dot more on a theme, if there is one left. */
export const lay = (laid: readonly string[], theme: string, most: number): readonly string[] =>
  laid.length < most ? [...laid, theme].sort() : laid;

/** One dot less on a theme. */
export function take(laid: readonly string[], theme: string): readonly string[] {
  const at = laid.indexOf(theme);
  return at < 0 ? laid : laid.filter((_, nth) => nth !== at);
}

/** The positions of a row's dots in a box of that size; null if they must be drawn as a bar. */
export function dotted(
  sum: number,
  most: number,
  width: number,
  height: number,
): { x: number; r: number }[] | null {
  const step = Math.min(height * 1.12, width / Math.max(1, most));
  if (step < height * 0.5) return null;
  return Array.from({ length: sum }, (_, n) => ({ x: step * (n + 0.5), r: step * 0.42 }));
}
