/**
 * The plan on the wall: the widths of its columns, its type size, and its rows on each page. On a portrait screen a row
 * is a block of three lines instead.
 */
import { compose, each, steps, type Composition, type Frame } from "../../ui/composer";
import type { Kind, Ruler } from "../../wall/ruler.svelte";

export interface Line {
  readonly id: string;
  readonly theme: string;
  readonly text: string;
  readonly responsible: string;
  /** The other participants, in smaller and lighter type. */
  readonly helpers: string;
  readonly how: string;
  readonly when: string;
  /** Whether `when` is a day. */
  readonly dated: boolean;
}

/** The columns from the left, with their share of the width. */
const SHARES = { theme: 0.2, text: 0.25, people: 0.16, how: 0.24, when: 0.15 };
export type Column = keyof typeof SHARES;
export const COLUMNS = Object.keys(SHARES) as readonly Column[];
export type Shares = Readonly<Record<Column, number>>;
/** An empty column has room for its heading; the theme column is omitted if there are no themes. */
const EMPTY = { how: 0.13, when: 0.13 };

/** Text to be read at eight metres is at least 34 (design.md). */
export const STEPS = steps(60, 37);
const UPRIGHT = steps(84, 37);
/** Portrait: the share of a block's width at the left, and the distance of its lines. */
export const BLOCK = { left: 0.6, gap: 8 };
/** Under the theme: which fields are side by side. */
const BESIDE = [
  ["text", "when"],
  ["people", "how"],
] as const;
/** Space above and below a row, next to a cell, and before a theme for its coloured bar. */
export const AIR = { around: 22, beside: 20, bar: 24 };

/** A text of a cell as it is set. */
export interface Piece {
  readonly kind: Extract<Kind, "name" | "entry">;
  readonly text: string;
  readonly scale: number;
}

export function pieces(line: Line, column: Column): Piece[] {
  const all: Record<Column, readonly Piece[]> = {
    theme: [{ kind: "entry", text: line.theme, scale: 0.92 }],
    text: [{ kind: "name", text: line.text, scale: 1 }],
    people: [
      { kind: "name", text: line.responsible, scale: 0.92 },
      { kind: "entry", text: line.helpers, scale: 0.84 },
    ],
    how: [{ kind: "entry", text: line.how, scale: 0.92 }],
    when: [{ kind: line.dated ? "name" : "entry", text: line.when, scale: 0.92 }],
  };
  return all[column].filter(({ text }) => text !== "");
}

const beside = (column: Column) => AIR.beside + (column === "theme" ? AIR.bar : 0);

/** The narrowest in which no word of a column is cut. */
const needs = (lines: readonly Line[], column: Column, size: number, ruler: Ruler): number =>
  beside(column) +
  Math.max(
    0,
    ...lines
      .flatMap((line) => pieces(line, column))
      .map(({ kind, text, scale }) => ruler.least(kind, text, size * scale)),
  );

/** Shares of the width: the defaults, except that long words take width from other columns. */
export function sharesOf(lines: readonly Line[], width: number, size: number, ruler: Ruler): Shares {
  const has = (column: Column) => lines.some((line) => pieces(line, column).length > 0);
  const wanted: Record<Column, number> = {
    ...SHARES,
    theme: has("theme") ? SHARES.theme : 0,
    how: has("how") ? SHARES.how : EMPTY.how,
    when: has("when") ? SHARES.when : EMPTY.when,
  };
  const least = (column: Column) =>
    wanted[column] > 0 ? Math.min(1, needs(lines, column, size, ruler) / width) : 0;
  const sum = (of: (column: Column) => number) => COLUMNS.reduce((total, column) => total + of(column), 0);
  const all = sum((column) => wanted[column]);
  const more = (column: Column) => Math.max(0, wanted[column] / all - least(column));
  const free = Math.max(0, 1 - sum(least));
  const share = (column: Column) => least(column) + (free * more(column)) / (sum(more) || 1);
  const whole = sum(share);
  return Object.fromEntries(COLUMNS.map((column) => [column, share(column) / whole])) as Record<
    Column,
    number
  >;
}

export function heightOf(line: Line, width: number, size: number, shares: Shares, ruler: Ruler): number {
  const tall = COLUMNS.map((column) => {
    const room = width * shares[column] - beside(column);
    return pieces(line, column).reduce(
      (sum, { kind, text, scale }) => sum + ruler.height(kind, text, room, size * scale),
      0,
    );
  });
  return Math.max(size * 1.2, ...tall) + AIR.around;
}

const among = (line: Line, column: Column, of: (piece: Piece) => number): number[] =>
  pieces(line, column).map(of);

/** As high as its three lines: the theme, then two columns. */
function blockHeight(line: Line, width: number, size: number, ruler: Ruler): number {
  const whole = width - AIR.bar;
  const high = (column: Column, room: number) =>
    among(line, column, ({ kind, text, scale }) => ruler.height(kind, text, room, size * scale)).reduce(
      (sum, own) => sum + own,
      0,
    );
  const [left, right] = [whole * BLOCK.left - AIR.beside, whole * (1 - BLOCK.left)];
  const lines = BESIDE.map(([one, other]) => Math.max(high(one, left), high(other, right)));
  const all = [high("theme", whole), ...lines].filter((own) => own > 0);
  return all.reduce((sum, own) => sum + own, AIR.around + BLOCK.gap * (all.length - 1));
}

function blockLeast(line: Line, size: number, ruler: Ruler): number {
  const least = (column: Column) =>
    Math.max(0, ...among(line, column, ({ kind, text, scale }) => ruler.least(kind, text, size * scale)));
  const [left, right] = [0, 1].map((at) => Math.max(...BESIDE.map((pair) => least(pair[at as 0 | 1]))));
  const wide = [least("theme"), ((left ?? 0) + AIR.beside) / BLOCK.left, (right ?? 0) / (1 - BLOCK.left)];
  return AIR.bar + Math.max(...wide);
}

/** The same upright: blocks one under the other. */
export function layBlocks(
  lines: readonly Line[],
  frame: Frame,
  page: number | string,
  ruler: Ruler,
): Composition {
  const blocks = lines.map((line) => ({
    id: line.id,
    height: (width: number, size: number) => blockHeight(line, width, size, ruler),
    least: (size: number) => blockLeast(line, size, ruler),
  }));
  return compose(each(blocks), frame, { steps: UPRIGHT, columns: [1, 1], gap: 0, stretch: 1.6 }, page);
}

/** The rows in the largest type in which all fit on the wall; else page by page, in order. */
export function layPlan(
  lines: readonly Line[],
  frame: Frame,
  page: number | string,
  ruler: Ruler,
): Composition & { readonly shares: Shares } {
  const known = new Map<number, Shares>();
  const shares = (size: number) => {
    const own = known.get(size) ?? sharesOf(lines, frame.width, size, ruler);
    known.set(size, own);
    return own;
  };
  const rows = lines.map((line) => ({
    id: line.id,
    height: (width: number, size: number) => heightOf(line, width, size, shares(size), ruler),
    least: (size: number) =>
      COLUMNS.reduce(
        (sum, column) => sum + (shares(size)[column] > 0 ? needs([line], column, size, ruler) : 0),
        0,
      ),
  }));
  const laid = compose(each(rows), frame, { steps: STEPS, columns: [1, 1], gap: 0, stretch: 0.8 }, page);
  return { ...laid, shares: shares(laid.size) };
}
