/** How long a note may be, counted as the server counts it. */

export const most = 280;
const mostBytes = 2_000;

type Segmenter = new (
  lang: string,
  o: { granularity: "grapheme" },
) => { segment(s: string): Iterable<unknown> };

/** What a reader would count as one sign: a family of four is one (B24). */
export function signs(text: string): number {
  const Segmenter = (Intl as unknown as { Segmenter?: Segmenter }).Segmenter;
  return [...(Segmenter ? new Segmenter("da", { granularity: "grapheme" }).segment(text) : text)].length;
}

/** How many signs there is room for; below 0 the note is too long, in signs or in bytes. */
export function room(text: string): number {
  const left = most - signs(text);
  const bytes = text.length * 3 > mostBytes ? new TextEncoder().encode(text).length : 0;
  return bytes > mostBytes ? Math.min(left, -Math.ceil((bytes - mostBytes) / 4)) : left;
}
