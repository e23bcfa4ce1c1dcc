/** A13: what the room is told of notes besides their words: where words were replaced, and how many were put aside. */
import type { Note } from "../engine/types";
import { t } from "../words";

/** Where the words of a note end and its mark begins: a sign that no text of people may hold (X21). */
export const MARK = "\n\u0001";

/** A note as the wall measures it and shows it (`NoteText`): a masked one ends with a line that says so. */
export const told = (note: Note): Note =>
  note.masked ? { ...note, text: `${note.text}${MARK}${t("wall.masked")}` } : note;

/** As it is said aloud. */
export const spoken = (text: string): string => text.replace(MARK, ". ");

export const putAside = (notes: readonly Note[]): number =>
  notes.filter(({ face }) => face === "hidden").length;
