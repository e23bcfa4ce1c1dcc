/** W12 on the desk: it is open as soon as it is live; closing shows for how many it goes too. */
import type { Action, DeskContext, DeskPart, Form } from "../../desk/part";
import type { Said } from "../../desk/say";
import { t } from "../../words";
import { stageOf } from "./also";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";

const form: Form = { Fields, fresh: () => ({ of: [], what: "themes" }) };
const now = ({ board, item }: DeskContext) => stageOf(board, item.id);

async function close(context: DeskContext): Promise<void> {
  const answer = await context.send({ type: "me_too.close", activity: context.item.id });
  if (answer.stored)
    context.announce(t(answer.told.includes("few") ? "me_too.desk.few" : "me_too.desk.announced"));
}

export function actions(context: DeskContext): Action[] {
  if (!context.live) return [];
  switch (now(context)) {
    case "open":
      return [
        {
          id: "close",
          key: "L",
          label: t("me_too.desk.close"),
          after: t("me_too.desk.close.after"),
          primary: true,
          run: () => close(context),
        },
      ];
    case "few":
      return [
        {
          id: "open",
          key: "O",
          label: t("me_too.desk.again"),
          primary: true,
          run: async () => void (await context.send({ type: "me_too.open", activity: context.item.id })),
        },
      ];
    default:
      return [];
  }
}

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
