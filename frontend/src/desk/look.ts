/**
 * A13: notes the facilitator may want to look at before the room does. A hint, never a block: it looks for what seems to
 * be a name, an e-mail address or a long number, and the person decides.
 */

import type { Note } from "../board/types";

export type Hint = "name" | "email" | "number";

const EMAIL = /[^\s@]+@[^\s@]+\.[^\s@]{2,}/u;
/** Eight digits or more, also in groups: telephone and civil registration numbers. */
const NUMBER = /(?:\d[ .-]?){7,}\d/u;
/** A capital inside a sentence; after "." or at the start it says nothing. "I" and "De" are words, not names. */
const NAME =
  /(?<![.!?:…]\s*)(?<=[\p{L}\d,;)”"'’]\s+)(?!(?:I|De|Dem|Deres|Jer|Jeres|I'm|I've|I'd|I'll)\b)(\p{Lu}\p{Ll}{1,})/u;
/** Words that often have a capital without naming a person. */
const PLAIN = new Set(
  (
    "Mandag Tirsdag Onsdag Torsdag Fredag Lørdag Søndag Monday Tuesday Wednesday Thursday Friday Saturday Sunday " +
    "Teams Excel Outlook Word Danmark Denmark Jul Christmas Covid Corona Ok English Danish Dansk Engelsk"
  )
    .split(" ")
    .map((word) => word.toLowerCase()),
);

export function hint(text: string): Hint | null {
  if (EMAIL.test(text)) return "email";
  if (NUMBER.test(text)) return "number";
  const all = text.matchAll(new RegExp(NAME, "gu"));
  for (const [, word] of all) if (word !== undefined && !PLAIN.has(word.toLowerCase())) return "name";
  return null;
}

export interface Found {
  readonly note: Note;
  readonly why: Hint;
}

/** The notes to look at: neither hidden nor kept already. */
export function found(notes: readonly Note[], kept: ReadonlySet<string>): Found[] {
  return notes.flatMap((note) => {
    const why = note.face === "hidden" || kept.has(note.id) ? null : hint(note.text);
    return why === null ? [] : [{ note, why }];
  });
}
