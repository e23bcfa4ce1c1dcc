/** The type size of a picture's title: every line of it takes height from the picture below. */
import { steps, type Frame } from "../ui/composer";
import type { Ruler } from "./ruler.svelte";

export type Rank = "title" | "question";
/** Largest sizes in u, on landscape and portrait screens; `LEAST` is the share of them below which no title goes. */
const LARGEST: Record<Rank, readonly [lying: number, standing: number]> = {
  title: [56, 64],
  question: [76, 88],
};
const LEAST = 0.77;
export const titleSizes = (rank: Rank, standing: boolean): readonly number[] => {
  const largest = LARGEST[rank][standing ? 1 : 0];
  return steps(largest, Math.round(largest * LEAST));
};

export interface Header {
  readonly text: string;
  /** Of the whole header. */
  readonly width: number;
  /** What is at the right of the title. */
  readonly aside: { readonly width: number; readonly height: number };
  readonly rank: Rank;
  /** It is the name of a theme, with a bar in its colour before it. */
  readonly barred: boolean;
  /** Portrait: the aside goes under a title that it would squeeze. */
  readonly standing: boolean;
}

/** In em: the longest line, and the narrowest title next to an aside. */
export const LINE: Record<Rank, number> = { title: 30, question: 19 };
export const SQUEEZED = 8.5;
export const BAR = { width: 16, gap: 24 };
/** Between a title and what is below it. */
const UNDER = 20;

/** The largest type in which the title has no more lines than in the smallest, or is no higher than its aside. */
export const titleSize = (header: Header, ruler: Ruler): number =>
  inFewestLines(titleSizes(header.rank, header.standing), (size) => headerHeight(header, size, ruler));

/** The same for the name of a theme that is shown alone in front of the picture. */
export const nameSize = (ruler: Ruler, kind: "head" | "title", name: string, frame: Frame): number =>
  inFewestLines(titleSizes("question", frame.height > frame.width), (size) =>
    ruler.height(kind, name, frame.width, size),
  );

function inFewestLines(sizes: readonly number[], height: (size: number) => number): number {
  const smallest = sizes.at(-1) ?? 1;
  const lowest = height(smallest);
  // It may be higher only in proportion to its type.
  return sizes.find((size) => height(size) <= (lowest * size) / smallest + 1) ?? smallest;
}

export function headerHeight(header: Header, size: number, ruler: Ruler): number {
  const { text, width, aside, rank, barred, standing } = header;
  const before = barred ? BAR.width + BAR.gap : 0;
  const own = (room: number) => ruler.height("title", text, Math.min(room, LINE[rank] * size) - before, size);
  const beside = width - aside.width;
  const squeezed = aside.width > 0 && standing && (rank === "question" || beside < SQUEEZED * size);
  return squeezed ? own(width) + UNDER + aside.height : Math.max(own(beside), aside.height);
}
