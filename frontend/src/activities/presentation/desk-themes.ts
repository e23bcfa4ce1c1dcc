/** P2.7 on the desk: which theme stands alone on the wall, which comes next, and the keys for both. */
import { themesOf } from "../../board/themes";
import type { ItemOf, Theme } from "../../board/types";
import type { Action, DeskContext } from "../../desk/part";
import { showAction } from "../../factors/desk-actions";
import { t } from "../../words";

export const themes = ({ board, item }: Pick<DeskContext, "board" | "item">): Theme[] =>
  themesOf(board, (item as ItemOf<"presentation">).settings.of);

export const nameOf = (theme: Theme): string => theme.name || t("desk.theme.unnamed");

/** The place of the theme in front; -1 while none is. */
export const placeOf = (context: Pick<DeskContext, "board" | "item">): number =>
  themes(context).findIndex((theme) => theme.id === context.board.wall?.forward);

export async function show(context: DeskContext, theme: Theme): Promise<void> {
  const answer = await context.send({
    type: "wall.change",
    workshop: context.workshop,
    forward: theme.id,
    page: 0,
  });
  if (answer.stored) context.announce(`${t("presentation.desk.front")}: ${nameOf(theme)}`);
}

export function actions(context: DeskContext): Action[] {
  if (!context.live) return [];
  const all = themes(context);
  const at = placeOf(context);
  const next = all[at + 1];
  const before = all[at - 1];
  return [
    ...(next
      ? [
          {
            id: "next",
            label: t("presentation.desk.next", { theme: nameOf(next) }),
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
    showAction(context),
  ];
}
