/** What the wall composes: its notes, cards and headings as boxes, and the rules its pictures share. */
import {
  compose,
  each,
  steps,
  type Box,
  type Composition,
  type Frame,
  type Group,
  type Rules,
} from "../ui/composer";
import type { Place as Seat } from "./place";
import { askew } from "./place";
import type { Kind, Ruler } from "./ruler.svelte";

export interface Text {
  readonly id: string;
  readonly text: string;
}

/** The smallest type of supporting text that is legible at eight metres (design.md). */
export const LEAST = 28;
/** The size of supporting text: `scale` times the main size, but not too small to read. */
export const support = (size: number, scale: number, least = LEAST): number =>
  Math.max(size * scale, Math.min(size, least));

/** More than this is never readable at once (design.md, density). */
export const MOST_READABLE = 24;
const PER_PAGE = 18;
/** The name of a theme over its notes. */
export const HEAD = 1.4;

/** Papers with notes: what is read aloud has at least 34 units at eight metres. */
export const NOTES: Rules = { steps: steps(76, 34), columns: [3, 6], gap: 0.7, most: PER_PAGE, stretch: 3 };
/** The notes of one theme, in front of all. */
export const FORWARD: Rules = { ...NOTES, steps: steps(104, 34), columns: [2, 5] };
/** Themes by name alone. */
export const CARDS: Rules = { steps: steps(92, 38), columns: [2, 4], gap: 0.5, stretch: 1.2 };
/** Themes with their notes, which stand there as support: 28 units. */
export const ISLANDS: Rules = {
  steps: steps(44, LEAST),
  columns: [2, 7],
  gap: 1.35,
  inside: 0.42,
  folds: true,
  most: MOST_READABLE,
};

/** On a portrait screen prefer fewer columns, so that lines keep their length. */
export const upright = <R extends Pick<Rules, "columns">>(rules: R, { width, height }: Frame): R =>
  height > width ? { ...rules, columns: [Math.max(1, rules.columns[0] - 1), rules.columns[1]] } : rules;
/** Names are larger there, where they are few: it is high. */
export const higher = (rules: Rules, { width, height }: Frame): Rules =>
  height > width
    ? { ...rules, steps: steps((rules.steps[0] ?? 1) * HIGHER, rules.steps.at(-1) ?? 1) }
    : rules;
const HIGHER = 1.35;

/** A text that is set like this, `scale` times as large as the type of the picture; smaller than it, as `support`. */
export function box(
  ruler: Ruler,
  kind: Kind,
  id: string,
  text: string,
  { scale = 1, more = 0, beside = 0, least = LEAST } = {},
): Box {
  return {
    id,
    height: (width, size) =>
      more * size + ruler.height(kind, text, width - beside * size, support(size, scale, least)),
    least: (size) => ruler.least(kind, text, support(size, scale, least)) + beside * size,
  };
}

export const notes = (ruler: Ruler, all: readonly Text[]): Group[] =>
  each(all.map(({ id, text }) => box(ruler, "paper", id, text)));

/** Over the name of a theme, in the size of the name; `Head.svelte` draws it. */
const BAR = 0.6;
export const headHeight = (ruler: Ruler, name: string, width: number, size: number): number =>
  BAR * size + ruler.height("head", name, width, size);
export const head = (ruler: Ruler, id: string, name: string): Box => ({
  id,
  height: (width, size) => headHeight(ruler, name, width, size * HEAD),
  least: (size) => ruler.least("head", name, size * HEAD),
});

/** Places as things on the wall take them. `tilt`: papers lie a little askew. */
export function seats(places: Composition["places"], size: number, tilt = 0): Map<string, Seat> {
  return new Map(
    [...places].map(([id, place]) => [id, { ...place, size, tilt: tilt ? askew(id, tilt) : 0 }]),
  );
}

/** One note alone in front of all, as large as it fits. */
export function forward(ruler: Ruler, id: string, text: string, frame: Frame): Seat {
  const rules = higher({ steps: steps(MOST_FORWARD, 34), columns: [1, 1], gap: 0 }, frame);
  const on = (width: number) => {
    const { places, size } = compose(each([box(ruler, "paper", id, text)]), { ...frame, width }, rules);
    return { w: width, h: places.get(id)?.h ?? 0, size };
  };
  const papers = SHARES_OF_WIDTH.map((share) => on(frame.width * share));
  const largest = Math.max(...papers.map(({ size }) => size));
  // On the narrowest paper that costs no size: a note in few words is no long strip.
  const { w, h: own, size } = papers.find((paper) => paper.size === largest) ?? on(frame.width);
  const h = Math.min(frame.height, Math.max(own, w * FLAT));
  return { x: (frame.width - w) / 2, y: (frame.height - h) / 2, w, h, tilt: 0, size };
}
const MOST_FORWARD = 148;
/** What a paper may have of the width, and how flat it may be. */
const SHARES_OF_WIDTH = [0.5, 0.6, 0.7, 0.8, 0.9, 1];
const FLAT = 0.4;
