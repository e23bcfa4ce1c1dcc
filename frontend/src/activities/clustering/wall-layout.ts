/**
 * The picture of themes on the wall: themes with their notes to the left, notes without a theme to the right, or below
 * on a portrait screen.
 */
import { compose, steps, type Composition, type Frame, type Group } from "../../ui/composer";
import {
  head,
  ISLANDS,
  MOST_READABLE,
  NOTES,
  notes,
  seats,
  HEAD,
  upright,
  type Text,
} from "../../wall/boxes";
import type { Place } from "../../wall/place";
import type { Place as Box } from "../../ui/places";
import type { Ruler } from "../../wall/ruler.svelte";

export interface ThemeNotes {
  readonly id: string;
  readonly name: string;
  readonly notes: readonly Text[];
}

export interface Picture {
  /** Headings of themes, repeated where their notes continue in the next column. */
  readonly heads: ReadonlyMap<string, Place>;
  readonly again: readonly { readonly group: string; readonly place: Place }[];
  readonly notes: ReadonlyMap<string, Place>;
  /** Notes drawn as blank slips, since nobody reads too many words at once. */
  readonly slips: ReadonlySet<string>;
  readonly themes: Composition;
  readonly free: (Composition & { readonly x: number; readonly y: number; readonly w: number }) | null;
}

/** Between themes and free notes. */
const GAP = 48;
/** Room above the free notes for their label and number. */
const LABEL = 52;
/** Narrower than this, the count is on a line of its own below it. */
const NARROW = 420;
const LINE = 36;
const FREE = { ...NOTES, steps: steps(52, 34), columns: [1, 3], most: 12, stretch: 0 } as const;
const UNDER = { ...FREE, columns: [2, 4] } as const;

const headId = (theme: string) => `head ${theme}`;

export const groups = (ruler: Ruler, themes: readonly ThemeNotes[]): Group[] =>
  themes.map(({ id, name, notes: own }) => ({
    id,
    head: head(ruler, headId(id), name),
    boxes: notes(ruler, own).flatMap(({ boxes }) => boxes),
  }));

/** What many notes without a theme have of the wall at most, and a few; many themes need that room themselves. */
export const SHARES = [0.4, 0.34, 0.28] as const;
const FEW = 0.25;

/** If notes have to be folded or split into pages: as many as are readable on this one. */
export function islands(
  themes: readonly ThemeNotes[],
  free: readonly Text[],
  frame: Frame,
  ruler: Ruler,
  page: number,
): Picture {
  const many = free.length > 6 && themes.length <= 8;
  const lay = (share: number, on = page) => sharing(themes, free, frame, ruler, on, share);
  if (!many) return lay(FEW);
  const [widest, ...others] = SHARES;
  // By the first page, or each page would have a scale of its own.
  const first = lay(widest, 0);
  if (first.slips.size === 0 && first.free?.pages === 1) return first;
  const most = others.reduce(
    (best, share) => {
      const readable = readableIn(lay(share, 0));
      return readable > best.readable ? { share, readable } : best;
    },
    { share: widest as number, readable: readableIn(first) },
  );
  return lay(most.share);
}

const readableIn = ({ notes, slips }: Picture): number => notes.size - slips.size;

/** With this share for free notes. */
export function sharing(
  themes: readonly ThemeNotes[],
  free: readonly Text[],
  frame: Frame,
  ruler: Ruler,
  page: number,
  share: number,
): Picture {
  const tall = frame.height > frame.width;
  const side = Math.floor((tall ? frame.height : frame.width) * share);
  const own = tall ? { width: frame.width, height: side } : { width: side, height: frame.height };
  const label = own.width < NARROW ? LABEL + LINE : LABEL;
  const field = { ...own, height: own.height - label };
  const loose = free.length > 0 ? compose(notes(ruler, free), field, tall ? UNDER : FREE, page) : null;
  const [x, y] = tall ? [0, frame.height - own.height] : [frame.width - own.width, 0];
  const left = tall ? { width: frame.width, height: y - GAP } : { width: x - GAP, height: frame.height };
  const shown = loose ? loose.to - loose.from + 1 : 0;
  const laid = compose(
    groups(ruler, themes),
    loose ? left : frame,
    { ...upright(ISLANDS, frame), most: MOST_READABLE - shown },
    page,
  );
  const headed = (place: Box): Place => ({ ...place, tilt: 0, size: laid.size * HEAD });
  const heads = new Map(
    themes.flatMap(({ id }) => {
      const place = laid.places.get(headId(id));
      return place ? [[id, headed(place)]] : [];
    }),
  );
  const isHead = new Set(themes.map(({ id }) => headId(id)));
  const places = [...seats(laid.places, laid.size), ...seats(laid.slips, laid.size)].filter(
    ([id]) => !isHead.has(id),
  );
  const loosely = [...seats(loose?.places ?? new Map(), loose?.size ?? 0, 0.8)].map(
    ([id, place]) => [id, { ...place, x: place.x + x, y: place.y + y + label }] as const,
  );
  return {
    heads,
    again: laid.again.map(({ group, place }) => ({ group, place: headed(place) })),
    notes: new Map([...places, ...loosely]),
    slips: new Set(laid.slips.keys()),
    themes: laid,
    free: loose && { ...loose, x, y, w: own.width },
  };
}
