/**
 * Where people's words may break, by the rules of the meeting's language (U11). Only on the wall and the desk: a
 * phone's browser hyphenates its own language well enough.
 */
import type { Lang } from "../engine/types";
import { POINT } from "./lines";

type Rules = (text: string) => string;

/** Shorter words are not split. */
const SHORTEST = 13;
const [FIRST, LAST] = [3, 4];
/** The cache size, since the same texts are requested every frame; a board has no more different ones. */
const KEPT = 4_000;

const patterns = {
  da: () => import("hyphen/patterns/da"),
  en: () => import("hyphen/patterns/en-us"),
} as const satisfies Record<Lang, () => Promise<unknown>>;

let rules = $state.raw<Rules>();
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- a cache, emptied when the rules change
const known = new Map<string, readonly string[]>();
let wanted: Lang | undefined;

/** From now on texts are in this language. Without the patterns, e.g. when they could not be fetched, words stay whole. */
export async function hyphenateBy(language: Lang): Promise<void> {
  if (language === wanted) return;
  wanted = language;
  try {
    const [{ default: create }, own] = await Promise.all([import("hyphen"), patterns[language]()]);
    if (wanted !== language) return;
    known.clear();
    rules = create(own.default, { hyphenChar: POINT, minWordLength: SHORTEST, html: false }) as Rules;
  } catch {
    if (wanted === language) wanted = undefined;
  }
}

/** The pieces of a text, in order: between two of them a line may end with a hyphen. Joined they are the text. */
export function pieces(text: string): readonly string[] {
  const by = rules;
  if (!by || text.length < SHORTEST) return [text];
  let own = known.get(text);
  if (!own) {
    own = text.split(/(\s+)/).flatMap(byParts(by)).join("").split(POINT);
    if (known.size > KEPT) known.clear();
    known.set(text, own);
  }
  return own;
}

/** Leave non-words alone: addresses, numbers, and scripts that the patterns do not cover. */
const NO_WORD = /[\d@/\\_:#]|\p{L}\.\p{L}/u;
const LATIN = /^[\p{Script=Latin}\p{M}]+$/u;
const byParts = (by: Rules) => (token: string) =>
  NO_WORD.test(token)
    ? token
    : token.replace(/[\p{L}\p{M}]+/gu, (word) =>
        word.length < SHORTEST || !LATIN.test(word) ? word : sound(by(word).split(POINT)),
      );

/** Drops break points that would leave a stump: at the ends, or a single letter. */
function sound(parts: readonly string[]): string {
  const kept: string[] = [];
  let open = "";
  parts.forEach((part, at) => {
    open += part;
    const left = parts.slice(at + 1);
    const long = kept.length === 0 ? FIRST : 2;
    if (open.length < long || left.join("").length < LAST || left[0]?.length === 1) return;
    kept.push(open);
    open = "";
  });
  return [...kept, open].filter(Boolean).join(POINT);
}

/** As the ruler measures it, with a soft hyphen at each break point; `Words.svelte` draws an element there instead. */
export const pointed = (text: string): string => pieces(text).join(POINT);
