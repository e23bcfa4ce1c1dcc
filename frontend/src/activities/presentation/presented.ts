/** P2.7, W9: what a presentation shows, in its order: the themes of a question, then the group's answers to them. */
import type { Board } from "../../engine/board.svelte";
import type { Answer, Item, ItemOf, Theme } from "../../engine/types";
import { nameOf as themeName, strengthsOf, themesOf } from "../../parts/themes/themes";
import { t } from "../../words";

export type Presented = Theme | Answer;

/** W5: only the strengths, as an overview. */
export const isStand = (item: Item): boolean =>
  item.activity === "presentation" && item.settings.show === "stand";

export const themesShown = (board: Pick<Board, "all">, item: Item): Theme[] =>
  isStand(item) ? strengthsOf(board) : themesOf(board, (item as ItemOf<"presentation">).settings.of);

export function presented(board: Pick<Board, "all" | "one">, item: Item): Presented[] {
  const themes = themesShown(board, item);
  if (isStand(item)) return themes;
  const questions = [...new Set(themes.map(({ of }) => of))];
  return questions.flatMap((question): Presented[] => [
    ...themes.filter(({ of }) => of === question),
    ...answersTo(board, question),
  ]);
}

/** The group's answers when it grouped the notes of a question. */
export const answersTo = (board: Pick<Board, "all" | "one">, question: string): Answer[] =>
  board
    .all("answer")
    .filter(({ activity }) => {
      const item = board.one("item", activity);
      return item?.activity === "clustering" && item.settings.of === question;
    })
    .sort((a, b) => a.question - b.question || (a.id < b.id ? -1 : 1));

/** Its name on the desk: a theme's name, an answer's question. */
export const nameOf = (what: Presented): string =>
  what.kind === "theme" ? themeName(what) : t(`presentation.desk.question.${what.question as 1 | 2 | 3 | 4}`);
