/**
 * The layout of the desk's board of themes: free notes to the left, themes in columns to the right. The desk draws,
 * animates and hit-tests by these numbers. The two scroll separately (U6), so that a note at the end of a long list can
 * be next to any theme: each has its own height, counted from its own top.
 */
import type { Place } from "../../ui/places";

export const GAP = 16;
const NOTE_GAP = 10;
const THEME_GAP = 6;
const LABEL = 30;
/** Room above the first themes for the label of a theme shown large on the wall. */
const TOP = 12;
const NARROWEST = 176;
const FREE_NOTE_MIN = 46;
/** How many free notes fit next to the themes before they get another column. */
const FREE_PER_COLUMN = 16;
const ISLAND_GAP = 26;
/** An empty theme still has room to drop something on. */
const EMPTY = 48;
const FRESH_HEIGHT = 112;

export interface Shape {
  /** Columns for themes, and how wide one is. */
  readonly themeColumns: number;
  readonly themeWidth: number;
  /** Columns of free notes, and how wide one is. */
  readonly noteColumns: number;
  readonly noteWidth: number;
  readonly freeWidth: number;
  /** At maximum zoom (WCAG 1.4.10): one column each, with number and menu under the name. */
  readonly narrow: boolean;
}

/** How much larger the board may be drawn. */
const LARGER = [1.5, 1.25, 1.125] as const;
/** What a note takes with its share of a heading, in px, and how much of the board notes may take. */
const TAKES = 15_000;
const FILLED = 0.75;
/** A board keeps this many columns however large it is drawn. */
const COLUMNS = 5;

/**
 * On a large screen, as large as all notes have room. By the number of notes alone, which stays the same while they are
 * sorted: nothing grows or shrinks in between.
 */
export function enlarged(width: number, height: number, notes: number): number {
  const fits = (by: number) =>
    width / by >= COLUMNS * (NARROWEST + GAP) && notes * TAKES * by * by <= FILLED * width * height;
  return LARGER.find(fits) ?? 1;
}

/** Few themes have wide columns. In steps of two, so that a new theme seldom moves the others. */
const wanted = (themes: number) => (themes <= 3 ? 3 : 2 * Math.ceil(themes / 2));

/** How the width is shared: free notes get more room the more there are of them. */
export function shape(width: number, free: number, themes: number): Shape {
  if (width < 2 * NARROWEST + GAP) return halves(width);
  const columns = Math.max(2, Math.floor((width + GAP) / (NARROWEST + GAP)));
  const kept = Math.max(1, Math.min(themes + 1, Math.ceil(columns / 2)));
  const parts = Math.min(Math.max(1, Math.ceil(free / FREE_PER_COLUMN)), columns - kept);
  const themeColumns = Math.min(columns - parts, wanted(themes));
  const themeWidth = Math.floor((width - GAP * themeColumns) / (themeColumns + 1.3 * parts));
  const freeWidth = width - themeColumns * (themeWidth + GAP);
  const noteColumns = 2 * parts;
  const noteWidth = Math.floor((freeWidth - NOTE_GAP * (noteColumns - 1)) / noteColumns);
  return { themeColumns, themeWidth, noteColumns, noteWidth, freeWidth, narrow: false };
}

function halves(width: number): Shape {
  const half = Math.max(0, Math.floor((width - GAP) / 2));
  const one = { themeColumns: 1, themeWidth: half, noteColumns: 1, noteWidth: half };
  return { ...one, freeWidth: width - GAP - half, narrow: true };
}

export interface Heights {
  free(note: string): number;
  inTheme(note: string): number;
  head(theme: string): number;
  /** The heading of the ungrouped notes, which may need two lines. */
  readonly label?: number;
}

export interface Pile {
  readonly id: string;
  readonly notes: readonly string[];
  /** U24: only its heading is drawn. */
  readonly folded?: boolean;
}

export interface Layout {
  /** Of the free notes, and of the themes. */
  readonly freeHeight: number;
  readonly themesHeight: number;
  /** Every note by id. */
  readonly notes: ReadonlyMap<string, Place>;
  /** The heading of every theme by id. */
  readonly heads: ReadonlyMap<string, Place>;
  /** Heading and notes of every theme by id: what is framed when something is dropped on it. */
  readonly islands: ReadonlyMap<string, Place>;
  /** Where notes lie that are in no theme. */
  readonly free: Place;
  /** Where the next theme will lie. */
  readonly fresh: Place;
}

export function layout(
  shape: Shape,
  free: readonly string[],
  themes: readonly Pile[],
  heights: Heights,
): Layout {
  const notes = new Map<string, Place>();
  const heads = new Map<string, Place>();
  const islands = new Map<string, Place>();

  // Packed: each goes to the currently shortest column, so that a long one does not push its neighbours.
  const label = Math.max(LABEL, heights.label ?? 0);
  const ends = Array.from({ length: shape.noteColumns }, () => label);
  for (const id of free) {
    const column = ends.indexOf(Math.min(...ends));
    const y = ends[column] ?? label;
    const h = Math.max(FREE_NOTE_MIN, heights.free(id));
    notes.set(id, { x: column * (shape.noteWidth + NOTE_GAP), y, w: shape.noteWidth, h });
    ends[column] = y + h + NOTE_GAP;
  }
  const freeHeight = Math.max(...ends, label + 4 * FREE_NOTE_MIN);

  // A theme keeps its column whatever happens to the others, as people look for it where it was.
  const bottoms = Array.from({ length: shape.themeColumns }, () => TOP);
  const left = (column: number) => shape.freeWidth + GAP + column * (shape.themeWidth + GAP);
  themes.forEach((theme, index) => {
    const column = index % shape.themeColumns;
    const x = left(column);
    const w = shape.themeWidth;
    const top = bottoms[column] ?? 0;
    const h = heights.head(theme.id);
    heads.set(theme.id, { x, y: top, w, h });
    let bottom = top + h;
    for (const id of theme.folded ? [] : theme.notes) {
      const noteHeight = heights.inTheme(id);
      notes.set(id, { x, y: bottom + THEME_GAP, w, h: noteHeight });
      bottom += THEME_GAP + noteHeight;
    }
    bottom = Math.max(bottom, top + h + (theme.folded ? 0 : EMPTY));
    islands.set(theme.id, { x, y: top, w, h: bottom - top });
    bottoms[column] = bottom + ISLAND_GAP;
  });

  const next = themes.length % shape.themeColumns;
  const fresh = { x: left(next), y: bottoms[next] ?? 0, w: shape.themeWidth, h: FRESH_HEIGHT };
  return {
    freeHeight,
    themesHeight: Math.max(...bottoms, fresh.y + fresh.h),
    notes,
    heads,
    islands,
    free: { x: 0, y: 0, w: shape.freeWidth, h: freeHeight },
    fresh,
  };
}

/** U24: scale everything. Text is scaled equally, so lines break where they did. */
export function scaled(board: Layout, by: number): Layout {
  if (by === 1) return board;
  const one = ({ x, y, w, h }: Place): Place => ({ x: x * by, y: y * by, w: w * by, h: h * by });
  const all = (places: ReadonlyMap<string, Place>) =>
    new Map([...places].map(([id, place]) => [id, one(place)]));
  return {
    ...{ freeHeight: board.freeHeight * by, themesHeight: board.themesHeight * by },
    ...{ notes: all(board.notes), heads: all(board.heads), islands: all(board.islands) },
    ...{ free: one(board.free), fresh: one(board.fresh) },
  };
}
