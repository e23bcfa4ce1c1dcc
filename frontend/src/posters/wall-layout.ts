/** How the lists on the posters fit: one type size for all of them, and pages when the smallest is still too large. */

export interface Entry {
  readonly id: string;
  readonly text: string;
  readonly picked: boolean;
  /** What was answered to "how?", as it is read. */
  readonly chain: readonly { readonly id: string; readonly text: string; readonly depth: number }[];
}

/** Height in wall units of lines of text of this size in this width. */
export type TextHeight = (text: string, width: number, size: number) => number;

/** As large as fits; under 28 units nobody reads it at eight metres. */
const SIZES = [38, 34, 31, 28];
/** Air over and under a proposal with its line, between it and an answer, and beside each answer. */
export const AIR = { around: 42, over: 14, beside: 30 };
/** An answer beside its proposal. */
export const SMALLER = 0.84;

export interface Laid {
  readonly size: number;
  /** Page by page, poster by poster. */
  readonly pages: readonly (readonly (readonly Entry[])[])[];
}

export function entryHeight(entry: Entry, width: number, size: number, height: TextHeight): number {
  const small = size * SMALLER;
  const answers = entry.chain.map(
    ({ text, depth }) => AIR.over + small * 1.25 + height(text, width - AIR.beside * depth, small),
  );
  return AIR.around + height(entry.text, width, size) + answers.reduce((sum, own) => sum + own, 0);
}

/** All posters on one page if they fit in any size; else in the smallest, each going on over as many as it needs. */
export function layPosters(
  posters: readonly (readonly Entry[])[],
  width: number,
  tall: number,
  height: TextHeight,
): Laid {
  const total = (list: readonly Entry[], size: number) =>
    list.reduce((sum, entry) => sum + entryHeight(entry, width, size, height), 0);
  const fits = SIZES.find((size) => posters.every((list) => total(list, size) <= tall));
  if (fits !== undefined) return { size: fits, pages: [posters] };
  const size = SIZES.at(-1) ?? 28;
  const split = posters.map((list) => paged(list, (entry) => entryHeight(entry, width, size, height), tall));
  const pages = Math.max(1, ...split.map((list) => list.length));
  return {
    size,
    pages: Array.from({ length: pages }, (_, page) => split.map((list) => list[page] ?? [])),
  };
}

function paged(list: readonly Entry[], height: (entry: Entry) => number, tall: number): Entry[][] {
  const pages: Entry[][] = [];
  let left = 0;
  for (const entry of list) {
    const own = height(entry);
    const page = pages.at(-1);
    if (page && own <= left) page.push(entry);
    else {
      pages.push([entry]);
      left = tall;
    }
    left -= own;
  }
  return pages;
}
