/** P3.1: the themes of the item as cards in two fields and a tray, read from the records. */
import type { Board } from "../../engine/board.svelte";
import { nameOf, notesOf, toSort } from "../../parts/themes/themes";
import type { Influence, Item } from "../../engine/types";
import { TRAY, type Card } from "../../desk/fields/fields";

export type Side = Influence["field"];
type InfluenceItem = Extract<Item, { activity: "influence" }>;

/** Theme → its field, including placements not answered yet. */
export function placed(board: Pick<Board, "all">): Map<string, Side> {
  return new Map(board.all("influence").map(({ theme, field }) => [theme, field]));
}

export function cards(
  board: Pick<Board, "all" | "workshop">,
  item: InfluenceItem,
  ahead: ReadonlyMap<string, string | null>,
  word: (theme: string) => string | undefined,
): Card[] {
  const fields = placed(board);
  return toSort(board, item.settings).map((theme) => ({
    id: theme.id,
    name: nameOf(theme),
    unnamed: theme.name === "",
    paper: theme.paper,
    field: ahead.get(theme.id) ?? fields.get(theme.id) ?? TRAY,
    notes: notesOf(board, theme.id),
    word: word(theme.id),
  }));
}
