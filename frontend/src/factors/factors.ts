/** P2.10: the six factors (*De seks guldkorn*), how themes spread over them, and the wheel that shows it; pure. */
import type { Board } from "../board/board.svelte";
import type { Tagged, Theme } from "../board/types";

export type Factor = Tagged["factors"][number];

/** In the order in which they stand round the circle; the first is at the top. */
export const FACTORS: readonly Factor[] = [
  "demands",
  "influence",
  "meaning",
  "support",
  "predictability",
  "reward",
];

/** What the wall brings forward when it shows the six. */
export const SIX = "the-six";
export const areShown = (board: Pick<Board, "wall">): boolean => board.wall?.forward === SIX;

export const taggedId = (theme: string): string => `tagged:${theme}`;

/** The factors of a theme, in the order of the circle. */
export function factorsOf(board: Pick<Board, "one">, theme: string): Factor[] {
  const tagged = board.one("tagged", taggedId(theme))?.factors ?? [];
  return FACTORS.filter((factor) => tagged.includes(factor));
}

export interface Petal {
  readonly factor: Factor;
  readonly themes: readonly Theme[];
}

/** How these themes spread over the six; one that is about two of them stands in both. */
export const overTheSix = (board: Pick<Board, "one">, themes: readonly Theme[]): Petal[] =>
  FACTORS.map((factor) => ({
    factor,
    themes: themes.filter((theme) => factorsOf(board, theme.id).includes(factor)),
  }));

export const SIDE = 400;
export const INNER = 46;
export const OUTER = 150;
/** So many blocks have room in a petal before all become thinner. */
const ROOMY = 4;
/** Degrees left free at each side of a petal. */
const BETWEEN = 2.2;

const at = (degrees: number, radius: number): readonly [number, number] => {
  const angle = (degrees * Math.PI) / 180;
  return [SIDE / 2 + radius * Math.cos(angle), SIDE / 2 + radius * Math.sin(angle)];
};

/** The path of a block between two radii in the nth of the six petals. */
export function segment(nth: number, inner: number, outer: number): string {
  const step = 360 / FACTORS.length;
  const [from, to] = [nth * step - 90 - step / 2 + BETWEEN, nth * step - 90 + step / 2 - BETWEEN];
  const point = (degrees: number, radius: number) =>
    at(degrees, radius)
      .map((n) => n.toFixed(1))
      .join(" ");
  const [near, far] = [inner.toFixed(1), outer.toFixed(1)];
  return `M${point(from, inner)} L${point(from, outer)} A${far} ${far} 0 0 1 ${point(to, outer)} L${point(to, inner)} A${near} ${near} 0 0 0 ${point(from, inner)} Z`;
}

/** A petal's blocks from the middle outwards, one for each of its themes. */
export function blocks(petals: readonly Petal[], nth: number): { theme: Theme; path: string }[] {
  const deepest = Math.max(ROOMY, ...petals.map(({ themes }) => themes.length));
  const tall = (OUTER - INNER) / deepest;
  return (petals[nth]?.themes ?? []).map((theme, n) => ({
    theme,
    path: segment(nth, INNER + n * tall, INNER + (n + 1) * tall - 2),
  }));
}
