/** Positions of face-down cards on the wall, and of a note being read aloud; the notes themselves are composed. */
import type { Frame } from "../../ui/composer";
import { askew, type Place } from "../../wall/place";

/** How far apart cards lie: the fewer, the larger. Few sizes: cards that lie are moved by the next one only where it takes a smaller one. */
const PITCHES = [300, 220, 190, 160];

/** Face-down cards: as large as all of them fit, in a loose layout. */
export function cardGrid(count: number, field: Frame): Place[] {
  if (count <= 0 || field.width <= 0 || field.height <= 0) return [];
  const across = PITCHES.map((pitch) => Math.max(1, Math.round(field.width / pitch)));
  const holds = (columns: number) => Math.floor((field.height * columns) / field.width) * columns >= count;
  let columns = across.find(holds) ?? across.at(-1) ?? 1;
  while (!holds(columns) && columns < count) columns += 1;
  // Fewer than fill a row of a low field are as close as in a high one.
  const pitch = Math.min(field.width / columns, field.height);
  const side = pitch * 0.825;
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

/** The note that is read aloud: enlarged in place, but never over the question. */
export function aloud(place: Place, field: Frame): Place {
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
