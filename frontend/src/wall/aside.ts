/** A13: what the room is told of notes besides their words: where words were replaced, and how many were put aside. */
import type { Note } from "../board/types";
import { t } from "../words";

/** A note as the wall shows it: a masked one ends with a line that says so. */
export const told = (note: Note): Note =>
  note.masked ? { ...note, text: `${note.text}\n(${t("wall.masked")})` } : note;

export const putAside = (notes: readonly Note[]): number =>
  notes.filter(({ face }) => face === "hidden").length;
