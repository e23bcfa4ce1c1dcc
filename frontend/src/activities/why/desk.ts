/** P1.1, P1.2 on the desk: the why is written part by part, and rehearsed against the clock. */
import type { Action, DeskContext, DeskPart } from "../../desk/part";
import { clockOrder } from "../../desk/live/clock";
import { t } from "../../words";
import Board from "./DeskBoard.svelte";
import { MINUTE, PARTS, type Part } from "./pitch";

export const textOf = (context: Pick<DeskContext, "board">, part: Part): string =>
  context.board.one("why", `why:${part}`)?.text ?? "";

const written = (context: DeskContext) => PARTS.filter((part) => textOf(context, part) !== "").length;

function actions(context: DeskContext): Action[] {
  const timer = context.board.timer(context.item.id);
  const order = clockOrder(
    { activity: context.item.id, minutes: MINUTE / 60, timer },
    "P",
    context.clock.now,
  );
  // Once the clock goes it is the shell's; the large button is then the way on.
  const rehearse: Action = {
    id: "rehearse",
    label: t("why.desk.pitch.rehearse"),
    after: t("why.desk.pitch.after"),
    // P1.3: where more follows it is the opening slide, and the meeting goes on.
    primary: written(context) > 0 && order?.type === "timer.start" && !opens(context),
    disabled: order?.type === "timer.start" ? undefined : t("desk.clock.said.0"),
    run: async () => {
      if (order) await context.send(order);
    },
  };
  return [rehearse];
}

const opens = ({ board, item }: DeskContext): boolean =>
  board.all("item").some((each) => each.workshop === item.workshop && each.position > item.position);

export default {
  Board,
  actions,
  minutes: () => MINUTE / 60,
  script: () => ["why.desk.say.open", "why.desk.say.1", "why.desk.say.2", "why.desk.say.3"],
  fact: (context) => {
    const n = written(context);
    return n > 0 ? t("why.desk.fact", { n }) : undefined;
  },
} satisfies DeskPart;
