/** P2.2: whether a round of notes is told in turn, and how far it has got. */
import { tellingId } from "../../contract/ids/notes.gen";
import { writingId } from "../../contract/ids/writing.gen";
import type { Board } from "../../engine/board.svelte";
import type { Item } from "../../engine/types";

export const isInTurn = (item: Item): boolean =>
  item.activity === "notes" && item.settings.mode === "in_turn";

export interface Telling {
  /** Whether anybody has had a turn. */
  readonly begun: boolean;
  /** How many notes are not put up yet, as far as the room knows. */
  readonly left: number;
}

export function tellingOf(board: Board, item: Item): Telling {
  const hung = board
    .all("note")
    .filter((note) => note.activity === item.id && note.face !== "stopped").length;
  return {
    begun: board.one("telling", tellingId(item.id)) !== undefined,
    left: Math.max(0, (board.one("writing", writingId(item.id))?.cards ?? 0) - hung),
  };
}
