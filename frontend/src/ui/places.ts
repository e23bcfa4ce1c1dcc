/** Positions on a board in its own coordinates, and which things are neighbours, without measuring the page. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Place extends Point {
  readonly w: number;
  readonly h: number;
}

export type Direction = "left" | "right" | "up" | "down";

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

export const arrow = (key: string): Direction | undefined => ARROWS[key];

export const inside = (place: Place, point: Point): boolean =>
  point.x >= place.x && point.x <= place.x + place.w && point.y >= place.y && point.y <= place.y + place.h;

export const overlap = (a: Place, b: Place): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

export const grown = (place: Place, by: number): Place => ({
  x: place.x - by,
  y: place.y - by,
  w: place.w + 2 * by,
  h: place.h + 2 * by,
});

/** The rectangle between two corners, whichever way it was drawn. */
export const between = (a: Point, b: Point): Place => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  w: Math.abs(a.x - b.x),
  h: Math.abs(a.y - b.y),
});

/**
 * The neighbour of `from` in a direction. Things in the same row or column come before nearer diagonal ones, so that an
 * arrow follows the eye.
 */
export function neighbour(
  places: ReadonlyMap<string, Place>,
  from: Place,
  direction: Direction,
  not?: string,
): string | undefined {
  const along = direction === "left" || direction === "right" ? "x" : "y";
  const sign = direction === "right" || direction === "down" ? 1 : -1;
  let best: string | undefined;
  let least = Infinity;
  for (const [id, place] of places) {
    if (id === not) continue;
    const ahead = edges(from, place, along, sign);
    // Things more to the side than ahead belong to another arrow.
    if (ahead < -Math.min(from[size(along)], place[size(along)]) / 2) continue;
    const distance = Math.max(0, ahead) + 3 * gap(from, place, along === "x" ? "y" : "x");
    if (distance < least) [best, least] = [id, distance];
  }
  return best;
}

type Axis = "x" | "y";

const size = (axis: Axis) => (axis === "x" ? "w" : "h");

/** How far two things are apart across the way of the arrow; 0 when they share a row or a column. */
const gap = (a: Place, b: Place, axis: Axis): number =>
  Math.max(0, a[axis] - (b[axis] + b[size(axis)]), b[axis] - (a[axis] + a[size(axis)]));

/** How far it is along the arrow from one thing's edge to the other's. */
const edges = (from: Place, to: Place, axis: Axis, sign: number): number =>
  sign > 0 ? to[axis] - (from[axis] + from[size(axis)]) : from[axis] - (to[axis] + to[size(axis)]);
