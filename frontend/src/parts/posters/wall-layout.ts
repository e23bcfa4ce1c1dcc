/** The lists on the posters: one type size for all, each over several pages if even the smallest is too large. */
import {
  compose,
  each,
  heightOf,
  steps,
  together,
  type Box,
  type Composition,
  type Frame,
  type Group,
} from "../../ui/composer";
import { LEAST, support } from "../../wall/boxes";
import type { Ruler } from "../../wall/ruler.svelte";
import { t } from "../../words";

export interface Entry {
  readonly id: string;
  readonly text: string;
  readonly picked: boolean;
  /** The answers to "how?", in reading order. */
  readonly chain: readonly { readonly id: string; readonly text: string; readonly depth: number }[];
}

const STEPS = steps(60, LEAST);
/**
 * Space above and below a proposal, and the same on a portrait screen, in units of the font size; the line above it;
 * between it and an answer, and at the sides of each answer.
 */
export const AIR = { around: 0.72, upright: 0.44, line: 2, over: 14, beside: 30 };
/** An answer next to its proposal. */
export const SMALLER = 0.84;
/** The width of the tick before picked proposals, and of what is set bolder than the rest of its line. */
const TICK = "MM ";
const STRONG = "M ";
const RULES = { columns: [1, 1], gap: 0 } as const;

/** `apart`: "how?" is above its answer, not before it on the same line. */
export function entryHeight(
  entry: Entry,
  width: number,
  size: number,
  ruler: Ruler,
  around: number = AIR.around,
  apart = false,
): number {
  const height = (text: string, room: number, own: number) => ruler.height("entry", text, room, own);
  const small = support(size, SMALLER);
  const asked = apart ? "" : `${t("posters.wall.how")} ${STRONG}`;
  const answers = entry.chain.map(
    ({ text, depth }) =>
      AIR.over + (apart ? small * 1.25 : 0) + height(asked + text, width - AIR.beside * depth, small),
  );
  const own = height(entry.picked ? TICK + entry.text : entry.text, width, size);
  return around * size + AIR.line + own + answers.reduce((sum, each) => sum + each, 0);
}

const box = (entry: Entry, ruler: Ruler, around?: number, apart?: boolean): Box => ({
  id: entry.id,
  height: (width, size) => entryHeight(entry, width, size, ruler, around, apart),
  least: (size) =>
    Math.max(
      ruler.least("entry", entry.text, size),
      ...entry.chain.map(
        ({ text, depth }) => AIR.beside * depth + ruler.least("entry", text, support(size, SMALLER)),
      ),
    ),
});
const list = (entries: readonly Entry[], ruler: Ruler, around?: number): Group[] =>
  each(entries.map((entry) => box(entry, ruler, around)));

export function layPosters(
  posters: readonly (readonly Entry[])[],
  frame: Frame,
  page: number,
  ruler: Ruler,
): { size: number; posters: readonly Composition[]; pages: number } {
  const panes = Object.fromEntries(
    posters.map((entries, at) => [String(at), { groups: list(entries, ruler), frame, rules: RULES }]),
  );
  const laid = together(STEPS, () => panes, page);
  const all = posters.map((_, at) => laid.panes[String(at)] as Composition);
  return { size: laid.size, posters: all, pages: Math.max(1, ...all.map(({ pages }) => pages)) };
}

/** A poster on the wall, and the space for its list. */
export interface Sheet {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly list: Frame & { readonly x: number; readonly y: number };
}

/** Between posters, inside them, and the size of a name: side by side, the same with lists, and one over the other. */
export const SET = {
  across: { gap: 32, x: 40, y: 38, name: 92 },
  lists: { gap: 32, x: 40, y: 28, name: 66 },
  upright: { gap: 16, x: 36, y: 16, name: 60 },
};
export type Set = keyof typeof SET;
/** The text below a name, or next to it if both fit on a line. */
const ABOUT = 30;

/** The height of a poster's name, with its subject. */
function headHeight(name: string, about: string, inner: number, set: Set, ruler: Ruler): number {
  const size = SET[set].name;
  if (set === "across")
    return ruler.height("head", name, inner + 1.6 * size, size) + 36 + ruler.height("text", about, inner, 28);
  // The largest average width of letters in any type.
  const one = name.length * 0.6 * size + about.length * 0.58 * ABOUT + 28 <= inner;
  return size * 1.05 + (one ? 0 : 1.35 * ABOUT) + 10;
}

/** `heights`: of the lists, if posters are stacked; none is as high as the others without them. */
export function sheets(
  named: readonly { readonly name: string; readonly about: string }[],
  frame: Frame,
  ruler: Ruler,
  set: Set,
  heights?: readonly number[],
): readonly Sheet[] {
  const tall = set === "upright";
  const { gap, ...pad } = SET[set];
  const n = Math.max(1, named.length);
  const w = tall ? frame.width : (frame.width - gap * (n - 1)) / n;
  const inner = w - 2 * pad.x;
  const head = Math.max(0, ...named.map(({ name, about }) => headHeight(name, about, inner, set, ruler)));
  const around = head + 2 * pad.y;
  const even = tall ? (frame.height - gap * (n - 1)) / n - around : frame.height - around;
  let y = 0;
  return named.map((_, at) => {
    const height = heights?.[at] ?? even;
    const [x, top] = tall ? [0, y] : [at * (w + gap), 0];
    y += height + around + gap;
    const list = { x: x + pad.x, y: top + pad.y + head, width: inner, height };
    return { x, y: top, w, h: height + around, list };
  });
}

/**
 * Shares the height: what each needs plus a share of the rest; if there is too little, nobody gets more than an equal
 * share.
 */
export function shared(needs: readonly number[], height: number): number[] {
  const given = needs.map(() => 0);
  let open = needs.map((_, at) => at).sort((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0));
  let left = height;
  while (open.length > 0) {
    const [at = 0] = open;
    open = open.slice(1);
    given[at] = Math.min(needs[at] ?? 0, left / (open.length + 1));
    left -= given[at];
  }
  return given.map((own) => own + Math.max(0, left) / Math.max(1, needs.length));
}

/** The same upright: one over the other, in the height of `frame` together. */
export function stackPosters(
  posters: readonly (readonly Entry[])[],
  frame: Frame,
  page: number,
  ruler: Ruler,
): { size: number; posters: readonly Composition[]; pages: number; heights: readonly number[] } {
  const lists = posters.map((entries) => list(entries, ruler, AIR.upright));
  const heights = (size: number) =>
    shared(
      lists.map((groups) => heightOf(groups, frame.width, size, RULES)),
      frame.height,
    );
  const panes = (size: number) => {
    const own = heights(size);
    return Object.fromEntries(
      lists.map((groups, at) => [
        String(at),
        { groups, frame: { width: frame.width, height: own[at] ?? 0 }, rules: RULES },
      ]),
    );
  };
  const laid = together(STEPS, panes, page);
  const all = posters.map((_, at) => laid.panes[String(at)] as Composition);
  const pages = Math.max(1, ...all.map((own) => own.pages));
  return { size: laid.size, posters: all, pages, heights: heights(laid.size) };
}

/** One proposal in front of all, with everything under it. */
export function layFront(entry: Entry, frame: Frame, ruler: Ruler): { size: number; apart: boolean } {
  const field = { width: frame.width - 2 * FRONT.x, height: frame.height - 2 * FRONT.y - FRONT.on };
  const rules = { ...RULES, steps: steps(132, LEAST) };
  const on = (apart: boolean) => compose(each([box(entry, ruler, AIR.around, apart)]), field, rules).size;
  const [apart, beside] = [on(true), on(false)];
  // A line of its own for "how?" is no reason for smaller type.
  return apart >= beside ? { size: apart, apart: true } : { size: beside, apart: false };
}
/** At the sides, and above and below what is in front; and above it the name of its poster. */
export const FRONT = { x: 60, y: 40, on: 80 };
