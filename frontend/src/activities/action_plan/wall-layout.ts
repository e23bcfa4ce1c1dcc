/** The plan on the wall: how wide its columns are, and which rows stand on which page. */

export interface Line {
  readonly id: string;
  readonly theme: string;
  readonly text: string;
  readonly people: string;
  readonly how: string;
  readonly when: string;
}

/** The columns from the left. */
export const COLUMNS = ["theme", "text", "people", "how", "when"] as const;
export type Column = (typeof COLUMNS)[number];
export type Shares = Readonly<Record<Column, number>>;

/** Shares of the width; where no row has a theme, the others have its room. */
export function sharesOf(lines: readonly Pick<Line, "theme">[]): Shares {
  return lines.some((line) => line.theme !== "")
    ? { theme: 0.16, text: 0.27, people: 0.17, how: 0.25, when: 0.15 }
    : { theme: 0, text: 0.33, people: 0.2, how: 0.3, when: 0.17 };
}

/** Type sizes in wall units: what must be read at eight metres is 34 and more (design.md). */
export const SIZES = { text: 37, other: 34 } as const;
export const PADDING = 14;
export const BAR = 30;

/** Height of a text in this width and size, in wall units; `ruler.paper` in the browser. */
export type TextHeight = (text: string, width: number, size: number) => number;

export function heightOf(line: Line, width: number, shares: Shares, measure: TextHeight): number {
  const tall = COLUMNS.map((column) => {
    const text = line[column];
    const size = column === "text" ? SIZES.text : SIZES.other;
    // The theme stands behind the bar in its colour.
    const room = width * shares[column] - (column === "theme" ? BAR : 0);
    return text === "" ? 0 : measure(text, room, size);
  });
  return Math.max(SIZES.text * 1.2, ...tall) + PADDING;
}

/** Which rows stand together: as many as the height holds, at least one, in their order. */
export function pagesOf(heights: readonly number[], room: number): number[][] {
  const pages: number[][] = [];
  let left = 0;
  heights.forEach((height, at) => {
    const page = pages.at(-1);
    if (page && height <= left) {
      page.push(at);
      left -= height;
    } else {
      pages.push([at]);
      left = room - height;
    }
  });
  return pages;
}

/** The page to show: the one that is edited now, else the one the desk has turned to. */
export function pageFor(pages: readonly number[][], edited: number, wanted: number): number {
  const at = pages.findIndex((page) => page.includes(edited));
  return at >= 0 ? at : Math.min(Math.max(0, wanted), Math.max(0, pages.length - 1));
}
