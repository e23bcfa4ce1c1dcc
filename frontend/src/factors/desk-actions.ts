/** P2.10 on the desk: a theme is tagged with some of the six factors; their picture is shown on the wall. */
import type { Theme } from "../board/types";
import type { Action, DeskContext } from "../desk/part";
import { t } from "../words";
import { areShown, FACTORS, factorsOf, SIX, type Factor } from "./factors";

/** The picture on the wall and beside the board, or neither. */
export async function showSix({ board, item, send }: DeskContext): Promise<void> {
  await send({ type: "wall.change", workshop: item.workshop, forward: areShown(board) ? null : SIX });
}

export const showAction = (context: DeskContext): Action => ({
  id: "six",
  label: t(areShown(context.board) ? "factors.desk.hide" : "factors.desk.show"),
  key: "6",
  run: () => showSix(context),
});

/** Asks again and again, so that several can be chosen; each choice is a step of its own that can be undone. */
export async function tagTheme(context: DeskContext, theme: Theme): Promise<void> {
  const name = theme.name || t("desk.theme.unnamed");
  const on = new Set<string>(factorsOf(context.board, theme.id));
  for (;;) {
    const chosen = await context.ask({
      title: t("factors.desk.tag_title", { theme: name }),
      text: t("factors.desk.tag_text"),
      no: t("factors.desk.tag_done"),
      choices: FACTORS.map((factor) => {
        const label = t(`factors.desk.name.${factor}`);
        return {
          id: factor,
          label: on.has(factor) ? t("factors.desk.on", { name: label }) : label,
          small: t(`factors.desk.about.${factor}`),
        };
      }),
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
