/** P4.5 on the desk: what the plan is made of, from the records. */
import { themesOf } from "../../parts/themes/themes";
import type { Board } from "../../engine/board.svelte";
import type { Note, OfKind, Theme } from "../../engine/types";

export interface Proposal {
  readonly note: Note;
  readonly theme: Theme | undefined;
}

/** The picked proposals without a row yet: theme by theme, then by their random ids (A15). */
export function waiting(board: Pick<Board, "all" | "one">): Proposal[] {
  const made = new Set(board.all("action").map((action) => action.made_from));
  const order = themesOf(board);
  const place = (theme: Theme | undefined) => (theme ? order.indexOf(theme) : order.length);
  return board
    .all("picked")
    .flatMap((mark: OfKind<"picked">) => {
      const note = board.one("note", mark.note);
      return note && !made.has(note.id) ? [{ note, theme: board.one("theme", mark.theme) }] : [];
    })
    .sort((a, b) => place(a.theme) - place(b.theme) || (a.note.id < b.note.id ? -1 : 1));
}
