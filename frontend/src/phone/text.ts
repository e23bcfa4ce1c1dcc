/** How long a note may be, counted as the server counts it. */
import { MAX_BYTES, NOTE_GRAPHEMES } from "../contract/text.gen";

/** Splits a text into graphemes by default. */
type Segmenter = new (lang: string) => { segment(s: string): Iterable<unknown> };

/** Grapheme clusters: a family of four is one (B24). */
export function signs(text: string): number {
  const Segmenter = (Intl as unknown as { Segmenter?: Segmenter }).Segmenter;
  return [...(Segmenter ? new Segmenter("da").segment(text) : text)].length;
}

/** How many characters are left; below 0 the note is too long, in characters or in bytes. */
export function room(typed: string): number {
  // Stored as three full stops, as the server has it.
  const text = typed.replace(/…/g, "...");
  const left = NOTE_GRAPHEMES - signs(text);
  const over = new TextEncoder().encode(text).length - MAX_BYTES;
  return over > 0 ? Math.min(left, -Math.ceil(over / 4)) : left;
}
