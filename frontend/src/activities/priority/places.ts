/** P5.5: the place of a theme in this meeting's cycle, and which themes are left out. */
import { priorityId } from "../../contract/ids/priority.gen";
import { influenceId } from "../../contract/ids/themes.gen";
import type { Board } from "../../engine/board.svelte";
import { chosenOf, cycleOf, themesOf, workedBefore } from "../../parts/themes/themes";
import type { Theme } from "../../engine/types";

/** A theme's place in this meeting's cycle (P5.5). */
export const recordOf = (board: Pick<Board, "workshop">, theme: string) => priorityId(theme, cycleOf(board));

/** P5.5: the themes that were worked with before, and are not taken up again in this cycle. */
export function leftBehind(board: Pick<Board, "all" | "one" | "workshop">): Set<string> {
  const chosen = chosenOf(board);
  const again = (theme: string) => chosen.has(theme) || board.one("priority", recordOf(board, theme));
  return new Set([...workedBefore(board)].filter((theme) => !again(theme)));
}

/** P3.2, P5.5: what can be influenced, and was not worked with before unless it is taken up again. */
export function themesInPlay(board: Pick<Board, "all" | "one" | "workshop">): Theme[] {
  const behind = leftBehind(board);
  return themesOf(board).filter(
    ({ id }) => board.one("influence", influenceId(id))?.field === "can" && !behind.has(id),
  );
}
