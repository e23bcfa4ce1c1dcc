/** Dot voting on the desk: it is open as soon as it is live; closing it counts and shows the sums. */
import { DOTS } from "../../contract/dots.gen";
import type { Action, DeskContext, DeskPart, Form } from "../../desk/part";
import { voteActions } from "../../parts/ballots/desk-vote";
import { t } from "../../words";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";
import { stageOf, votersOf } from "./tally";

const form: Form = { Fields, fresh: () => ({ dots: DOTS, of: [], which: "can" }) };
const now = ({ board, item }: DeskContext) => stageOf(board, item.id);

function actions(context: DeskContext): Action[] {
  const { board, item } = context;
  return voteActions(context, now(context), {
    close: { type: "dots.close", activity: item.id },
    open: { type: "dots.open", activity: item.id },
    words: {
      close: t("dots.desk.close"),
      after:
        votersOf(board, item.id) > 0
          ? t("dots.desk.close.after", { least: board.least })
          : t("dots.desk.close.nobody"),
      open: t("dots.desk.again"),
      few: t("dots.desk.few", { least: board.least }),
      counted: t("dots.desk.announced"),
    },
  });
}

export default {
  Board,
  form,
  actions,
  script: (context) =>
    now(context) === "counted"
      ? { stage: "dots.desk.say.counted", last: true }
      : { stage: "dots.desk.say.open" },
  phones: (context) => (now(context) === "open" ? "dots.desk.phones" : "dots.desk.phones.closed"),
  examples: [1, 2, 3].map((n) => `dots.desk.example.${n}`),
  left: (context) => (now(context) === "none" ? t("dots.desk.left") : undefined),
  fact: (context) => {
    const n = votersOf(context.board, context.item.id);
    return n > 0 ? t("dots.desk.fact", { n }) : undefined;
  },
} satisfies DeskPart;
