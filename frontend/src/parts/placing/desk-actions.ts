/** P3.1, P3.4 on the desk: asking the phones, showing the group, and adopting its placement in one step. */
import { placingId } from "../../contract/ids/placing.gen";
import type { Action, DeskContext } from "../../desk/part";
import type { DeskOrder } from "../../engine/types";
import { t } from "../../words";
import { isEarly } from "../ballots/early";
import { askedOf, doneOf, isAsked, isShown } from "./placing";

/** How a kind asks. */
export interface Asking {
  /** Its own command to adopt the group's placement. */
  readonly follow: "priority.follow" | "influence.follow";
  /** Whether there is anything to place. */
  readonly any: boolean;
  /** Whether enough have placed any of it. */
  readonly told: boolean;
  /** Whether the board already matches the group's placement. */
  readonly followed: boolean;
}

const order = (
  type: "placing.open" | "placing.close" | Asking["follow"],
  { item }: DeskContext,
): DeskOrder => ({
  type,
  activity: item.id,
});

/** Ask the phones, or stop asking, which shows the group's picture on the wall. */
async function ask(context: DeskContext): Promise<void> {
  const open = isAsked(context.board, context.item.id);
  const answer = await context.send(order(open ? "placing.close" : "placing.open", context));
  if (answer.stored) context.announce(t(open ? "placing.desk.closed" : "placing.desk.opened"));
}

/** The picture of the group, or the fields again, on the wall and here. */
async function show({ board, item, send }: DeskContext): Promise<void> {
  const forward = isShown(board, item.id) ? null : placingId(item.id);
  await send({ type: "wall.change", workshop: item.workshop, forward });
}

/** U14: all themes at once; then show the fields again for adjusting. */
async function follow(context: DeskContext, asking: Asking): Promise<void> {
  const answer = await context.send(order(asking.follow, context));
  if (!answer.stored) return;
  context.announce(t("placing.desk.group.followed"));
  if (isShown(context.board, context.item.id)) await show(context);
}

export function groupActions(context: DeskContext, asking: Asking): Action[] {
  const { board, item } = context;
  const open = isAsked(board, item.id);
  const asked = askedOf(board, item.id).length > 0;
  const shown = isShown(board, item.id);
  const few = t("placing.desk.few", { least: board.least });
  const follows = shown && !open && asking.told && !asking.followed;
  return [
    {
      id: "placing",
      label: t(open ? "placing.desk.close" : asked ? "placing.desk.again" : "placing.desk.open"),
      key: "O",
      after: open ? t("placing.desk.close_after", { least: context.board.least }) : undefined,
      primary: open,
      quiet: open && isEarly(doneOf(board, item.id, 0).n, board.least),
      disabled: !context.live
        ? t("placing.desk.not_live")
        : !open && !asking.any
          ? t("placing.desk.none")
          : undefined,
      run: () => ask(context),
    },
    {
      id: "follow",
      label: t("placing.desk.group.follow"),
      key: "L",
      after: t("placing.desk.group.follow_after"),
      primary: follows,
      disabled: asking.told ? undefined : asked && !open ? few : t("placing.desk.group.none"),
      run: () => follow(context, asking),
    },
    {
      id: "group",
      label: t(shown ? "placing.desk.group.hide" : "placing.desk.group.show"),
      key: "G",
      after: shown ? (asking.told ? t("placing.desk.group.hide_after") : few) : undefined,
      primary: shown && !open && !follows,
      disabled: asked && !open ? undefined : t("placing.desk.group.none"),
      run: () => show(context),
    },
  ];
}
