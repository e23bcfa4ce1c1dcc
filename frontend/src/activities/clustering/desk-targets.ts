/** Where a dragged thing may be dropped, found by the pointer or chosen with the arrows. */
import type { DeskOrder, Paper } from "../../engine/types";
import { grown, inside, neighbour, type Direction, type Place, type Point } from "../../ui/places";
import { GAP, type Layout } from "./desk-layout";

export type Target =
  | { readonly to: "theme"; readonly id: string }
  /** On another free note: the two become a theme. */
  | { readonly to: "note"; readonly id: string }
  | { readonly to: "free" }
  | { readonly to: "fresh" }
  /** Between themes: the place where a dragged theme is inserted. */
  | { readonly to: "between"; readonly before: string | null };

export const key = (target: Target | null): string =>
  target === null
    ? ""
    : target.to === "between"
      ? `between ${target.before ?? ""}`
      : "id" in target
        ? `${target.to} ${target.id}`
        : target.to;

/** What is framed while something is dragged over a target, or a bar between two themes; undefined for a note. */
export function frameOf(board: Layout, target: Target | null, order: readonly string[]): Place | undefined {
  switch (target?.to) {
    case "theme":
      return grown(board.islands.get(target.id) ?? board.fresh, 8);
    case "free":
      return grown(board.free, 8);
    case "fresh":
      return board.fresh;
    case "between": {
      const next = target.before === null ? undefined : board.islands.get(target.before);
      const last = board.islands.get(order.at(-1) ?? "");
      const by = next ?? last;
      return by && { x: next ? by.x - GAP / 2 - 3 : by.x + by.w + GAP / 2 - 3, y: by.y, w: 6, h: by.h };
    }
    case "note":
    case undefined:
      return undefined;
  }
}

/** Where a dragged thing hovers while the arrows choose: a little above its place, or above its target. */
export function hover(home: Place, over: { target: Target; place: Place } | undefined): Point {
  if (!over || over.target.to === "free") return { x: home.x, y: home.y - 6 };
  const { x, y, h } = over.place;
  return { x: x + 14, y: y + Math.max(34, Math.min(h - 40, 140)) };
}

const EDGE = 22;

/** Whether a point is among the free notes; anything to the right of them is among the themes. */
export const isAmongFree = ({ free }: Layout, { x }: Point): boolean => x <= free.x + free.w + GAP / 2;

/**
 * U6: the theme whose column a point is in: the one it is on, or above which it is, or the last one, to the bottom.
 * Undefined on empty ground: in a column without a theme, and in that of the next theme below the last one.
 */
function inColumn({ islands, fresh }: Layout, point: Point): string | undefined {
  const column = [...islands]
    .filter(([, { x, w }]) => point.x >= x - GAP / 2 && point.x <= x + w + GAP / 2)
    .sort(([, a], [, b]) => a.y - b.y);
  const last = column.at(-1)?.[1];
  const isFresh = last?.x === fresh.x && point.y > last.y + last.h + GAP / 2;
  if (isFresh) return undefined;
  const above = column.filter(([, { y }]) => y - GAP / 2 <= point.y);
  return (above.at(-1) ?? column[0])?.[0];
}

/** The target under the pointer for dragged notes: there is one everywhere. */
export function underNotes(
  board: Layout,
  point: Point,
  hand: ReadonlySet<string>,
  free: readonly string[],
): Target {
  if (!isAmongFree(board, point)) {
    const id = inColumn(board, point);
    return id === undefined ? { to: "fresh" } : { to: "theme", id };
  }
  for (const id of free) {
    const place = board.notes.get(id);
    if (place && !hand.has(id) && inside(place, point)) return { to: "note", id };
  }
  return { to: "free" };
}

/** What is under the pointer when a theme is dragged: a theme to merge with, or a place between two. */
export function underTheme(
  board: Layout,
  point: Point,
  hand: string,
  order: readonly string[],
): Target | null {
  for (const [id, island] of board.islands) {
    if (!inside(grown(island, GAP / 2), point)) continue;
    if (point.x < island.x + EDGE) return placed(order, hand, id);
    if (point.x > island.x + island.w - EDGE)
      return placed(order, hand, order[order.indexOf(id) + 1] ?? null);
    return id === hand ? null : { to: "theme", id };
  }
  // U6: on empty ground it goes to the end.
  return isAmongFree(board, point) ? null : placed(order, hand, null);
}

/** The place before a theme, unless that is where it is. */
function placed(order: readonly string[], hand: string, before: string | null): Target | null {
  const after = order[order.indexOf(hand) + 1] ?? null;
  return before === hand || before === after ? null : { to: "between", before };
}

/** All targets with their places, in the order they are read. */
export function choices(
  board: Layout,
  what: "notes" | "theme",
  hand: ReadonlySet<string>,
): Map<string, { target: Target; place: Place }> {
  const all: { target: Target; place: Place }[] = [];
  if (what === "notes") all.push({ target: { to: "free" }, place: board.free });
  for (const [id, place] of board.islands)
    if (!hand.has(id)) all.push({ target: { to: "theme", id }, place });
  if (what === "notes") all.push({ target: { to: "fresh" }, place: board.fresh });
  return new Map(all.map((choice) => [key(choice.target), choice]));
}

/**
 * The next target by an arrow: the one in that direction, else the next or previous in reading order, wrapping around.
 */
export function choose(
  all: ReadonlyMap<string, { target: Target; place: Place }>,
  from: Target | null,
  direction: Direction,
): Target | null {
  const keys = [...all.keys()];
  const now = key(from);
  const place = all.get(now)?.place;
  const places = new Map([...all].map(([id, choice]) => [id, head(choice.place)]));
  const next = place && neighbour(places, head(place), direction, now);
  const step = direction === "right" || direction === "down" ? 1 : -1;
  const at = keys.indexOf(now);
  const round = at < 0 && step < 0 ? keys.length - 1 : (at + step + keys.length) % keys.length;
  return all.get(next ?? keys[round] ?? "")?.target ?? null;
}

/** Columns differ in length; their headings are aligned. */
const head = (place: Place): Place => ({ ...place, h: Math.min(place.h, 60) });

export interface Putting {
  readonly activity: string;
  readonly base: (id: string) => number;
  readonly newId: () => string;
  readonly paper: Paper;
  /** The current place of a note. */
  readonly themeOf: (note: string) => string | null;
}

/** The command for notes put down on a target; null when they lie there already. */
export function putNotes(target: Target, ids: readonly string[], put: Putting): DeskOrder | null {
  const notes = (list: readonly string[]) => list.map((note) => ({ note, base: put.base(note) }));
  if (target.to === "theme" || target.to === "free") {
    const theme = target.to === "theme" ? target.id : null;
    const moved = ids.filter((id) => put.themeOf(id) !== theme);
    return moved.length === 0
      ? null
      : { type: "clustering.move_notes", activity: put.activity, notes: notes(moved), theme };
  }
  if (target.to === "between") return null;
  const all = target.to === "note" ? [target.id, ...ids.filter((id) => id !== target.id)] : ids;
  return {
    type: "clustering.make_theme",
    activity: put.activity,
    theme: put.newId(),
    notes: notes(all),
    name: "",
    paper: put.paper,
  };
}

/** The command for a theme put down on another one or between two. */
export function putTheme(target: Target, theme: string, put: Pick<Putting, "base">): DeskOrder | null {
  if (target.to === "theme" && target.id !== theme)
    return { type: "clustering.merge", theme, base: put.base(theme), into: target.id };
  if (target.to === "between" && target.before !== theme)
    return { type: "clustering.order", theme, base: put.base(theme), before: target.before };
  return null;
}
