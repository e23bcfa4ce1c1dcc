/** A13: the notes that the facilitator may want to look at before the room does. */

import type { Note } from "../engine/types";
import { looksLike, type Look } from "../parts/notes/looks";

export interface Found {
  readonly note: Note;
  readonly why: Look;
}

/** The notes to look at: neither hidden nor kept already. */
export function found(notes: readonly Note[], kept: ReadonlySet<string>): Found[] {
  return notes.flatMap((note) => {
    const why = note.face === "hidden" || kept.has(note.id) ? null : looksLike(note.text);
    return why === null ? [] : [{ note, why }];
  });
}
