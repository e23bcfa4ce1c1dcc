/** Where theme islands and free notes lie on the wall: islands in columns from the left, free notes to the right. */
import { askew, lowest, type Field, type Place } from "../../wall/place";
import { fit, MOST_READABLE, type NoteHeight, type NoteText } from "../../writing/wall-layout";

export type ThemeNotes = { readonly id: string; readonly name: string; readonly notes: readonly NoteText[] };
export type Measure = {
  readonly note: NoteHeight;
  /** Height of a theme's name beside its count. */
  readonly head: (name: string, width: number) => number;
};
export type Lay = {
  /** The bar, the name and the count of a theme. */
  readonly heads: ReadonlyMap<string, Place>;
  readonly notes: ReadonlyMap<string, Place>;
  /** Notes that lie as a slip of paper without words, since too many words at once are read by nobody. */
  readonly slips: ReadonlySet<string>;
  /** Which of the free notes are drawn, counted from one. */
  readonly free: {
    readonly from: number;
    readonly to: number;
    readonly of: number;
    readonly x: number;
  } | null;
};

const GAP = 40;
const BAR = 10;
const UNDER_BAR = 18;
const UNDER_HEAD = 18;
const BETWEEN = 12;
const FREE_GAP = 18;
/** Slips of paper, smaller the more there are. */
const SLIPS = [
  { w: 46, h: 34, gap: 10 },
  { w: 32, h: 24, gap: 7 },
  { w: 20, h: 15, gap: 5 },
] as const;
type Slip = (typeof SLIPS)[number];
const NOTE = 29;
const FREE_NOTE = 34;
const FREE_LABEL = 52;
const MOST_FREE = 12;
/** How far gaps may shrink so that all notes keep their words. */
const CLOSENESS = [1, 0.8, 0.65];

/** Islands and free notes together; `page` turns the free notes when there are more than can be read. */
export function islands(
  themes: readonly ThemeNotes[],
  free: readonly NoteText[],
  page: number,
  field: Field,
  measure: Measure,
): Lay {
  const base = Math.min(5, Math.max(2, Math.round((field.width + GAP) / 450)));
  const words = (lay: Lay) => lay.notes.size - lay.slips.size;
  const lay = (columns: number, slip: Slip) => inColumns(columns, slip, themes, free, page, field, measure);
  let best = lay(base, SLIPS[0]);
  if (best.lay.slips.size > 0) {
    // Narrower columns only where they are needed, or where clearly more can be read in them.
    const next = lay(base + 1, SLIPS[0]);
    if (!best.fits || words(next.lay) - words(best.lay) >= 3) best = next;
  }
  for (const slip of SLIPS) {
    for (let columns = base; columns <= base + 2 && !best.fits; columns += 1) best = lay(columns, slip);
  }
  return best.lay;
}

function inColumns(
  columns: number,
  slip: Slip,
  themes: readonly ThemeNotes[],
  free: readonly NoteText[],
  page: number,
  field: Field,
  measure: Measure,
): { lay: Lay; fits: boolean } {
  const width = (field.width - GAP * (columns - 1)) / columns;
  const freeColumns =
    free.length === 0 ? 0 : Math.min(columns - 1, Math.ceil(Math.min(free.length, MOST_FREE) / 6));
  const themeColumns = columns - freeColumns;
  const freeX = themeColumns * (width + GAP);

  const notes = new Map<string, Place>();
  const shownFree = freeColumns
    ? layFree(free, page, freeColumns, freeX, width, field, measure.note, notes)
    : null;
  const readable = shownFree ? shownFree.to - shownFree.from + 1 : 0;

  // As many notes with words as can be read and fit, closer together if need be: the same number in every theme,
  // then one more where there is room.
  const lay = (shown: readonly number[], close: number) =>
    layThemes(themes, shown, themeColumns, width, measure, close, slip);
  const good = (shown: readonly number[], close: number) =>
    shown.reduce((sum, own) => sum + own, 0) + readable <= MOST_READABLE &&
    lay(shown, close).height <= field.height;
  const most = Math.max(0, ...themes.map((theme) => theme.notes.length));
  const upTo = (each: number) => themes.map((theme) => Math.min(each, theme.notes.length));
  const all = upTo(most);
  const close = CLOSENESS.find((own) => good(all, own)) ?? 1;
  let each = Math.min(most, MOST_READABLE);
  while (each > 0 && !good(upTo(each), close)) each -= 1;
  const shown = upTo(each);
  for (let grew = each > 0 && each < most; grew;) {
    grew = false;
    themes.forEach((theme, index) => {
      const own = shown[index] ?? 0;
      if (own >= theme.notes.length) return;
      shown[index] = own + 1;
      if (good(shown, close)) grew = true;
      else shown[index] = own;
    });
  }
  const laid = lay(shown, close);
  laid.notes.forEach((place, id) => notes.set(id, place));
  return {
    lay: { heads: laid.heads, notes, slips: laid.slips, free: shownFree },
    fits: laid.height <= field.height,
  };
}

function layThemes(
  themes: readonly ThemeNotes[],
  shown: readonly number[],
  columns: number,
  width: number,
  measure: Measure,
  close: number,
  slip: Slip,
) {
  const gap = GAP * close;
  const between = BETWEEN * close;
  const heights = Array.from({ length: columns }, () => 0);
  const heads = new Map<string, Place>();
  const notes = new Map<string, Place>();
  const slips = new Set<string>();
  themes.forEach((theme, index) => {
    const words = shown[index] ?? 0;
    const column = lowest(heights);
    const x = column * (width + GAP);
    let y = heights[column] ?? 0;
    const head = BAR + UNDER_BAR + measure.head(theme.name, width);
    heads.set(theme.id, { x, y, w: width, h: head, tilt: 0, size: 42 });
    y += head + UNDER_HEAD * close;
    for (const note of theme.notes.slice(0, words)) {
      const h = measure.note(note.text, width, NOTE);
      notes.set(note.id, { x, y, w: width, h, tilt: 0, size: NOTE });
      y += h + between;
    }
    const rest = theme.notes.slice(words);
    const perRow = Math.max(1, Math.floor((width + slip.gap) / (slip.w + slip.gap)));
    rest.forEach((note, at) => {
      slips.add(note.id);
      notes.set(note.id, {
        x: x + (at % perRow) * (slip.w + slip.gap),
        y: y + Math.floor(at / perRow) * (slip.h + slip.gap),
        w: slip.w,
        h: slip.h,
        tilt: 0,
        size: NOTE,
      });
    });
    y += Math.ceil(rest.length / perRow) * (slip.h + slip.gap);
    heights[column] = y - between + gap;
  });
  return { heads, notes, slips, height: Math.max(0, ...heights) - gap };
}

function layFree(
  free: readonly NoteText[],
  page: number,
  columns: number,
  left: number,
  width: number,
  field: Field,
  height: NoteHeight,
  into: Map<string, Place>,
): Lay["free"] {
  // Pages are cut by what fits, one after the other, so that no note falls between two pages.
  let start = 0;
  for (let at = 0; ; at += 1) {
    const cut = fill(free.slice(start, start + MOST_FREE), columns, left, width, field, height);
    const next = start + cut.size;
    if (at >= page || next >= free.length) {
      cut.forEach((place, id) => into.set(id, place));
      return { from: start + 1, to: next, of: free.length, x: left };
    }
    start = next;
  }
}

function fill(
  notes: readonly NoteText[],
  columns: number,
  left: number,
  width: number,
  field: Field,
  height: NoteHeight,
): Map<string, Place> {
  const places = new Map<string, Place>();
  let column = 0;
  let y = FREE_LABEL;
  for (const note of notes) {
    const { size, needs } = fit(note.text, width, field.height - FREE_LABEL, height, [FREE_NOTE, 30, 26, 22]);
    if (y > FREE_LABEL && y + needs > field.height) {
      column += 1;
      y = FREE_LABEL;
      if (column >= columns) break;
    }
    places.set(note.id, {
      x: left + column * (width + GAP),
      y,
      w: width,
      h: needs,
      tilt: askew(note.id, 0.8),
      size,
    });
    y += needs + FREE_GAP;
  }
  return places;
}

/** One theme in front of all: its name above, its notes at 44 where they fit, a page at a time. */
export function forwardTheme(
  theme: ThemeNotes,
  page: number,
  field: Field,
  height: NoteHeight,
): { notes: Map<string, Place>; from: number; to: number; of: number } {
  const of = theme.notes.length;
  const perPage = 18;
  const at = Math.min(Math.max(0, page), Math.max(0, Math.ceil(of / perPage) - 1));
  const notes = theme.notes.slice(at * perPage, at * perPage + perPage);
  for (const size of [44, 40, 36, 34, 32, 30, 28, 26]) {
    const columns = Math.min(notes.length <= 4 ? 2 : 3, size < 36 ? 4 : 3);
    const places = masonry(notes, columns + (size < 34 ? 1 : 0), size, field, height);
    if (places) return { notes: places, from: at * perPage + 1, to: at * perPage + notes.length, of };
  }
  const places = masonry(notes, 4, 24, { ...field, height: Infinity }, height) ?? new Map<string, Place>();
  return { notes: places, from: at * perPage + 1, to: at * perPage + notes.length, of };
}

function masonry(
  notes: readonly NoteText[],
  columns: number,
  size: number,
  field: Field,
  height: NoteHeight,
): Map<string, Place> | null {
  const gap = 28;
  const width = (field.width - gap * (columns - 1)) / columns;
  const heights = Array.from({ length: columns }, () => 0);
  const places = new Map<string, Place>();
  for (const note of notes) {
    const column = lowest(heights);
    const h = height(note.text, width, size);
    const y = heights[column] ?? 0;
    places.set(note.id, { x: column * (width + gap), y, w: width, h, tilt: 0, size });
    heights[column] = y + h + gap;
  }
  return Math.max(0, ...heights) - gap <= field.height ? places : null;
}
