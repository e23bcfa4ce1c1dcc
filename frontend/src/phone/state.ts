/** The current place of one of my notes, derived on the phone from what everybody is sent (2.3 step 4). */
import { tellingId } from "../contract/ids/notes.gen";
import { writingId } from "../contract/ids/writing.gen";
import type { Board } from "../engine/board.svelte";
import type { Mine } from "../live/shelf";
import * as strokes from "../ui/strokes";
import type { Key } from "../words";

export type Where = { key: Key; icon: string; warn?: boolean };

export function whereIs(mine: Mine, board: Board, online: boolean): Where {
  if (mine.state === "returned") return { key: "phone.state.returned", icon: strokes.warn, warn: true };
  if (mine.state === "unsent")
    return online
      ? { key: "phone.state.sending", icon: strokes.clock, warn: true }
      : { key: "phone.state.waiting", icon: strokes.clock, warn: true };
  if (mine.code) return { key: "phone.state.kept", icon: strokes.warn, warn: true };
  const seen = board.one("note_state", mine.note) ?? board.one("note", mine.note);
  if (seen?.face === "hidden") return { key: "phone.state.hidden", icon: strokes.hidden };
  const writing = board.one("writing", writingId(mine.activity));
  if (waits(mine, board)) {
    const late = writing?.letting_in ? "phone.state.late_in" : "phone.state.late";
    return { key: mine.seq ? "phone.state.waits" : late, icon: strokes.clock, warn: true };
  }
  if (seen?.kind === "note" ? seen.masked : seen?.face === "masked")
    return { key: "phone.state.masked", icon: strokes.pen };
  if (seen?.face === "up") return { key: "phone.state.turned", icon: strokes.tick };
  // P2.2, in turn: nobody has seen a note that its author has not put up.
  if (board.one("telling", tellingId(mine.activity)) && !seen)
    return { key: "phone.state.kept_back", icon: strokes.notes };
  if (!seen && writing && writing.state !== "open") return { key: "phone.state.removed", icon: strokes.bin };
  return { key: "phone.state.stored", icon: strokes.tick };
}

/**
 * Whether a change after the stop is still waiting for others: once the board shows it, its seq differs. Phones get
 * nothing about other activities' notes, so those stay waiting as far as the phone knows.
 */
export function waits(mine: Mine, board: Board): boolean {
  if (mine.state !== "late") return false;
  const now = board.seqOf(mine.note);
  return now === (mine.seq ?? 0) || (now === 0 && board.activity !== mine.activity);
}
