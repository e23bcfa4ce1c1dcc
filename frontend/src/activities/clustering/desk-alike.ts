/**
 * U24: a reading order in which notes with common words or a common subject follow each other. It is optional and
 * groups nothing: the people in the room decide what belongs together. It is computed in the page, from texts the room
 * can read, without knowing when a note arrived (A15).
 */
import { subjectsOf } from "./desk-subjects";

/** Words too common to mean anything, Danish and English. */
const COMMON = new Set(
  (
    "alle alt altid and are at bare bliver både for da de dem den denne der deres det dette dig din dit du efter " +
    "eller en end er et får for fordi fra får gør går ham han har hele her hinanden hos hun hvad hver hvis hvor hvordan " +
    "hvornår ikke ind ingen into ja jeg jer kan kom kommer kun lige man meget med mellem men mere mig min mit mod mon må " +
    "not nu når nok noget nogen nogle of og også om op os over på selv sig sin skal som så the their there they this til " +
    "time ud under vi vil var ved være været very we what when with you your for"
  ).split(" "),
);
/** Endings of Danish words, the longest first: "kollegaerne" and "kollega" are one. */
const ENDINGS = ["erne", "ene", "ens", "ers", "ets", "er", "en", "et", "es", "e", "s"];
const SHORTEST = 3;
/** How many previous notes count, each less than the one after it. */
const REMEMBERED = 4;
const FADES = 0.6;

/** What a note is about, as stems. */
export function stems(text: string): Set<string> {
  const words = text.toLocaleLowerCase("da").match(/\p{L}+/gu) ?? [];
  return new Set(words.filter((word) => word.length >= SHORTEST && !COMMON.has(word)).map(stem));
}

function stem(word: string): string {
  const ending = ENDINGS.find((each) => word.endsWith(each) && word.length - each.length >= SHORTEST + 1);
  return ending ? word.slice(0, -ending.length) : word;
}

/**
 * Ids in a chain: each is followed by the one that shares most with it, a subject or words, with rare ones counting
 * most; if none does, by the next one. Ties go to the first in the given order, so that every desk reads the same.
 */
export function chain(notes: readonly { readonly id: string; readonly text: string }[]): string[] {
  const of = new Map(notes.map(({ id, text }) => [id, stems(text)]));
  const uses = new Map<string, number>();
  for (const own of of.values()) for (const each of own) uses.set(each, (uses.get(each) ?? 0) + 1);
  const weight = (each: string) => Math.log(1 + notes.length / (uses.get(each) ?? 1));
  const size = new Map(
    [...of].map(([id, own]) => [id, [...own].reduce((all, each) => all + weight(each), 0)]),
  );
  const about = new Map(notes.map(({ id, text }) => [id, subjectsOf(text)]));
  const alike = (a: string, b: string): number => {
    let common = 0;
    for (const [subject, share] of about.get(a) ?? []) common += share * (about.get(b)?.get(subject) ?? 0);
    return common;
  };
  const shared = (a: string, b: string): number => {
    const [one, other] = [of.get(a), of.get(b)];
    if (!one || !other) return 0;
    let common = 0;
    for (const each of one) if (other.has(each)) common += weight(each);
    return alike(a, b) + (common && common / Math.sqrt((size.get(a) ?? 1) * (size.get(b) ?? 1)));
  };
  // The latest note counts most, earlier ones less, so that a group is finished before the next begins.
  const follows = (id: string, read: readonly string[]) =>
    read.reduceRight((all, each, at) => all + shared(each, id) * FADES ** (read.length - 1 - at), 0);
  const left = notes.map(({ id }) => id);
  const order: string[] = [];
  while (left.length > 0) {
    const read = order.slice(-REMEMBERED);
    let best = 0;
    let most = 0;
    for (const [nth, id] of left.entries()) {
      const own = follows(id, read);
      if (own > most) [best, most] = [nth, own];
    }
    order.push(...left.splice(best, 1));
  }
  return order;
}
