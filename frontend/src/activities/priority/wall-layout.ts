/** The priority quadrants on the wall, and the two halves of the first pass. */
import { stack, tray, type Box, type Card, type CardSize } from "../../wall/cards";
import type { Field, Place } from "../../wall/place";

export type Pass = "important" | "urgent" | "free";
export type Weighed = Card & { readonly important: boolean | null; readonly urgent: boolean | null };

const GAP = 20;
const PAD = 30;
const HEAD = 74;
const SIDE = 104;
const OVER_TRAY = 28;

export type PriorityLay = {
  /** The fields by name: important-urgent and so on, or important and unimportant in the first pass. */
  readonly fields: readonly (Box & { readonly id: string; readonly main: boolean })[];
  readonly columns: readonly [Box, Box];
  readonly rows: readonly [Box, Box] | null;
  readonly tray: Box;
  readonly places: ReadonlyMap<string, Place>;
};

export function priorityLay(
  cards: readonly Weighed[],
  pass: Pass,
  label: number,
  field: Field,
  measure: CardSize,
): PriorityLay {
  const halves = pass === "important";
  const waits = (card: Weighed) => card.important === null || (!halves && card.urgent === null);
  const left = halves ? 0 : SIDE;
  const w = (field.width - left - GAP) / 2;
  const waiting = halves
    ? tray(cards.filter(waits), label, field.width, measure, field.height * 0.34)
    : byColumn(cards.filter(waits), left, w, field, measure);
  const below = waiting.height ? waiting.height + OVER_TRAY : 0;
  const tall = field.height - HEAD - below;
  const h = halves ? tall : (tall - GAP) / 2;
  const columns: [Box, Box] = [
    { x: left, y: 0, w, h: HEAD },
    { x: left + w + GAP, y: 0, w, h: HEAD },
  ];
  const rows: [Box, Box] = [
    { x: 0, y: HEAD, w: SIDE - GAP, h },
    { x: 0, y: HEAD + h + GAP, w: SIDE - GAP, h },
  ];
  const places = new Map<string, Place>();
  const fields: (Box & { id: string; main: boolean })[] = [];
  const lay = (id: string, box: Box, main: boolean, inside: readonly Weighed[]) => {
    fields.push({ ...box, id, main });
    const room = { x: box.x + PAD, y: box.y + PAD, w: box.w - PAD * 2, h: box.h - PAD * 2 };
    stack(inside, room, measure).forEach((place, card) => places.set(card, place));
  };
  columns.forEach((column, index) => {
    const important = index === 0;
    const own = cards.filter((card) => !waits(card) && card.important === important);
    if (halves) {
      lay(important ? "important" : "unimportant", { ...column, y: HEAD, h }, false, own);
      return;
    }
    rows.forEach((row, at) => {
      const urgent = at === 0;
      lay(
        `${important ? "important" : "unimportant"}-${urgent ? "urgent" : "later"}`,
        { x: column.x, y: row.y, w, h },
        important && urgent,
        own.filter((card) => card.urgent === urgent),
      );
    });
  });
  const top = field.height - waiting.height;
  waiting.places.forEach((place, id) => places.set(id, { ...place, y: place.y + top }));
  return {
    fields,
    columns,
    rows: halves ? null : rows,
    tray: { x: 0, y: top, w: field.width, h: waiting.height },
    places,
  };
}

/** In the second pass each theme waits under its half, so that the first answer is still seen. */
function byColumn(
  cards: readonly Weighed[],
  left: number,
  w: number,
  field: Field,
  measure: CardSize,
): { places: Map<string, Place>; height: number } {
  const places = new Map<string, Place>();
  let height = 0;
  [true, false].forEach((important, at) => {
    const part = tray(
      cards.filter((card) => card.important === important),
      0,
      w,
      measure,
      field.height * 0.34,
    );
    part.places.forEach((place, id) => places.set(id, { ...place, x: left + at * (w + GAP) + place.x }));
    height = Math.max(height, part.height);
  });
  const rest = tray(
    cards.filter((card) => card.important === null),
    0,
    field.width - left,
    measure,
    field.height * 0.2,
  );
  const top = height && rest.height ? height + GAP : height;
  rest.places.forEach((place, id) => places.set(id, { ...place, x: left + place.x, y: top + place.y }));
  return { places, height: top + rest.height };
}
