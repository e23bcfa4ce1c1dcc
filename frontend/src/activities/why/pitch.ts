/** P1.2: the speech composed from the why, how long it takes to say, and where a minute is up. */
import { WHY_PARTS } from "../../contract/why.gen";

/** All but the last, which is not part of the speech (P1.6). */
export const SPOKEN = WHY_PARTS.slice(0, -1);
export type Part = (typeof WHY_PARTS)[number];

/** Calm speech, words a minute: between 130 and 150. */
export const PACE = 140;
export const MINUTE = 60;

const words = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));

/** The text, a paragraph for each part that is written. */
export const speech = (text: (part: Part) => string): string[] =>
  SPOKEN.map((part) => text(part).trim()).filter((paragraph) => paragraph !== "");

/** Seconds it takes to say aloud. */
export const seconds = (paragraphs: readonly string[]): number =>
  Math.round((paragraphs.reduce((sum, each) => sum + words(each).length, 0) / PACE) * 60);

/** P1.2: whether a minute is enough; of a why that is not written to the end nobody knows yet. */
export function verdict(paragraphs: readonly string[]): "long" | "fits" | "so_far" {
  if (seconds(paragraphs) > MINUTE) return "long";
  return paragraphs.length === SPOKEN.length ? "fits" : "so_far";
}

/** Each paragraph, split where the minute is up: the part in time, and the part too late. */
export function timed(paragraphs: readonly string[]): { said: string; late: string }[] {
  let left = Math.round((PACE * MINUTE) / 60);
  return paragraphs.map((paragraph) => {
    const pieces = paragraph.match(/\S*\s|\S+/g) ?? [paragraph];
    let at = 0;
    while (at < pieces.length && left > 0) {
      left -= words(pieces[at] ?? "").length;
      at += 1;
    }
    return { said: pieces.slice(0, at).join(""), late: pieces.slice(at).join("") };
  });
}
