/** P2.10: the six factors (*De seks guldkorn*), how themes spread over them, and the wheel that shows it; pure. */
import { taggedId } from "../../contract/ids/factors.gen";
import { FACTORS } from "../../contract/factors.gen";
import type { Board } from "../../engine/board.svelte";
import type { Paper, Tagged, Theme } from "../../engine/types";
import { at, Pen, type Drawing } from "../../ui/drawing";

export type Factor = Tagged["factors"][number];

/** What the wall shows large when it shows the six. */
export const SIX = "the-six";
export const areShown = (board: Pick<Board, "wall">): boolean => board.wall?.forward === SIX;

/** The factors of a theme, in the order of the circle. */
export function factorsOf(board: Pick<Board, "one">, theme: string): Factor[] {
  const tagged = board.one("tagged", taggedId(theme))?.factors ?? [];
  return FACTORS.filter((factor) => tagged.includes(factor));
}

export interface Petal {
  readonly factor: Factor;
  readonly themes: readonly Theme[];
}

/** The distribution of these themes over the six; a theme about two of them is counted in both. */
export const overTheSix = (board: Pick<Board, "one">, themes: readonly Theme[]): Petal[] =>
  FACTORS.map((factor) => ({
    factor,
    themes: themes.filter((theme) => factorsOf(board, theme.id).includes(factor)),
  }));

/** The drawing is a square of this side; its middle is the middle of the wheel. */
export const SIDE = 320;
export const INNER = 46;
export const OUTER = 150;
/** How many blocks fit in a petal before all become thinner. */
const ROOMY = 4;
/** Degrees left free at each side of a petal. */
const BETWEEN = 2.2;

/** The path of a block between two radii, in the nth of many petals; the first petal is at the top. */
export function segment(nth: number, many: number, inner: number, outer: number): string {
  const step = 360 / many;
  const middle = nth * step - 90;
  const [from, to] = [middle - step / 2 + BETWEEN, middle + step / 2 - BETWEEN];
  const point = (degrees: number, radius: number) => {
    const angle = (degrees * Math.PI) / 180;
    return at(SIDE / 2 + radius * Math.cos(angle), SIDE / 2 + radius * Math.sin(angle));
  };
  return `M${point(from, inner)} L${point(from, outer)} A${at(outer, outer)} 0 0 1 ${point(to, outer)} L${point(to, inner)} A${at(inner, inner)} 0 0 0 ${point(from, inner)} Z`;
}

/** P2.10: the wheel as `app/blocks/wheel` draws it: of each petal the papers of its themes, from the middle outwards. */
export function drawWheel(petals: readonly (readonly Paper[])[]): Drawing {
  const pen = new Pen({ width: SIDE, height: SIDE, type: 17.5 });
  const tall = (OUTER - INNER) / Math.max(ROOMY, ...petals.map(({ length }) => length));
  petals.forEach((papers, nth) => {
    pen.mark("ground", segment(nth, petals.length, INNER, OUTER));
    papers.forEach((paper, n) => {
      const block = segment(nth, petals.length, INNER + n * tall, INNER + (n + 1) * tall - 2);
      pen.mark(paper, block, 0.085);
    });
  });
  return pen.drawing();
}
