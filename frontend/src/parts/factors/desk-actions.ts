/** P2.10 on the desk: a theme is tagged with some of the six factors; their picture is shown on the wall. */
import { FACTORS } from "../../contract/factors.gen";
import { nameOf, themesOf } from "../themes/themes";
import type { Theme } from "../../engine/types";
import type { Action, DeskContext } from "../../desk/part";
import { t } from "../../words";
import { areShown, factorsOf, SIX, type Factor } from "./factors";

/** A wheel without a single theme would throw six empty names at the room. */
const nothingToShow = ({ board }: Pick<DeskContext, "board">): boolean =>
  !areShown(board) && !themesOf(board).some(({ id }) => factorsOf(board, id).length > 0);

/** The picture on the wall and next to the board, or neither. */
export async function showSix(context: DeskContext): Promise<void> {
  const { board, item, send } = context;
  if (nothingToShow(context)) return context.toast(t("factors.desk.untagged_all"));
  await send({ type: "wall.change", workshop: item.workshop, forward: areShown(board) ? null : SIX });
}

export const showAction = (context: DeskContext): Action => ({
  id: "six",
  label: t(areShown(context.board) ? "factors.desk.hide" : "factors.desk.show"),
  key: "6",
  disabled: nothingToShow(context) ? t("factors.desk.untagged_all") : undefined,
  run: () => showSix(context),
});

/** Asks repeatedly, so that several can be chosen; each choice is a separate step for undo. */
export async function tagTheme(context: DeskContext, theme: Theme): Promise<void> {
  const name = nameOf(theme);
  const on = new Set<string>(factorsOf(context.board, theme.id));
  for (;;) {
    const chosen = await context.ask({
      title: t("factors.desk.tag_title", { theme: name }),
      text: t("factors.desk.tag_text"),
      no: t("factors.desk.tag_done"),
      choices: FACTORS.map((factor) => ({
        id: factor,
        label: t(`factors.desk.name.${factor}`),
        small: t(`factors.desk.about.${factor}`),
        on: on.has(factor),
      })),
    });
    if (chosen === null) return;
    const factor = chosen as Factor;
    const type = on.has(factor) ? "clustering.untag" : "clustering.tag";
    const answer = await context.send({ type, theme: theme.id, factor });
    if (!answer.stored) return;
    const done = type === "clustering.tag" ? "factors.desk.tagged" : "factors.desk.untagged";
    context.announce(t(done, { theme: name, factor: t(`factors.desk.name.${factor}`) }));
    if (!on.delete(factor)) on.add(factor);
  }
}
