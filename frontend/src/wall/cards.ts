/** Theme cards in fields, and waiting ones below, all in one type size (design.md, Field). */
import { each, heightOf, steps, together, type Composition, type Group, type Pane } from "../ui/composer";
import { box, seats } from "./boxes";
import type { Place } from "./place";
import type { Ruler } from "./ruler.svelte";
import type { Frame } from "./stage.svelte";

export type Card = { readonly id: string; readonly name: string; readonly chosen?: boolean };
export type Area = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
/** Cards that wait together, with their horizontal position and width. */
export type Strip = { readonly x: number; readonly w: number; readonly cards: readonly Card[] };

const STEPS = steps(104, 28);
const FIELD = { columns: [1, 3], gap: 0.45 } as const;
const STRIP = (w: number) =>
  ({ columns: [1, w > 1200 ? 4 : w > 800 ? 3 : w > 400 ? 2 : 1], gap: 0.45 }) as const;
/** Over the strip, and its label. */
const OVER = 24;
const LABEL = 58;
/** The least that fields keep: what an empty one says. */
const FIELDS = 400;
/** A chosen card has its tick; it is no larger than the others (U15). */
const TICK = 2;

/** U15: the theme being asked about: the waiting one that a desk is talking about, else the first waiting one. */
export const askedIn = (waiting: readonly Card[], held: readonly string[]): string | undefined =>
  (waiting.find(({ id }) => held.includes(id)) ?? waiting[0])?.id;

export interface Laid {
  readonly places: ReadonlyMap<string, Place>;
  /** Where the strip begins with its label; null where nothing waits. */
  readonly strip: number | null;
  /** What is left for the fields above it. */
  readonly height: number;
  /** Where a field or the strip goes on over pages: the longest of them. */
  readonly range: { readonly from: number; readonly to: number; readonly of: number } | null;
  /** The same, as the desk is told of it. */
  readonly leaf: Composition | null;
}

export interface Fields {
  /** The room for cards in each field, when the fields are so high together. */
  readonly areas: (height: number) => Readonly<Record<string, Area>>;
  readonly cards: Readonly<Record<string, readonly Card[]>>;
  readonly strips: readonly Strip[];
  /** The share of the height that fields keep, unless the strip would then need pages; a half by default. */
  readonly keep?: number;
}

export function inFields(fields: Fields, frame: Frame, ruler: Ruler, page: number): Laid {
  const { keep = 0.5 } = fields;
  for (const less of EASED) {
    const most = frame.height * (1 - keep + less) - OVER - LABEL;
    const laid = within(fields, frame, ruler, page, most);
    if (laid.leaf === null) return laid;
  }
  return within(fields, frame, ruler, page, Infinity);
}
/** How much less than `keep` is better than a page. */
const EASED = [0, 0.08, 0.16];

/** With a strip that is so high at most. */
function within(
  { areas, cards, strips }: Fields,
  frame: Frame,
  ruler: Ruler,
  page: number,
  limit: number,
): Laid {
  const boxes = (all: readonly Card[]): Group[] =>
    each(all.map(({ id, name, chosen }) => box(ruler, "card", id, name, chosen ? { beside: TICK } : {})));
  const waiting = strips.flatMap((strip) => strip.cards);
  const all = Object.values(cards).flat().length + waiting.length;
  // While all cards are waiting, they get more of the wall than the empty fields.
  const share = 0.3 + 0.35 * (waiting.length / Math.max(1, all));
  const most = Math.min(
    limit,
    Math.max(frame.height * 0.3, Math.min(frame.height * share, frame.height - FIELDS)),
  );
  const strip = (size: number) => {
    const heights = strips.map(({ w, cards }) => heightOf(boxes(cards), w, size, STRIP(w)));
    return waiting.length > 0 ? Math.min(most, Math.max(...heights)) : 0;
  };
  const above = (size: number) => {
    const own = strip(size);
    return own > 0 ? Math.max(0, frame.height - own - OVER - LABEL) : frame.height;
  };
  const panes = (size: number): Record<string, Pane> => {
    const fields = Object.entries(areas(above(size))).map(([id, { w, h }]): [string, Pane] => [
      `field ${id}`,
      { groups: boxes(cards[id] ?? []), frame: { width: w, height: Math.max(1, h) }, rules: FIELD },
    ]);
    const below = strips.map(({ w, cards }, at): [string, Pane] => [
      `strip ${String(at)}`,
      { groups: boxes(cards), frame: { width: w, height: Math.max(1, strip(size)) }, rules: STRIP(w) },
    ]);
    return Object.fromEntries([...fields, ...below]);
  };
  const { size, panes: laid } = together(STEPS, panes, page);
  const height = above(size);
  const at = (one: Composition | undefined, x: number, y: number): [string, Place][] =>
    [...seats(one?.places ?? new Map(), one?.size ?? size)].map(([id, place]) => [
      id,
      { ...place, x: place.x + x, y: place.y + y },
    ]);
  const placed = Object.entries(areas(height)).flatMap(([id, { x, y }]) => at(laid[`field ${id}`], x, y));
  const top = height + OVER + LABEL;
  const below = strips.flatMap(({ x }, nth) => at(laid[`strip ${String(nth)}`], x, top));
  const paged = Object.values(laid)
    .filter(({ pages }) => pages > 1)
    .sort((a, b) => b.of - a.of)[0];
  return {
    places: new Map([...placed, ...below]),
    strip: waiting.length > 0 ? height + OVER : null,
    height,
    range: paged ? { from: paged.from, to: paged.to, of: paged.of } : null,
    leaf: paged ?? null,
  };
}
