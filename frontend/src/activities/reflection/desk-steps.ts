/** P5.3 on the desk: the three pictures of the wall in their order, and what to say to each. */
import type { Action, DeskContext } from "../../desk/part";
import type { Said } from "../../desk/say";
import { t } from "../../words";

export const STEPS = ["far", "both", "next"] as const;
export type Step = (typeof STEPS)[number];

/** Which of the pictures is on the wall. */
export const stepOf = (context: Pick<DeskContext, "board">): number =>
  Math.min(context.board.wall?.page ?? 0, STEPS.length - 1);

export async function show(context: DeskContext, page: number): Promise<void> {
  const step = STEPS[page];
  if (!step || page === stepOf(context)) return;
  const answer = await context.send({ type: "wall.change", workshop: context.workshop, page });
  if (answer.stored)
    context.announce(t("reflection.desk.shown", { step: t(`reflection.desk.step.${step}`) }));
}

export function actions(context: DeskContext): Action[] {
  if (!context.live) return [];
  const at = stepOf(context);
  const next = STEPS[at + 1];
  const go: Action[] = next
    ? [
        {
          id: "next",
          label: t("reflection.desk.to", { step: t(`reflection.desk.step.${next}`) }),
          after: t("reflection.desk.after", { n: at + 2, of: STEPS.length }),
          primary: true,
          run: () => show(context, at + 1),
        },
      ]
    : [];
  const each = STEPS.map((step, page) => ({
    id: `show-${step}`,
    key: String(page + 1),
    label: t("reflection.desk.to", { step: t(`reflection.desk.step.${step}`) }),
    disabled: page === at ? t("reflection.desk.there") : undefined,
    run: () => show(context, page),
  }));
  return [...go, ...each];
}

export const script = (context: DeskContext): Said => ({
  stage: `reflection.desk.say.${STEPS[stepOf(context)] ?? "far"}`,
  last: stepOf(context) === STEPS.length - 1,
});
