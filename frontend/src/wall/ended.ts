/** U23: the last picture of a meeting: its outcome, and when the group meets again. */
import { nextThemeId } from "../contract/ids/reflection.gen";
import type { Board } from "../engine/board.svelte";
import type { Item, Paper, Theme } from "../engine/types";
import { chosenOf, themesOf } from "../parts/themes/themes";
import { lang, t } from "../words";

type Boarded = Pick<Board, "all" | "one" | "workshop" | "items">;

export interface Promised {
  readonly id: string;
  readonly text: string;
  /** Who does it and by when, as far as it is known. */
  readonly who: string;
  readonly paper: Paper | undefined;
}

export type Ending =
  | { readonly says: "plan"; readonly rows: readonly Promised[] }
  | { readonly says: "next" | "chosen"; readonly themes: readonly Theme[] }
  | { readonly says: "none" };

/** "torsdag 4. juni", without the year: it is soon. */
export const day = (iso: string): string =>
  new Intl.DateTimeFormat(lang() === "da" ? "da-DK" : "en-GB", {
    ...{ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" },
  })
    .format(new Date(`${iso}T12:00:00Z`))
    .replace(" den ", " ");

function promises(board: Boarded): Promised[] {
  return board
    .all("action")
    .filter(({ status }) => status === "not_started" || status === "under_way")
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .map((action) => ({
      id: action.id,
      text: action.text,
      who: [
        action.responsible.join(", ") || action.who || t("wall.ended.nobody"),
        action.day ? day(action.day) : action.when,
      ]
        .filter(Boolean)
        .join(" · "),
      paper: board.one("theme", action.theme)?.paper,
    }));
}

/** By the last activity of the meeting with an outcome. */
export function endingOf(board: Boarded): Ending {
  const named = (themes: readonly Theme[]) => themes.filter(({ name }) => name !== "");
  const from: Partial<Record<Item["activity"], (item: Item) => Ending | null>> = {
    action_plan: () => {
      const rows = promises(board);
      return rows.length > 0 ? { says: "plan", rows } : null;
    },
    reflection: (item) => {
      const next = board.one("theme", board.one("next_theme", nextThemeId(item.id))?.theme);
      return next?.name ? { says: "next", themes: [next] } : null;
    },
  };
  for (const item of board.items.filter((one) => one.started_at !== null).reverse()) {
    const ending = from[item.activity]?.(item);
    if (ending) return ending;
  }
  const picked = chosenOf(board);
  const themes = named(themesOf(board).filter(({ id }) => picked.has(id)));
  return themes.length > 0 ? { says: "chosen", themes } : { says: "none" };
}

/** When the group meets again: the next planned meeting, else the first day on which a theme is taken up again. */
export function meetsAgain(board: Boarded): string | null {
  const own = board.workshop;
  if (!own) return null;
  const planned = board
    .all("workshop")
    .filter(
      ({ id, state, date, rehearsal }) => id !== own.id && state === "draft" && date > own.date && !rehearsal,
    )
    .sort((a, b) => a.date.localeCompare(b.date))[0];
  if (planned) return t("wall.ended.again", { day: day(planned.date), meeting: planned.title });
  const taken = board
    .all("reminder")
    .filter((one) => one.day !== null && one.day > own.date)
    .sort((a, b) => (a.day ?? "").localeCompare(b.day ?? ""))[0];
  return taken?.day ? t("wall.ended.again", { day: day(taken.day), meeting: taken.meeting }) : null;
}
