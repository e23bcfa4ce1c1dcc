/**
 * A13: what the room is told about notes besides their text: where words were replaced, and how many were put aside.
 */
import type { Note } from "../engine/types";
import { t } from "../words";

/** Separates a note's text from its mark: a character that people's text cannot contain (X21). */
export const MARK = "\n\u0001";

/** A note as the wall measures it and shows it (`NoteText`): a masked one ends with a line that says so. */
export const told = (note: Note): Note =>
  note.masked ? { ...note, text: `${note.text}${MARK}${t("wall.masked")}` } : note;

/** As announced by a screen reader. */
export const spoken = (text: string): string => text.replace(MARK, ". ");

export const putAside = (notes: readonly Note[]): number =>
  notes.filter(({ face }) => face === "hidden").length;
