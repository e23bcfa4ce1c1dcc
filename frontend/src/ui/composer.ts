/**
 * The layout of every picture: boxes of text in a frame, in the largest type in which all fit. If there is too much it
 * is folded group by group, and only what still does not fit is put on another page. Pure: the caller measures heights,
 * and places are in the frame's unit.
 */
import { arrange, type Arrangement, type Part } from "./columns";
import type { Place } from "./places";

export interface Frame {
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly id: string;
  /** With its text in type of this size; never less than what is drawn. */
  readonly height: (width: number, size: number) => number;
  /** The narrowest in which no word is cut. */
  readonly least?: ((size: number) => number) | undefined;
}

/** What stays together: boxes under a head, or one box alone. */
export interface Group {
  readonly id: string;
  readonly head?: Box | undefined;
  readonly boxes: readonly Box[];
}

export interface Rules {
  /** Type sizes, the largest first. The last one is still legible: rather than a smaller one, a new page. */
  readonly steps: readonly number[];
  readonly columns: readonly [least: number, most: number];
  /** Between groups, between what is inside a group, and between columns; in the size of the type. */
  readonly gap: number;
  readonly inside?: number | undefined;
  readonly across?: number | undefined;
  /** Whether boxes may lie as slips without words. */
  readonly folds?: boolean | undefined;
  /** The most boxes with words at once. */
  readonly most?: number | undefined;
  /** How much taller than its text a box may grow to align the columns' ends, in the size of the type. */
  readonly stretch?: number | undefined;
}

export interface Composition {
  readonly size: number;
  readonly columns: number;
  /** Of one column. */
  readonly width: number;
  /** Heads and boxes with their words. */
  readonly places: ReadonlyMap<string, Place>;
  /** The heads repeated where their group continues in another column. */
  readonly again: readonly { readonly group: string; readonly place: Place }[];
  /** Boxes without text. Without room even for slips, a folded box is omitted. */
  readonly slips: ReadonlyMap<string, Place>;
  readonly page: number;
  readonly pages: number;
  /** Which groups are on this page, counted from one. */
  readonly from: number;
  readonly to: number;
  readonly of: number;
  /** The last group on the next page; on the last page the same as `to`. */
  readonly until: number;
  /** The part of the frame that columns leave free. */
  readonly blank: number;
  /** How much of the frame's height is used. */
  readonly height: number;
}

/** Sizes from the largest to the smallest, a twentieth apart: finer is invisible, coarser wastes space. */
export function steps(largest: number, smallest: number): number[] {
  const sizes: number[] = [];
  for (let size = largest; size > smallest; size = Math.min(size - 1, Math.round(size * 0.95)))
    sizes.push(size);
  return [...sizes, smallest];
}

/** Boxes without groups: each is a group of its own. */
export const each = (boxes: readonly Box[]): Group[] => boxes.map((box) => ({ id: box.id, boxes: [box] }));

/** More free space than this is wasted, if larger type or more text would fit. */
const THIRD = 1 / 3;
/** Slips, smaller the more there are. */
const SLIPS = [1, 0.6];

/** Caches each height by width and size. */
function remembered({ id, height, least }: Box): Box {
  const heights = new Map<number, number>();
  const leasts = new Map<number, number>();
  const once = (known: Map<number, number>, key: number, ask: () => number) => {
    let own = known.get(key);
    if (own === undefined) known.set(key, (own = ask()));
    return own;
  };
  return {
    id,
    height: (width, size) => once(heights, Math.round(width * 8) * 4096 + size, () => height(width, size)),
    least: least && ((size) => once(leasts, size, () => least(size))),
  };
}

/** `page`: its number from 0, or a group that is to be on it. */
export function compose(
  all: readonly Group[],
  frame: Frame,
  rules: Rules,
  page: number | string = 0,
): Composition {
  const groups = all.map(({ id, head, boxes }) => ({
    id,
    head: head && remembered(head),
    boxes: boxes.map(remembered),
  }));
  const most = perPage(groups, rules);
  const one = groups.length <= most ? onOnePage(groups, frame, rules) : null;
  if (one)
    return {
      ...one,
      page: 0,
      pages: 1,
      from: Math.min(1, groups.length),
      to: groups.length,
      of: groups.length,
      until: groups.length,
    };
  const pages = cut(groups, frame, rules, most);
  const at = Math.min(
    Math.max(0, typeof page === "number" ? page : holding(page, groups, pages)),
    pages.length - 1,
  );
  const from = sum(pages.slice(0, at));
  const to = from + (pages[at] ?? 0);
  const own = groups.slice(from, to);
  const laid = onOnePage(own, frame, rules) ?? smaller(own, frame, rules);
  const until = to + (pages[at + 1] ?? 0);
  return { ...laid, page: at, pages: pages.length, from: from + 1, to, of: groups.length, until };
}

/** A scrolling picture needs no pages: the same frame, tall enough for everything, if more height helps. */
export function scrolling(frame: Frame, pages: (frame: Frame) => number): Frame {
  for (let height = frame.height; height < 20 * frame.height; height *= 1.1)
    if (pages({ ...frame, height }) === 1) return { ...frame, height };
  return frame;
}

export interface Pane {
  readonly groups: readonly Group[];
  readonly frame: Frame;
  readonly rules: Omit<Rules, "steps">;
}

/**
 * Several frames of one picture in one type size: the largest in which all fit, each with its own pages if needed.
 * Frames may depend on the size, e.g. where a strip below takes what it needs.
 */
export function together<K extends string>(
  sizes: readonly number[],
  panes: (size: number) => Readonly<Record<K, Pane>>,
  page = 0,
): { size: number; panes: Record<K, Composition> } {
  const fits = (size: number) =>
    Object.values<Pane>(panes(size)).every(
      ({ groups, frame, rules }) =>
        first([size], parts(groups, counts(groups), 1), frame, { ...rules, steps: [size] }) !== null,
    );
  const at = (size: number) =>
    Object.entries<Pane>(panes(size)).map(
      ([id, { groups, frame, rules }]) =>
        [id, compose(groups, frame, { ...rules, steps: [size] }, page)] as const,
    );
  const pages = (size: number) => Math.max(...at(size).map(([, one]) => one.pages));
  const smallest = sizes.at(-1) ?? 1;
  // With pages: the largest type that needs no more pages than the smallest.
  const paged = () => {
    const least = pages(smallest);
    return sizes.find((own) => pages(own) === least && at(own).every(([, one]) => one.size === own));
  };
  const size = sizes.find(fits) ?? paged() ?? smallest;
  const laid = at(size);
  return { size, panes: Object.fromEntries(laid) as Record<K, Composition> };
}

/** How high boxes are in this width, in the number of columns in which they are lowest. */
export function heightOf(
  groups: readonly Group[],
  width: number,
  size: number,
  rules: Omit<Rules, "steps">,
): number {
  const open = { width, height: Infinity };
  const own = parts(groups, counts(groups), 1);
  const [least, most] = rules.columns;
  const high = (columns: number, strict: boolean) =>
    arrange(own, open, { ...rules, steps: [size] }, { size, columns, strict, broken: false })?.height ??
    Infinity;
  const lowest = Math.min(...Array.from({ length: most - least + 1 }, (_, at) => high(least + at, true)));
  // A word is wider than any column: it is placed in the widest.
  return Number.isFinite(lowest) ? lowest : high(least, false);
}

const counts = (groups: readonly Group[]): number[] => groups.map(({ boxes }) => boxes.length);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const parts = (groups: readonly Group[], words: readonly number[], slip: number): Part[] =>
  groups.map((group, at) => ({ group, words: words[at] ?? 0, slip }));
/** Where boxes fold, a page may hold any number of groups. */
const perPage = (groups: readonly Group[], { folds, most }: Rules): number =>
  folds ? groups.length : (most ?? groups.length);

function onOnePage(groups: readonly Group[], frame: Frame, rules: Rules): Arrangement | null {
  const words = rules.folds ? upTo(rules.most ?? Infinity, groups) : counts(groups);
  const laid = largest(parts(groups, words, 1), frame, rules);
  if (laid ?? !rules.folds) return laid;
  const last = rules.steps.slice(-1);
  for (const slip of SLIPS) {
    const fits = (own: readonly number[]) =>
      [false, true].some(
        (broken) => first(last, parts(groups, own, slip), frame, rules, { broken }) !== null,
      );
    const folded = fold(words, fits);
    if (folded === null) continue;
    unfold(folded, words, fits);
    return largest(parts(groups, folded, slip), frame, rules);
  }
  // No room even for slips: only the heads, closer together and as large as possible.
  const heads = groups.map(() => 0);
  return largest(parts(groups, heads, 0), frame, closer(rules));
}

const closer = (rules: Rules): Rules => ({
  ...rules,
  across: rules.across ?? rules.gap,
  gap: rules.gap * 0.5,
});

/**
 * In the largest step. Each group goes whole into the shortest column, so that new ones do not move the others. Only if
 * that would leave a third free do groups flow down the columns and across their ends.
 */
function largest(own: readonly Part[], frame: Frame, rules: Rules): Arrangement | null {
  const whole = first(rules.steps, own, frame, rules);
  if (whole && (whole.size === rules.steps[0] || whole.blank <= THIRD)) return whole;
  const broken = first(rules.steps, own, frame, rules, { broken: true });
  return broken && (!whole || broken.size > whole.size) ? broken : whole;
}

/** The first of these steps that fits, in as few columns as possible, below the minimum only if it must. */
function first(
  sizes: readonly number[],
  own: readonly Part[],
  frame: Frame,
  rules: Rules,
  { strict = true, broken = false } = {},
): Arrangement | null {
  const [least, most] = rules.columns;
  const tried = Array.from({ length: most }, (_, at) => (at <= most - least ? least + at : most - at));
  for (const size of sizes) {
    for (const columns of tried) {
      const laid = arrange(own, frame, rules, { size, columns, strict, broken });
      if (laid) return laid;
    }
  }
  return null;
}

/** Text for a limited number of boxes: equally many in each group, then one more in larger groups. */
function upTo(most: number, groups: readonly Group[]): number[] {
  const words = counts(groups);
  while (sum(words) > most) foldOne(words);
  return words;
}

/** Fold the last box of the group that still shows the most. */
function foldOne(words: number[]): void {
  const most = Math.max(...words);
  words[words.lastIndexOf(most)] = most - 1;
}

/** Folds as few as necessary; null if it does not fit even without any text. */
function fold(words: readonly number[], fits: (words: readonly number[]) => boolean): number[] | null {
  const after = (folds: number) => {
    const own = [...words];
    for (let n = 0; n < folds; n += 1) foldOne(own);
    return own;
  };
  let [low, high] = [0, sum(words)];
  if (!fits(after(high))) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(after(middle))) high = middle;
    else low = middle;
  }
  return after(high);
}

/** Restores text where there is room after all, first in the group that lost the most. */
function unfold(
  words: number[],
  wanted: readonly number[],
  fits: (words: readonly number[]) => boolean,
): void {
  const lost = (at: number) => (wanted[at] ?? 0) - (words[at] ?? 0);
  const open = new Set(words.keys());
  while (open.size > 0) {
    const [at = 0] = [...open].sort((a, b) => lost(b) - lost(a) || a - b);
    const had = words[at] ?? 0;
    words[at] = had + 1;
    if (lost(at) < 0 || !fits(words)) {
      words[at] = had;
      open.delete(at);
    }
  }
}

/** How many groups each page has: as few pages as hold them in the smallest step, and all about as full. */
function cut(groups: readonly Group[], frame: Frame, rules: Rules, most: number): number[] {
  const last = rules.steps.slice(-1);
  const laid = (own: readonly Group[], strict: boolean) => {
    const words = rules.folds ? own.map(() => 0) : counts(own);
    return first(last, parts(own, words, 0), frame, rules.folds ? closer(rules) : rules, { strict });
  };
  // A word wider than the frame reduces the type of its page, instead of getting its own page.
  const wide = new Set(groups.filter((group) => !laid([group], true)));
  const fits = (from: number, to: number) => {
    const own = groups.slice(from, to);
    return laid(own, !own.some((group) => wide.has(group))) !== null;
  };
  const pages: number[] = [];
  for (let from = 0; from < groups.length; from += pages.at(-1) ?? 1) {
    let n = 1;
    while (from + n < groups.length && n < most && fits(from, from + n + 1)) n += 1;
    pages.push(n);
  }
  const share = groups.length / pages.length;
  const even = pages.map((_, at) => Math.round((at + 1) * share) - Math.round(at * share));
  let to = 0;
  return even.every((n) => n <= most && fits(to, (to += n))) ? even : pages;
}

/** The page on which this group is. */
function holding(id: string, groups: readonly Group[], pages: readonly number[]): number {
  let left = groups.findIndex((group) => group.id === id);
  return pages.findIndex((n) => (left -= n) < 0);
}

/** A group that does not fit in the smallest step is never cut, so its type is reduced further. */
function smaller(groups: readonly Group[], frame: Frame, rules: Rules): Arrangement {
  const own = parts(groups, rules.folds ? groups.map(() => 0) : counts(groups), 0);
  const least = rules.steps.at(-1) ?? 1;
  const sizes = Array.from({ length: 60 }, (_, n) => least * 0.95 ** (n + 1));
  const how = { columns: 1, size: least, strict: false, broken: false };
  const open = { width: Math.max(1, frame.width), height: Infinity };
  const fitting = first(sizes, own, frame, rules) ?? first(sizes, own, frame, rules, { strict: false });
  return fitting ?? (arrange(own, open, rules, how) as Arrangement);
}
