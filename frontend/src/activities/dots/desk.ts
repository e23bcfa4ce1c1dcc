/** Dot voting on the desk: it is open as soon as it is live; closing it counts and shows the sums. */
import { DOTS } from "../../contract/dots.gen";
import type { Action, DeskContext, DeskPart, Form } from "../../desk/part";
import { t } from "../../words";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";
import { stageOf, votersOf } from "./tally";

const form: Form = { Fields, fresh: () => ({ dots: DOTS, of: [], which: "can" }) };
const now = ({ board, item }: DeskContext) => stageOf(board, item.id);

async function close(context: DeskContext): Promise<void> {
  const answer = await context.send({ type: "dots.close", activity: context.item.id });
  if (answer.stored)
    context.announce(t(answer.told.includes("few") ? "dots.desk.few" : "dots.desk.announced"));
}

function actions(context: DeskContext): Action[] {
  if (!context.live) return [];
  const voters = votersOf(context.board, context.item.id);
  switch (now(context)) {
    case "open":
      return [
        {
          id: "close",
          key: "L",
          label: t("dots.desk.close"),
          after: t(voters > 0 ? "dots.desk.close.after" : "dots.desk.close.nobody"),
          primary: true,
          run: () => close(context),
        },
      ];
    case "few":
      return [
        {
          id: "open",
          key: "O",
          label: t("dots.desk.again"),
          primary: true,
          run: async () => void (await context.send({ type: "dots.open", activity: context.item.id })),
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
