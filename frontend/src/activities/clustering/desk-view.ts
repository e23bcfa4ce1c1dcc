/** U24: the display of the board of themes on this desk: search, size, folding, order. */
import type { Theme } from "../../engine/types";
import type { Action, DeskContext } from "../../desk/part";
import { t } from "../../words";
import { action } from "./desk-actions";
import { sorting } from "./desk-sorting.svelte";

/** U24: the board, drawn smaller, or with headings alone; and the search. */
export const ZOOMS = [1, 0.85, 0.7] as const;

export function zoomBy(context: DeskContext, by: 1 | -1): number | undefined {
  const at = ZOOMS.findIndex((each) => each === sorting(context).zoom);
  return ZOOMS[at - by];
}

export function viewActions(context: DeskContext, theme: Theme | undefined): Action[] {
  const now = sorting(context);
  const ids = now.piles(context).themes.map((pile) => pile.theme.id);
  const all = ids.length > 0 && ids.every((id) => now.folded.has(id));
  const none = ids.length > 0 ? undefined : t("clustering.desk.no_theme");
  const zoom = (by: 1 | -1) => {
    const to = zoomBy(context, by);
    const id = by > 0 ? "clustering.desk.zoom_in" : "clustering.desk.zoom_out";
    return action(id, id, undefined, to === undefined ? t("clustering.desk.no_zoom") : undefined, () => {
      now.zoom = to ?? 1;
    });
  };
  return [
    action("search", "clustering.desk.search", "/", undefined, () => {
      now.search = now.search ?? "";
    }),
    ...(theme
      ? [
          action(
            "fold",
            now.folded.has(theme.id) ? "clustering.desk.unfold" : "clustering.desk.fold",
            "V",
            undefined,
            () => now.fold([theme.id], !now.folded.has(theme.id)),
          ),
        ]
      : []),
    action("fold_all", all ? "clustering.desk.unfold_all" : "clustering.desk.fold_all", undefined, none, () =>
      now.fold(ids, !all),
    ),
    action(
      "alike",
      now.reading ? "clustering.desk.alike_off" : "clustering.desk.alike",
      undefined,
      now.piles(context).free.length > 2 ? undefined : t("clustering.desk.alike_none"),
      async () => {
        await now.readAlike(context, now.reading === null);
        context.announce(t(now.reading ? "clustering.desk.alike_on" : "clustering.desk.alike_off_now"));
      },
    ),
    zoom(1),
    zoom(-1),
  ];
}
