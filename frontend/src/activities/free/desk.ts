/** W8 on the desk: a pause, a talk, two by two, a meal: the clock is what it needs. */
import { clockOrder } from "../../desk/live/clock";
import type { Action, DeskContext, DeskPart, Form } from "../../desk/part";
import type { ItemOf } from "../../engine/types";
import { t } from "../../words";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";

type Free = ItemOf<"free">;

const form: Form = {
  Fields,
  fresh: () => ({ what: "pause", text: "" }),
  named: (settings) => t(`free.desk.what.${(settings as Free["settings"]).what}`),
};

/** The next step is to start the clock; once it runs, the shell's own is to move on. */
function actions({ board, clock, item, live, send }: DeskContext): Action[] {
  const { minutes } = item;
  const { what } = (item as Free).settings;
  const apart = what === "pause" || what === "meal";
  const order = clockOrder({ activity: item.id, minutes, timer: board.timer(item.id) }, "P", clock.now);
  if (!live || order?.type !== "timer.start") return [];
  return [
    {
      id: "start",
      label: t("free.desk.start", { n: minutes }),
      after: t(apart ? "free.desk.start.after" : "free.desk.start.clock"),
      primary: true,
      run: async () => void (await send(order)),
    },
  ];
}

export default {
  Board,
  form,
  actions,
  script: ({ item }) => ({
    stage: `free.desk.say.${(item as Free).settings.what}`,
    params: { n: item.minutes },
  }),
  phones: () => "free.desk.phones",
} satisfies DeskPart;
