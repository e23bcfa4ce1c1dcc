/** Boxes in columns of equal width and one type size: the composer's measuring and placing step. */
import type { Box, Frame, Group, Rules } from "./composer";
import type { Place } from "./places";

/** A group in which some boxes show their text; the others are slips, or omitted if `slip` is 0. */
export interface Part {
  readonly group: Group;
  readonly words: number;
  readonly slip: number;
}

export interface Arrangement {
  readonly size: number;
  readonly columns: number;
  readonly width: number;
  readonly places: Map<string, Place>;
  readonly slips: Map<string, Place>;
  readonly again: { group: string; place: Place }[];
  readonly height: number;
  /** The part of the frame that the columns leave free. */
  readonly blank: number;
}

export interface How {
  readonly size: number;
  readonly columns: number;
  /** No word is cut. */
  readonly strict: boolean;
  /** A group may continue in the next column, repeating its head. */
  readonly broken: boolean;
}

/** A slip of paper, in the size of the type. */
const SLIP = { w: 1.6, h: 1.15, gap: 0.35 };
/** Heights and frames are summed in different orders. */
const CLOSE = 0.01;

/** A part measured: how high its head and each of its boxes are in this width. */
interface Measured extends Part {
  readonly head: number;
  readonly heights: readonly number[];
  readonly rows: number;
  readonly perRow: number;
}

export function arrange(parts: readonly Part[], frame: Frame, rules: Rules, how: How): Arrangement | null {
  const { size, columns } = how;
  const across = (rules.across ?? rules.gap) * size;
  const width = (frame.width - across * (columns - 1)) / columns;
  if (width <= 0 || (how.strict && parts.some((part) => cuts(part, width, size)))) return null;
  const sheet = new Sheet(parts, frame, rules, how, width, across);
  return how.broken ? sheet.broken() : sheet.whole();
}

const shown = ({ group, words }: Part): readonly Box[] => group.boxes.slice(0, words);

const cuts = (part: Part, width: number, size: number): boolean =>
  [part.group.head, ...shown(part)].some((box) => (box?.least?.(size) ?? 0) > width);

class Sheet {
  readonly #places = new Map<string, Place>();
  readonly #slips = new Map<string, Place>();
  readonly #again: { group: string; place: Place }[] = [];
  readonly #gap: number;
  readonly #inside: number;

  constructor(
    readonly parts: readonly Part[],
    readonly frame: Frame,
    readonly rules: Rules,
    readonly how: How,
    readonly width: number,
    readonly across: number,
  ) {
    this.#gap = rules.gap * how.size;
    this.#inside = (rules.inside ?? rules.gap) * how.size;
  }

  /** Every group in the shortest column so far, so that later ones do not move earlier ones. */
  whole(): Arrangement | null {
    const bottoms = Array.from({ length: this.how.columns }, () => 0);
    const inColumn: string[][] = bottoms.map(() => []);
    for (const part of this.parts) {
      const column = lowest(bottoms);
      const one = this.#measure(part);
      const y = bottoms[column] ?? 0;
      const bottom = y + this.#heightOf(one, 0, part.words, true);
      if (bottom > this.frame.height + CLOSE) return null;
      this.#place(one, 0, part.words, true, column, y);
      for (const box of shown(part)) inColumn[column]?.push(box.id);
      bottoms[column] = bottom + this.#gap;
    }
    const ends = bottoms.map((bottom) => Math.max(0, bottom - this.#gap));
    this.#stretch(inColumn, ends);
    return this.#told(ends);
  }

  /** One group after another down the columns, with columns as short as possible overall. */
  broken(): Arrangement | null {
    const tallest = this.frame.height;
    const all: Measured[] = [];
    let total = 0;
    for (const part of this.parts) {
      const one = this.#measure(part);
      all.push(one);
      total += this.#heightOf(one, 0, one.words, true);
      if (total > tallest * this.how.columns) return null;
    }
    if (!this.#flow(all, tallest)) return null;
    let [low, high] = [0, tallest];
    while (high - low > this.how.size / 4) {
      const middle = (low + high) / 2;
      if (this.#flow(all, middle)) high = middle;
      else low = middle;
    }
    const pieces = this.#flow(all, high) ?? [];
    const ends = Array.from({ length: this.how.columns }, () => 0);
    for (const { one, from, to, last, column, y } of pieces) {
      this.#place(one, from, to, last, column, y);
      ends[column] = y + this.#heightOf(one, from, to, last);
    }
    return this.#told(ends);
  }

  #flow(all: readonly Measured[], height: number): Piece[] | null {
    const pieces: Piece[] = [];
    let [column, y] = [0, 0];
    for (const one of all) {
      for (let from = 0; ;) {
        let to = one.words;
        const last = () => to === one.words;
        while (y + this.#heightOf(one, from, to, last()) > height + CLOSE) {
          // A head with nothing under it, or a box too tall for any column.
          if (to - from <= 1) break;
          to -= 1;
        }
        const fits = y + this.#heightOf(one, from, to, last()) <= height + CLOSE;
        if (fits) {
          pieces.push({ one, from, to, last: last(), column, y });
          y += this.#heightOf(one, from, to, last()) + this.#gap;
          if (last()) break;
          from = to;
        } else if (y === 0) return null;
        column += 1;
        y = 0;
        if (column >= this.how.columns) return null;
      }
    }
    return pieces;
  }

  #measure(part: Part): Measured {
    const { size } = this.how;
    const folded = part.group.boxes.length - part.words;
    const perRow = Math.max(1, Math.floor((this.width / size / part.slip + SLIP.gap) / (SLIP.w + SLIP.gap)));
    return {
      ...part,
      head: part.group.head?.height(this.width, size) ?? 0,
      heights: shown(part).map((box) => box.height(this.width, size)),
      rows: part.slip > 0 ? Math.ceil(folded / perRow) : 0,
      perRow,
    };
  }

  #heightOf(one: Measured, from: number, to: number, last: boolean): number {
    const heights = one.heights.slice(from, to);
    const slips = last && one.rows > 0 ? [one.rows * (SLIP.h + SLIP.gap) * one.slip * this.how.size] : [];
    const all = [...(one.group.head ? [one.head] : []), ...heights, ...slips];
    return all.reduce((sum, own) => sum + own, 0) + this.#inside * Math.max(0, all.length - 1);
  }

  #place(one: Measured, from: number, to: number, last: boolean, column: number, top: number): void {
    const x = column * (this.width + this.across);
    let y = top;
    const { group } = one;
    if (group.head) {
      const place = { x, y, w: this.width, h: one.head };
      if (from === 0) this.#places.set(group.head.id, place);
      else this.#again.push({ group: group.id, place });
      y += one.head + this.#inside;
    }
    for (let at = from; at < to; at += 1) {
      const h = one.heights[at] ?? 0;
      this.#places.set(group.boxes[at]?.id ?? "", { x, y, w: this.width, h });
      y += h + this.#inside;
    }
    if (!last || one.slip === 0) return;
    const unit = one.slip * this.how.size;
    group.boxes.slice(one.words).forEach((box, at) => {
      this.#slips.set(box.id, {
        x: x + (at % one.perRow) * (SLIP.w + SLIP.gap) * unit,
        y: y + Math.floor(at / one.perRow) * (SLIP.h + SLIP.gap) * unit,
        w: Math.min(this.width, SLIP.w * unit),
        h: SLIP.h * unit,
      });
    });
  }

  /** What is left under a column goes to its boxes. */
  #stretch(inColumn: readonly (readonly string[])[], ends: number[]): void {
    const most = (this.rules.stretch ?? 0) * this.how.size;
    if (most === 0 || !Number.isFinite(this.frame.height)) return;
    inColumn.forEach((ids, column) => {
      const free = this.frame.height - (ends[column] ?? 0);
      const more = Math.max(0, Math.min(most, free / Math.max(1, ids.length)));
      ids.forEach((id, at) => {
        const place = this.#places.get(id);
        if (place) this.#places.set(id, { ...place, y: place.y + at * more, h: place.h + more });
      });
      ends[column] = (ends[column] ?? 0) + more * ids.length;
    });
  }

  #told(ends: readonly number[]): Arrangement {
    const { size, columns } = this.how;
    const used = ends.reduce((sum, end) => sum + end, 0);
    return {
      size,
      columns,
      width: this.width,
      places: this.#places,
      slips: this.#slips,
      again: this.#again,
      height: Math.max(0, ...ends),
      blank: 1 - used / (columns * this.frame.height),
    };
  }
}

interface Piece {
  readonly one: Measured;
  readonly from: number;
  readonly to: number;
  /** With the slips of the group, if it has any. */
  readonly last: boolean;
  readonly column: number;
  readonly y: number;
}

/** Index of the lowest column; the leftmost of several. */
function lowest(bottoms: readonly number[]): number {
  let best = 0;
  bottoms.forEach((bottom, at) => {
    if (bottom < (bottoms[best] ?? Infinity) - 0.5) best = at;
  });
  return best;
}
