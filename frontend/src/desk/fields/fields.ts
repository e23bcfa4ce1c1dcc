/** Fields that theme cards are placed in (P3.1, P3.2): their types, and moving through them with arrows. */
import type { Paper } from "../../engine/types";
import { inside, neighbour, type Direction, type Place, type Point } from "../../ui/places";

/** Where cards lie that are in no field yet. */
export const TRAY = "tray";

export interface Field {
  readonly id: string;
  readonly label: string;
  /** Shown in an empty field, and read to people who cannot see it. */
  readonly help: string;
  /** The key that places the focused card here. */
  readonly key?: string | undefined;
  /** The field that matters most. */
  readonly main?: boolean;
  /** A strip for waiting cards, shown only while there are any. */
  readonly strip?: boolean;
  /** Its column and row, from 1. */
  readonly column: number;
  readonly row: number;
  /** Examples to get started, on request. */
  readonly examples?: readonly string[];
}

export interface Card {
  readonly id: string;
  readonly name: string;
  readonly unnamed: boolean;
  readonly paper: Paper;
  /** The id of a field, or `TRAY`. */
  readonly field: string;
  readonly notes: readonly string[];
  /** True or false when it can be selected in place. */
  readonly chosen?: boolean | undefined;
  /** A quiet line under the name: where the group placed it. */
  readonly aside?: string | undefined;
  /** A short status: "i hånden hos en anden". */
  readonly word?: string | undefined;
}

export const cardsIn = (cards: readonly Card[], field: string): Card[] =>
  cards.filter((card) => card.field === field);

/** The first unplaced card: the one to talk about next. */
export const nextCard = (cards: readonly Card[], open: readonly string[] = [TRAY]): Card | undefined =>
  open.flatMap((field) => cardsIn(cards, field))[0];

/** What is under the pointer. */
export const under = (places: ReadonlyMap<string, Place>, point: Point): string | null =>
  [...places].find(([, place]) => inside(place, point))?.[0] ?? null;

/** The field an arrow leads to, else the next or previous one, wrapping around. */
export function chooseField(places: ReadonlyMap<string, Place>, from: string, direction: Direction): string {
  const place = places.get(from);
  const next = place && neighbour(places, place, direction, from);
  if (next !== undefined) return next;
  const ids = [...places.keys()];
  const step = direction === "right" || direction === "down" ? 1 : -1;
  return ids[(ids.indexOf(from) + step + ids.length) % ids.length] ?? from;
}
