/** Which papers are on the wall, in which order, and what just happened to them: flown in, turned over, read aloud. */

export type Up = { readonly id: string; readonly text: string };
export type Slot = {
  readonly id: string;
  /** A face-down card has none. */
  readonly note: Up | null;
  /** The card that this note was a moment ago. */
  readonly after: string;
};
export type Slots = {
  readonly slots: readonly Slot[];
  /** Whether the wall shows notes rather than a field of cards. */
  readonly turned: boolean;
  /** Notes that turn over now. */
  readonly fresh: ReadonlySet<string>;
  /** Cards that fly in now, with their delay in ms. */
  readonly flown: ReadonlyMap<string, number>;
  /** The note that was turned individually last. */
  readonly read: string | null;
};
export type Before = Slots & { readonly ids: ReadonlySet<string>; readonly cards: number };

const BETWEEN = 90;
const MOST_FLYING = 24;

export function slots(
  item: string,
  ups: readonly Up[],
  cards: number,
  state: "open" | "stopped" | "turned",
  before: Before | undefined,
): Before {
  const card = (at: number) => `card ${item} ${String(at)}`;
  const all: Slot[] = [
    ...ups.map((note, at) => ({ id: note.id, note, after: card(at) })),
    ...Array.from({ length: cards }, (_, at) => ({
      id: card(ups.length + at),
      note: null,
      after: card(ups.length + at),
    })),
  ];
  const ids = new Set(ups.map(({ id }) => id));
  const fresh = new Set(before ? [...ids].filter((id) => !before.ids.has(id)) : []);
  const total = ups.length + cards;
  const had = before ? before.ids.size + before.cards : total;
  const flown = new Map<string, number>();
  for (let at = Math.max(had, ups.length); at < total; at += 1) {
    if (at - had < MOST_FLYING) flown.set(card(at), (at - had) * BETWEEN);
  }
  // A note turned individually counts as being read aloud until the next one.
  const [only] = fresh;
  const read = fresh.size === 1 && only !== undefined ? only : fresh.size > 1 ? null : (before?.read ?? null);
  return {
    slots: all,
    turned: ups.length > 0 || state === "turned",
    fresh,
    flown,
    read,
    ids,
    cards,
  };
}
