/** Places on the wall in wall units: position, size and tilt. Pure; no elements, no pixels. */

/** Where a thing lies in its field: its corner and its size before tilt and scale. */
export type Place = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Degrees. */
  readonly tilt: number;
  /** The type size of its text. */
  readonly size: number;
  readonly scale?: number;
};

/** A stable number from 0 to 1 for a thing: loose papers lie the same on every wall and after every reload. */
export function chance(id: string, salt = 0): number {
  let hash = 2166136261 ^ salt;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}

/** Between -most and most, the same for the same id. */
export function askew(id: string, most: number, salt = 0): number {
  return Math.round((chance(id, salt) * 2 - 1) * most * 100) / 100;
}
