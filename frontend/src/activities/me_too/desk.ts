/** W12 on the desk: it is open as soon as it is live; closing shows for how many it goes too. */
import type { Action, DeskContext, DeskPart, Form } from "../../desk/part";
import type { Said } from "../../desk/say";
import { voteActions } from "../../parts/ballots/desk-vote";
import { t } from "../../words";
import { stageOf } from "./also";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";

const form: Form = { Fields, fresh: () => ({ of: [], what: "themes" }) };
const now = ({ board, item }: DeskContext) => stageOf(board, item.id);

export const actions = (context: DeskContext): Action[] =>
  voteActions(context, now(context), {
    close: { type: "me_too.close", activity: context.item.id },
    open: { type: "me_too.open", activity: context.item.id },
    words: {
      close: t("me_too.desk.close"),
      after: t("me_too.desk.close.after", { least: context.board.least }),
      open: t("me_too.desk.again"),
      few: t("me_too.desk.few", { least: context.board.least }),
      counted: t("me_too.desk.announced"),
    },
  });

export default {
  Board,
  form,
  actions,
  script: (context): Said => ({
    stage: `me_too.desk.say.${now(context) === "counted" ? "counted" : "open"}`,
    last: now(context) === "counted",
  }),
  left: (context) => (now(context) === "none" ? t("me_too.desk.none") : undefined),
  phones: (context) => (now(context) === "open" ? "me_too.desk.phones" : "desk.phones.look_up"),
} satisfies DeskPart;
