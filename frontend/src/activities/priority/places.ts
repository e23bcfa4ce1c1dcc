/** P5.5: where a theme lies in this meeting's cycle, and which themes stay out of it. */
import type { Board } from "../../board/board.svelte";
import { chosenOf, cycleOf, ofCycle, workedBefore } from "../../board/themes";

/** A theme's place in this meeting's cycle (P5.5). */
export const recordOf = (board: Pick<Board, "workshop">, theme: string) =>
  ofCycle(`priority:${theme}`, cycleOf(board));

/** P5.5: the themes that were worked with before, and are not taken up again in this cycle. */
export function leftBehind(board: Pick<Board, "all" | "one" | "workshop">): Set<string> {
  const chosen = chosenOf(board);
  const again = (theme: string) => chosen.has(theme) || board.one("priority", recordOf(board, theme));
  return new Set([...workedBefore(board)].filter((theme) => !again(theme)));
}
