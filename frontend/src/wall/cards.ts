/** Theme cards in a field: one under the other; when the field is full, smaller, then in columns (design.md, Field). */
import type { Place } from "./place";

export type Card = { readonly id: string; readonly name: string; readonly chosen?: boolean };
/** Size in wall units of a card with its name in this type size, at most this wide. */
export type CardSize = (card: Card, size: number, widest: number) => { w: number; h: number };
export type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

const GAP = 20;
const NARROWEST = 520;

/** Cards from the top of the box. All in one field have one width of at least 520, chosen ones may be wider. */
export function stack(cards: readonly Card[], box: Box, measure: CardSize): Map<string, Place> {
  for (const [size, columns] of [
    [38, 1],
    [32, 1],
    [32, 2],
    [28, 2],
    [28, 3],
    [24, 3],
  ] as const) {
    const places = inColumns(cards, box, measure, size, columns);
    if (places) return places;
  }
  return inColumns(cards, { ...box, h: Infinity }, measure, 24, 3) ?? new Map<string, Place>();
}

function inColumns(
  cards: readonly Card[],
  box: Box,
  measure: CardSize,
  size: number,
  columns: number,
): Map<string, Place> | null {
  const width = (box.w - GAP * (columns - 1)) / columns;
  const narrowest = Math.min(NARROWEST, width);
  const places = new Map<string, Place>();
  let column = 0;
  let y = 0;
  for (const card of cards) {
    const type = card.chosen ? Math.round(size * 1.21) : size;
    const own = measure(card, type, width);
    if (y > 0 && y + own.h > box.h) {
      column += 1;
      y = 0;
      if (column >= columns) return null;
    }
    if (own.h > box.h) return null;
    places.set(card.id, {
      x: box.x + column * (width + GAP),
      y: box.y + y,
      w: Math.max(narrowest, own.w),
      h: own.h,
      tilt: 0,
      size: type,
    });
    y += own.h + GAP;
  }
  return places;
}

/** Cards that wait, side by side in rows after a label; smaller when they would take the fields' room. */
export function tray(
  cards: readonly Card[],
  label: number,
  width: number,
  measure: CardSize,
  most: number,
): { places: Map<string, Place>; height: number } {
  for (const size of [38, 32, 28]) {
    const rows = inRows(cards, label, width, measure, size);
    if (rows.height <= most) return rows;
  }
  return inRows(cards, label, width, measure, 24);
}

function inRows(
  cards: readonly Card[],
  label: number,
  width: number,
  measure: CardSize,
  size: number,
): { places: Map<string, Place>; height: number } {
  const gap = size > 30 ? 22 : 14;
  const places = new Map<string, Place>();
  let x = label ? label + gap : 0;
  let y = 0;
  let row = 0;
  for (const card of cards) {
    const own = measure(card, size, width);
    if (x > 0 && x + own.w > width) {
      x = 0;
      y += row + gap;
      row = 0;
    }
    places.set(card.id, { x, y, w: own.w, h: own.h, tilt: 0, size });
    x += own.w + gap;
    row = Math.max(row, own.h);
  }
  return { places, height: cards.length ? y + row : 0 };
}
