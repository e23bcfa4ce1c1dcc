/** P3.1: the themes of the item as cards in two fields and a tray, read from the records. */
import type { Board } from "../../board/board.svelte";
import { notesOf, themesOf, workedBefore } from "../../board/themes";
import type { Influence, Item } from "../../board/types";
import { TRAY, type Card } from "../../desk/fields/fields";

export type Side = Influence["field"];
type InfluenceItem = Extract<Item, { activity: "influence" }>;

export const recordOf = (theme: string) => `influence:${theme}`;

/** Theme → its field; what is on its way to the server lies there already. */
export function placed(board: Pick<Board, "all">): Map<string, Side> {
  return new Map(board.all("influence").map(({ theme, field }) => [theme, field]));
}

export function cards(
  board: Pick<Board, "all" | "items" | "workshop">,
  item: InfluenceItem,
  ahead: ReadonlyMap<string, string>,
  words: { unnamed: string; word(theme: string): string | undefined },
): Card[] {
  const fields = placed(board);
  const before = workedBefore(board);
  const left = themesOf(board, item.settings.of).filter(({ id }) => !before.has(id));
  return left.map((theme) => ({
    id: theme.id,
    name: theme.name || words.unnamed,
    unnamed: theme.name === "",
    paper: theme.paper,
    field: ahead.get(theme.id) ?? fields.get(theme.id) ?? TRAY,
    notes: notesOf(board, theme.id),
    word: words.word(theme.id),
  }));
}
