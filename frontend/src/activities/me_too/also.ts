/** W12: what can be tapped, and how many tapped it, as far as the room may know; pure. */
import { ballotingId } from "../../contract/ids/ballots.gen";
import { meTooResultId, meTooSlateId } from "../../contract/ids/me_too.gen";
import type { Board } from "../../engine/board.svelte";
import type { Item, Paper } from "../../engine/types";
import { nameOf } from "../../parts/themes/themes";

type Boarded = Pick<Board, "one">;

export interface Thing {
  readonly id: string;
  /** The name of a theme, or the words of a note. */
  readonly name: string;
  readonly paper: Paper;
  readonly note: boolean;
  /** For how many it goes too; nothing where too few tapped it. */
  readonly n?: number;
}

/** none: there is nothing to tap. few: closed with too little. counted: the numbers are out, for good. */
export type Stage = "none" | "open" | "few" | "counted";

export function stageOf(board: Boarded, item: string): Stage {
  if (board.one("me_too_result", meTooResultId(item))) return "counted";
  const state = board.one("balloting", ballotingId(item))?.state;
  return state === undefined ? "none" : state === "open" ? "open" : "few";
}

/** How many taps there are, as the room may know it: at ticks (A11). */
export const tapsOf = (board: Boarded, item: string): number =>
  board.one("balloting", ballotingId(item))?.count ?? 0;

/**
 * What this screen can show of it: themes under their current names, and notes whose text it has, except those put
 * aside; the most tapped first.
 */
export function thingsOf(board: Boarded, item: Item): Thing[] {
  const slate = board.one("me_too_slate", meTooSlateId(item.id))?.things ?? [];
  const counts = board.one("me_too_result", meTooResultId(item.id))?.counts ?? {};
  const notes = item.activity === "me_too" && item.settings.what === "notes";
  const things = slate.flatMap(({ id, name, paper }): Thing[] => {
    const n = counts[id];
    const many = n === undefined ? {} : { n };
    const note = board.one("note", id);
    if (notes) return note?.face === "up" ? [{ id, name: note.text, paper, note: true, ...many }] : [];
    const now = board.one("theme", id);
    return [{ id, name: nameOf(now ?? { name }), paper: now?.paper ?? paper, note: false, ...many }];
  });
  return things.sort((a, b) => (b.n ?? 0) - (a.n ?? 0));
}
