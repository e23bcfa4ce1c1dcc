/**
 * P3.1, P3.4: themes placed on phones: whether phones are asked, how many are done, whether the group is shown; pure.
 */
import { ballotingId } from "../../contract/ids/ballots.gen";
import { placingId } from "../../contract/ids/placing.gen";
import type { Board } from "../../engine/board.svelte";
import type { Paper, Placing } from "../../engine/types";
import { nameOf } from "../themes/themes";

type Boarded = Pick<Board, "one">;

/** Whether the phones are currently asked. */
export const isAsked = (board: Boarded, item: string): boolean =>
  board.one("balloting", ballotingId(item))?.state === "open";

/** Whether the picture of the group is on the wall. */
export const isShown = (board: Pick<Board, "wall">, item: string): boolean =>
  board.wall?.forward === placingId(item);

/** The themes that phones are, or were last, asked about. */
export const askedOf = (board: Boarded, item: string): Placing["themes"] =>
  board.one("placing", placingId(item))?.themes ?? [];

/** U14: how many of the connected phones are done, as shown at ticks (A11). */
export function doneOf(board: Boarded, item: string, phones: number): { n: number; of: number } {
  const n = board.one("balloting", ballotingId(item))?.count ?? 0;
  return { n, of: Math.max(n, phones) };
}

export interface Row<Spread> {
  readonly theme: string;
  readonly name: string;
  readonly paper: Paper;
  readonly spread: Spread;
}

export interface Group<Spread> {
  readonly rows: readonly Row<Spread>[];
  /** The names of the themes that too few have placed. */
  readonly few: readonly string[];
}

/** What the room may know: the current themes with a result, and the names of those without. */
export function groupOf<Spread>(
  board: Boarded,
  item: string,
  spreadOf: (theme: string) => Spread | undefined,
): Group<Spread> {
  const asked = askedOf(board, item).flatMap(({ theme }) => {
    const now = board.one("theme", theme);
    return now ? [{ theme, name: nameOf(now), paper: now.paper }] : [];
  });
  const rows = asked.flatMap((theme) => {
    const spread = spreadOf(theme.theme);
    return spread ? [{ ...theme, spread }] : [];
  });
  const known = new Set(rows.map(({ theme }) => theme));
  return { rows, few: asked.filter(({ theme }) => !known.has(theme)).map(({ name }) => name) };
}
