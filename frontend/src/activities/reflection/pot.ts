/** P5.4: keeping a theme from being forgotten: when it is taken up again, and what management may say about it. */
import { byWords } from "../../collation";
import { progressId } from "../../contract/ids/reflection.gen";
import type { Board } from "../../engine/board.svelte";
import { nameOf } from "../../parts/themes/themes";
import type { OfKind, PlanAction, Theme } from "../../engine/types";
import { t } from "../../words";
import { standing } from "./course";

export type Reminder = OfKind<"reminder">;
type Boarded = Pick<Board, "all" | "one">;

/** Those of a theme, or all; the first day first, then those that have none, as in the summary. */
export const remindersOf = (board: Boarded, theme?: string): Reminder[] =>
  board
    .all("reminder")
    .filter((each) => theme === undefined || each.theme === theme)
    .sort(
      (a, b) =>
        (a.day ?? "9").localeCompare(b.day ?? "9") || byWords(a.meeting, b.meeting) || (a.id < b.id ? -1 : 1),
    );

/** The current actions for a theme. */
export const underWay = (board: Boarded, theme: string): PlanAction[] =>
  board
    .all("action")
    .filter((each) => each.theme === theme && (each.status === "not_started" || each.status === "under_way"))
    .sort((a, b) => a.position - b.position);

/** A few sentences for management, composed from the board. */
export function forTheManagement(board: Boarded & Pick<Board, "workshop">, theme: Theme): string {
  const actions = underWay(board, theme.id).map(({ text }) => text);
  const { value, want } = standing(board.one("progress", progressId(theme.id)));
  const name = nameOf(theme);
  return [
    t("reflection.desk.pot.say", { group: board.workshop?.group ?? "", theme: name }),
    ...(actions.length > 0 ? [t("reflection.desk.pot.say.actions", { actions: actions.join("; ") })] : []),
    ...(value !== null && want !== null ? [t("reflection.desk.pot.say.way", { value, want })] : []),
    t("reflection.desk.pot.say.ask"),
  ].join(" ");
}
