/** P2.7 on the desk: what is shown large on the wall, what comes next, and the keys for both. */
import { AT_ONCE } from "../../contract/clustering.gen";
import type { Answer } from "../../engine/types";
import type { Action, DeskContext } from "../../desk/part";
import type { Said } from "../../desk/say";
import { showAction } from "../../parts/factors/desk-actions";
import { t } from "../../words";
import { isStand, nameOf, presented, type Presented } from "./presented";

type Seeing = Pick<DeskContext, "board" | "item">;

/** The place of what is in front; -1 while nothing is. */
export const placeOf = ({ board, item }: Seeing): number =>
  presented(board, item).findIndex(({ id }) => id === board.wall?.forward);

export async function show(context: DeskContext, what: Presented): Promise<void> {
  const answer = await context.send({
    type: "wall.change",
    workshop: context.workshop,
    forward: what.id,
    page: 0,
  });
  if (answer.stored) context.announce(`${t("presentation.desk.front")}: ${nameOf(what)}`);
}

/** W9: whether the answer is one that can go into the plan. */
export const isAtOnce = (what: Presented): what is Answer =>
  what.kind === "answer" && what.question === AT_ONCE;

/** W9: what we would act on at once becomes actions of the plan, a line each. */
export async function act(context: DeskContext, answer: Answer): Promise<void> {
  const base = context.board.seqOf(answer.id);
  const stored = await context.send({ type: "clustering.act", answer: answer.id, base });
  if (stored.stored) context.toast(t("presentation.desk.acted"), { undo: true });
}

export function actions(context: DeskContext): Action[] {
  if (!context.live) return [];
  const all = presented(context.board, context.item);
  const at = placeOf(context);
  const next = all[at + 1];
  const before = all[at - 1];
  const front = all[at];
  const now = front && isAtOnce(front) ? front : all.find(isAtOnce);
  return [
    // W5: strengths are shown together; a single theme comes to the front only when it is pressed.
    ...(next && !isStand(context.item)
      ? [
          {
            id: "next",
            label: t(next.kind === "theme" ? "presentation.desk.next" : "presentation.desk.next_answer", {
              theme: nameOf(next),
            }),
            after: t("presentation.desk.after", { n: at + 2, of: all.length }),
            primary: true,
            run: () => show(context, next),
          },
        ]
      : []),
    {
      id: "back",
      label: t("presentation.desk.back"),
      key: "PageUp",
      disabled: before ? undefined : t("presentation.desk.none"),
      run: () => (before ? show(context, before) : undefined),
    },
    ...(now
      ? [{ id: "act", key: "L", label: t("presentation.desk.act"), run: () => act(context, now) }]
      : []),
    showAction(context),
  ];
}

export function script(context: DeskContext): Said {
  const all = presented(context.board, context.item);
  const at = placeOf(context);
  const last = at === all.length - 1;
  if (isStand(context.item)) return { stage: "presentation.desk.say.stand", last: true };
  if (all[at]?.kind === "answer") return { stage: "presentation.desk.say.answers", last };
  const n = all.filter(({ kind }) => kind === "theme").length;
  return { stage: "presentation.desk.say.show", params: { n }, last };
}
