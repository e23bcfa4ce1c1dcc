/** The lists on the posters: one type for all of them, each going on over pages where the smallest is still too large. */
import {
  compose,
  each,
  steps,
  together,
  type Box,
  type Composition,
  type Frame,
  type Group,
} from "../../ui/composer";
import type { Ruler } from "../../wall/ruler.svelte";

export interface Entry {
  readonly id: string;
  readonly text: string;
  readonly picked: boolean;
  /** What was answered to "how?", as it is read. */
  readonly chain: readonly { readonly id: string; readonly text: string; readonly depth: number }[];
}

/** Under 28 units nobody reads it at eight metres. */
const STEPS = steps(60, 28);
/** Air over and under a proposal with its line, between it and an answer, and beside each answer. */
export const AIR = { around: 42, over: 14, beside: 30 };
/** An answer beside its proposal. */
export const SMALLER = 0.84;
/** As wide as the tick before what is picked. */
const TICK = "MM ";
const RULES = { columns: [1, 1], gap: 0 } as const;

export function entryHeight(entry: Entry, width: number, size: number, ruler: Ruler): number {
  const height = (text: string, room: number, own: number) => ruler.height("entry", text, room, own);
  const small = size * SMALLER;
  const answers = entry.chain.map(
    ({ text, depth }) => AIR.over + small * 1.25 + height(text, width - AIR.beside * depth, small),
  );
  const own = height(entry.picked ? TICK + entry.text : entry.text, width, size);
  return AIR.around + own + answers.reduce((sum, each) => sum + each, 0);
}

const box = (entry: Entry, ruler: Ruler): Box => ({
  id: entry.id,
  height: (width, size) => entryHeight(entry, width, size, ruler),
  least: (size) =>
    Math.max(
      ruler.least("entry", entry.text, size),
      ...entry.chain.map(
        ({ text, depth }) => AIR.beside * depth + ruler.least("entry", text, size * SMALLER),
      ),
    ),
});
const list = (entries: readonly Entry[], ruler: Ruler): Group[] =>
  each(entries.map((entry) => box(entry, ruler)));

export function layPosters(
  posters: readonly (readonly Entry[])[],
  frame: Frame,
  page: number,
  ruler: Ruler,
): { size: number; posters: readonly Composition[]; pages: number } {
  const panes = Object.fromEntries(
    posters.map((entries, at) => [String(at), { groups: list(entries, ruler), frame, rules: RULES }]),
  );
  const laid = together(STEPS, () => panes, page);
  const all = posters.map((_, at) => laid.panes[String(at)] as Composition);
  return { size: laid.size, posters: all, pages: Math.max(1, ...all.map(({ pages }) => pages)) };
}

/** One proposal in front of all, with what hangs under it. */
export const layFront = (entry: Entry, frame: Frame, ruler: Ruler): number =>
  compose(list([entry], ruler), frame, { ...RULES, steps: steps(92, 28) }).size;
