/** P3.1: the themes of the item as cards in two fields and a tray, read from the records. */
import type { Board } from "../../board/board.svelte";
import type { Influence, Item, Note, Theme } from "../../board/types";
import { TRAY, type Card } from "../../desk/fields/fields";

export type Side = Influence["field"];
type InfluenceItem = Extract<Item, { activity: "influence" }>;

export const recordOf = (theme: string) => `influence:${theme}`;

/** The themes of the questions the item takes up, question by question in their order; all when it names none. */
export function themesOf(board: Pick<Board, "all" | "items">, { settings }: InfluenceItem): Theme[] {
  const order = board.items.map((item) => item.id);
  return board
    .all("theme")
    .filter((theme) => settings.of.length === 0 || settings.of.includes(theme.of))
    .toSorted(
      (a, b) =>
        order.indexOf(a.of) - order.indexOf(b.of) || a.position - b.position || (a.id < b.id ? -1 : 1),
    );
}

/** Theme → its field; what is on its way to the server lies there already. */
export function placed(board: Pick<Board, "all">): Map<string, Side> {
  return new Map(board.all("influence").map(({ theme, field }) => [theme, field]));
}

/** What the room may read under a theme. */
export const notesOf = (board: Pick<Board, "all">, theme: string): string[] =>
  board
    .all("note")
    .filter((note: Note) => note.theme === theme && note.face === "up")
    .toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
    .map((note) => note.text);

export function cards(
  board: Pick<Board, "all" | "items">,
  item: InfluenceItem,
  ahead: ReadonlyMap<string, string>,
  words: { unnamed: string; word(theme: string): string | undefined },
): Card[] {
  const fields = placed(board);
  return themesOf(board, item).map((theme) => ({
    id: theme.id,
    name: theme.name || words.unnamed,
    unnamed: theme.name === "",
    paper: theme.paper,
    field: ahead.get(theme.id) ?? fields.get(theme.id) ?? TRAY,
    notes: notesOf(board, theme.id),
    word: words.word(theme.id),
  }));
}
