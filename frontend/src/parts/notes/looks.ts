/**
 * A13: whether a note seems to name somebody, or holds an address or a long number. A hint, never a block: the phone shows
 * it to the writer, the desk to the facilitator, and both by this one rule.
 */

/** What a note seems to contain. */
export type Look = "name" | "number" | "mail";

const MAIL = /[^\s@]@[^\s@]+\.\p{L}{2}/u;
const DIGITS = /\+?\d(?:[ .-]?\d)*/g;
/** Letters, with what joins them inside a name: Anne-Mette, O’Brien. */
const WORD = /\p{L}(?:[’'-]?[\p{L}\p{M}])*/gu;
/** What precedes a word inside a sentence; at the start of a sentence or a line a capital means nothing. */
const INSIDE = /[\p{L}\d,;)”"'’][^\S\n]+$/u;
const CAPITAL = /^\p{Lu}[\p{Ll}’']/u;

const FIRST_NAMES = new Set(
  (
    "Anders Andreas Anna Anne Anja Annette Bente Birgit Brian Camilla Carsten Casper Charlotte Christian Christina " +
    "Claus Dorte Else Emil Emma Erik Finn Flemming Frank Frederik Gitte Hanne Hans Heidi Helle Henrik Henriette Ida Inge " +
    "Jakob Jan Jane Jens Jeppe Jesper Jette Johan John Julie Karen Karin Kasper Kirsten Klaus Kristian Kurt Lars Lasse " +
    "Laura Lene Lise Lone Louise Mads Maja Maria Marianne Marie Martin Mathias Mette Michael Mikael Mikkel Mohammed " +
    "Morten Nicolai Niels Nina Ole Palle Peter Pia Poul Rasmus Rikke Sanne Sara Simon Sofie Susanne Søren Thomas Tina " +
    "Tom Torben Trine Ulla Viggo Vibeke"
  ).split(" "),
);
/** Words that often have a capital without naming a person. */
const PLAIN = new Set(
  (
    "Mandag Tirsdag Onsdag Torsdag Fredag Lørdag Søndag Monday Tuesday Wednesday Thursday Friday Saturday Sunday " +
    "January February March April May June July August September October November December " +
    "Teams Excel Outlook Word Danmark Denmark Jul Christmas Covid Corona Ok English Danish Dansk Engelsk " +
    "De Dem Deres Jer Jeres I'm I've I'd I'll"
  ).split(" "),
);

/** What a note seems to contain. It never prevents sending. */
export function looksLike(text: string): Look | null {
  if (MAIL.test(text)) return "mail";
  if ([...text.matchAll(DIGITS)].some(([digits]) => isNumber(digits))) return "number";
  // Some keyboards send a letter and its accent as two characters.
  const whole = text.normalize("NFC");
  return [...whole.matchAll(WORD)].some(({ 0: word, index }) => isName(word, whole.slice(0, index)))
    ? "name"
    : null;
}

/** A telephone or CPR number; a longer one without a country code is something else. */
function isNumber(digits: string): boolean {
  const many = digits.replace(/\D/g, "").length;
  return many >= 8 && (many <= 11 || digits.startsWith("+"));
}

function isName(word: string, before: string): boolean {
  const straight = word.replaceAll("’", "'");
  const parts = straight.split("-");
  if (parts.some((part) => isIn(FIRST_NAMES, part))) return true;
  // No lookbehind in the pattern: phones from 2022 do not support it.
  return INSIDE.test(before) && CAPITAL.test(word) && !isIn(PLAIN, straight) && !isIn(PLAIN, parts[0] ?? "");
}

/** Also as a possessive: Mettes, Peter's. */
const isIn = (words: ReadonlySet<string>, word: string): boolean =>
  words.has(word) || words.has(word.replace(/'?s$/, ""));
