/** P5.3, P5.4 on the desk: the answers are written, the pictures are set, and the wall goes along step by step. */
import { REFLECTION_PARTS } from "../../contract/reflection.gen";
import { nextThemeId } from "../../contract/ids/reflection.gen";
import type { DeskContext, DeskPart } from "../../desk/part";
import { t } from "../../words";
import Board from "./DeskBoard.svelte";
import { actions, script } from "./desk-steps";

const written = ({ board, item }: DeskContext): number =>
  board.all("reflection").filter(({ activity }) => activity === item.id).length +
  (board.one("next_theme", nextThemeId(item.id)) ? 1 : 0);

export default {
  Board,
  actions,
  script,
  phones: () => "reflection.desk.phones",
  examples: [1, 2, 3, 4].map((n) => `reflection.desk.example.${n}`),
  left: (context) => {
    const n = REFLECTION_PARTS.length + 1 - written(context);
    return n > 0 ? t("reflection.desk.left", { n }) : undefined;
  },
  fact: (context) => {
    const n = written(context);
    return n > 0 ? t("reflection.desk.fact", { n }) : undefined;
  },
} satisfies DeskPart;
