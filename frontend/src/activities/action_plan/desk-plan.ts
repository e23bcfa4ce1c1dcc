/** P4.5 on the desk: what the plan is made of, from the records. */
import { chosenOf } from "../../board/themes";
import type { Board } from "../../board/board.svelte";
import type { Note, OfKind, Theme } from "../../board/types";

export interface Proposal {
  readonly note: Note;
  readonly theme: Theme | undefined;
}

/** The picked proposals that stand in no row yet: theme by theme, then by their random ids (A15). */
export function waiting(board: Pick<Board, "all" | "one">): Proposal[] {
  const made = new Set(board.all("action").map((action) => action.made_from));
  const place = (theme: Theme | undefined) => theme?.position ?? Infinity;
  return board
    .all("picked")
    .flatMap((mark: OfKind<"picked">) => {
      const note = board.one("note", mark.note);
      return note && !made.has(note.id) ? [{ note, theme: board.one("theme", mark.theme) }] : [];
    })
    .toSorted((a, b) => place(a.theme) - place(b.theme) || (a.note.id < b.note.id ? -1 : 1));
}

/** The themes a row can belong to: those the group works with first. */
export function themesFor(board: Pick<Board, "all" | "workshop">): Theme[] {
  const chosen = chosenOf(board);
  const other = (theme: Theme) => Number(!chosen.has(theme.id));
  return board.all("theme").toSorted((a, b) => other(a) - other(b) || a.position - b.position);
}
