/** The influence board on the wall: two fields, and under them the themes that nobody has placed yet. */
import { stack, tray, type Box, type Card, type CardSize } from "../../wall/cards";
import type { Field, Place } from "../../wall/place";

export type Placed = Card & { readonly field: "can" | "cannot" | null };

const BETWEEN = 24;
const OVER_TRAY = 30;
const PAD = { x: 36, y: 30 };
const HEAD = 96;

export type InfluenceLay = {
  readonly can: Box;
  readonly cannot: Box;
  readonly tray: Box;
  readonly places: ReadonlyMap<string, Place>;
};

export function influenceLay(
  cards: readonly Placed[],
  label: number,
  field: Field,
  measure: CardSize,
): InfluenceLay {
  const waiting = tray(
    cards.filter((card) => card.field === null),
    label,
    field.width,
    measure,
    field.height * 0.34,
  );
  const below = waiting.height ? waiting.height + OVER_TRAY : 0;
  const w = (field.width - BETWEEN) / 2;
  const h = Math.max(0, field.height - below);
  const can: Box = { x: 0, y: 0, w, h };
  const cannot: Box = { x: w + BETWEEN, y: 0, w, h };
  const places = new Map<string, Place>();
  for (const [box, name] of [
    [can, "can"],
    [cannot, "cannot"],
  ] as const) {
    const inside = { x: box.x + PAD.x, y: PAD.y + HEAD, w: w - PAD.x * 2, h: h - HEAD - PAD.y * 2 };
    stack(
      cards.filter((card) => card.field === name),
      inside,
      measure,
    ).forEach((place, id) => places.set(id, place));
  }
  const top = h + OVER_TRAY;
  waiting.places.forEach((place, id) => places.set(id, { ...place, y: place.y + top }));
  return { can, cannot, tray: { x: 0, y: top, w: field.width, h: waiting.height }, places };
}
