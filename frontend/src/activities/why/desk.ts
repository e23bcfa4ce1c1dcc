/** P1.1, P1.2 on the desk: the why is written part by part, and rehearsed against the clock. */
import { whyId } from "../../contract/ids/why.gen";
import { WHY_PARTS } from "../../contract/why.gen";
import type { Action, DeskContext, DeskPart } from "../../desk/part";
import { clockOrder } from "../../desk/live/clock";
import { t } from "../../words";
import Board from "./DeskBoard.svelte";
import { MINUTE, SPOKEN, type Part } from "./pitch";

export const textOf = (context: Pick<DeskContext, "board">, part: Part): string =>
  context.board.one("why", whyId(part))?.text ?? "";

const written = (context: DeskContext, of: readonly Part[] = WHY_PARTS) =>
  of.filter((part) => textOf(context, part) !== "").length;

/** P1.1: what is not found yet. */
function left(context: DeskContext): string | undefined {
  const n = WHY_PARTS.length - written(context);
  return n > 0 ? t("why.desk.left", { n }) : undefined;
}

function actions(context: DeskContext): Action[] {
  const timer = context.board.timer(context.item.id);
  const order = clockOrder(
    { activity: context.item.id, minutes: MINUTE / 60, timer },
    "P",
    context.clock.now,
  );
  const said = written(context, SPOKEN);
  // P1.2: the speech is made of all of P1.1; it can be tried before, but the next step is to write on.
  const quiet = said < SPOKEN.length;
  // Once the clock runs, the shell controls it, and the large button moves on.
  const rehearse: Action = {
    id: "rehearse",
    label: t("why.desk.pitch.rehearse"),
    quiet,
    after: quiet ? left(context) : t("why.desk.pitch.after"),
    // P1.3: if more follows it is the opening slide, and the meeting continues.
    primary: said > 0 && order?.type === "timer.start" && !opens(context),
    disabled: order?.type === "timer.start" ? undefined : t(`why.desk.pitch.clock.${order ? "on" : "over"}`),
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
  script: ({ item }) =>
    item.activity === "why" && item.settings.write
      ? { stage: "why.desk.say.write" }
      : { stage: "why.desk.say.open", last: true },
  left,
  fact: (context) => {
    const n = written(context);
    return n > 0 ? t("why.desk.fact", { n }) : undefined;
  },
} satisfies DeskPart;
