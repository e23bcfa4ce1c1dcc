/** Where notes lie on the wall: face-down cards while people write, pages of notes once they are turned. */
import { askew, type Field, type Place } from "../wall/place";

export type NoteText = { readonly id: string; readonly text: string };
/** Height in wall units of a note of this width with its text in this size. */
export type NoteHeight = (text: string, width: number, size: number) => number;
/** Whether a word would be cut in two. */
export type Splits = (text: string, width: number, size: number) => boolean;

/** More than this is never readable at once (design.md, density). */
export const MOST_READABLE = 24;
const GAP = 26;
const SIZES = [36, 34, 32, 30, 28, 26, 24, 22, 20];
const TALLEST = 290;

/** How many notes a page of the wall holds: 18 in the size M, fewer where the type is larger. */
export function notesPerPage(width: number): number {
  return mostColumns(width) * 3;
}

export function pageCount(notes: number, perPage: number): number {
  return Math.max(1, Math.ceil(notes / perPage));
}

/** The asked page, or the last one when notes have gone since. */
export function pageOf<T>(notes: readonly T[], page: number, perPage: number): readonly T[] {
  const at = Math.min(Math.max(0, page), pageCount(notes.length, perPage) - 1);
  return notes.slice(at * perPage, at * perPage + perPage);
}

function mostColumns(width: number): number {
  if (width >= 1600) return 6;
  return width >= 1400 ? 5 : 4;
}

/** Few notes lie larger. Decided by all notes, not those of the page, so that turning the page moves no column. */
export function columnsFor(total: number, width: number): number {
  const most = mostColumns(width);
  if (total <= 3) return Math.min(3, most);
  if (total <= 8) return Math.min(4, most);
  return total <= 15 ? Math.min(5, most) : most;
}

/** Face-down cards: as large as all of them fit, loosely laid. */
export function cardGrid(count: number, field: Field): Place[] {
  if (count <= 0 || field.width <= 0 || field.height <= 0) return [];
  let columns = Math.max(4, Math.round(field.width / 160));
  let pitch = field.width / columns;
  while (Math.max(1, Math.floor(field.height / pitch)) * columns < count) {
    columns += 1;
    pitch = field.width / columns;
  }
  const side = Math.min(pitch, field.height) * 0.825;
  const slack = (pitch - side) / 2;
  return Array.from({ length: count }, (_, index) => {
    const id = `card ${String(index)}`;
    return {
      x: (index % columns) * pitch + slack + askew(id, slack * 0.6, 1),
      y: Math.floor(index / columns) * pitch + slack + askew(id, slack * 0.5, 2),
      w: side,
      h: side,
      tilt: askew(id, 2.5, 3),
      size: 36,
    };
  });
}

/** The cells of one page; rows are equal unless a long note needs its row taller. */
export function noteGrid(
  notes: readonly NoteText[],
  total: number,
  field: Field,
  height: NoteHeight,
  splits?: Splits,
): Map<string, Place> {
  const columns = columnsFor(total, field.width);
  const width = (field.width - GAP * (columns - 1)) / columns;
  const rows = Math.ceil(notes.length / columns);
  const onThePage = Math.min(3, Math.ceil(total / columns));
  const equal = Math.min(TALLEST, (field.height - GAP * (onThePage - 1)) / Math.max(1, onThePage));
  const slots: { note: NoteText; size: number; needs: number; row: number }[] = notes.map((note, index) => ({
    note,
    row: Math.floor(index / columns),
    ...fit(note.text, width, equal, height, SIZES, splits),
  }));
  const needed = Array.from({ length: rows }, (_, row) =>
    Math.max(...slots.filter((slot) => slot.row === row).map((slot) => slot.needs)),
  );
  const heights = shareOut(needed, equal, field.height - GAP * (rows - 1));
  let top = 0;
  const tops = heights.map((own) => {
    const at = top;
    top += own + GAP;
    return at;
  });
  const places = new Map<string, Place>();
  slots.forEach(({ note, size, row }, index) => {
    places.set(note.id, {
      x: (index % columns) * (width + GAP),
      y: tops[row] ?? 0,
      w: width,
      h: heights[row] ?? equal,
      tilt: askew(note.id, 0.8),
      size,
    });
  });
  return places;
}

/** The largest type with which the text fits its cell, and its words their lines. */
export function fit(
  text: string,
  width: number,
  within: number,
  height: NoteHeight,
  sizes = SIZES,
  splits: Splits = () => false,
) {
  // A word longer than any line is cut, in the type that suits the rest.
  const whole = sizes.filter((size) => !splits(text, width, size));
  for (const size of whole.length > 0 ? whole : sizes) {
    const needs = height(text, width, size);
    if (needs <= within) return { size, needs };
  }
  const size = sizes[sizes.length - 1] ?? 20;
  return { size, needs: height(text, width, size) };
}

function shareOut(needed: readonly number[], equal: number, all: number): number[] {
  const wanted = needed.map((own) => Math.max(own, equal));
  const over = wanted.reduce((sum, own) => sum + own, 0) - all;
  if (over <= 0) return wanted;
  // Rows with air give it to the row that is too tall.
  const air = needed.map((own, row) => Math.max(0, (wanted[row] ?? 0) - own));
  const allAir = air.reduce((sum, own) => sum + own, 0) || 1;
  return wanted.map((own, row) => own - over * ((air[row] ?? 0) / allAir));
}

/** The note that is read aloud: larger where it lies, but never over the question. */
export function aloud(place: Place, field: Field): Place {
  const scale = 1.3;
  const over = { x: (place.w * (scale - 1)) / 2, y: (place.h * (scale - 1)) / 2 };
  const within = (at: number, least: number, most: number) => Math.min(Math.max(at, least), most);
  return {
    ...place,
    scale,
    tilt: 0,
    x: within(place.x, over.x - 40, field.width - place.w - over.x + 40),
    y: within(place.y, over.y - 16, Math.max(over.y - 16, field.height - place.h - over.y + 28)),
  };
}

/** One note alone in front of all: as large as it fits, at least 44 where it can. */
export function forwardNote(note: NoteText, field: Field, height: NoteHeight): Place {
  const width = Math.min(field.width, 1100);
  const { size, needs } = fit(note.text, width, field.height, height, [76, 68, 60, 54, 48, 44, 38, 34, 30]);
  const h = Math.min(field.height, Math.max(needs, 380));
  return { x: (field.width - width) / 2, y: (field.height - h) / 2, w: width, h, tilt: 0, size };
}
