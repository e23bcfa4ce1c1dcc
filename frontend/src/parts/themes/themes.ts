/** Themes and their contents, read from the records (P2.6). */
import type { Board } from "../../engine/board.svelte";
import type { Note, Theme } from "../../engine/types";
import { t } from "../../words";

/** What a theme is called; also while it has no name. */
export const nameOf = (theme: Pick<Theme, "name"> | undefined): string => theme?.name || t("shared.unnamed");

/** The one order of themes: by the agenda, by position, by id. The server says each theme's place in the agenda. */
export const inOrder = (themes: readonly Theme[]): Theme[] =>
  [...themes].sort(
    (a, b) => a.agenda_place - b.agenda_place || a.position - b.position || (a.id < b.id ? -1 : 1),
  );

/** The themes of these questions, or all, in their order. */
export const themesOf = (board: Pick<Board, "all">, of: readonly string[] = []): Theme[] =>
  inOrder(board.all("theme").filter((theme) => of.length === 0 || of.includes(theme.of)));

/** P3.3: all themes, those that the group works with in this cycle first. */
export function chosenFirst(board: Pick<Board, "all" | "workshop">): Theme[] {
  const chosen = chosenOf(board);
  return [...themesOf(board)].sort((a, b) => Number(chosen.has(b.id)) - Number(chosen.has(a.id)));
}

/**
 * P3.1, W5: the themes of these questions, or all but strengths, which are not asked about. P5.5: without those worked
 * with in an earlier cycle. Themes already placed stay in.
 */
export function toSort(
  board: Pick<Board, "all" | "workshop">,
  { of, strengths = false }: { readonly of: readonly string[]; readonly strengths?: boolean },
): Theme[] {
  const before = workedBefore(board);
  const challenge = challengesOn(board);
  return themesOf(board, of).filter(
    (theme) => !before.has(theme.id) && (strengths || of.length > 0 || challenge(theme)),
  );
}

/** W5: whether it is not a strength, or the group has placed it as something to work with. */
export function challengesOn(board: Pick<Board, "all">): (theme: Theme) => boolean {
  const placed = new Set(board.all("influence").map(({ theme }) => theme));
  return ({ id, strength }) => !strength || placed.has(id);
}

/** W5: the strengths: the themes of the method's first question. */
export const strengthsOf = (board: Pick<Board, "all">): Theme[] =>
  themesOf(board).filter(({ strength }) => strength);

/** P5.5: the meeting's cycle. */
export const cycleOf = (board: Pick<Board, "workshop">): number => board.workshop?.cycle ?? 1;

/** P3.3: the themes that were chosen in this meeting's cycle. */
export const chosenOf = (board: Pick<Board, "all" | "workshop">): Set<string> =>
  new Set(
    board
      .all("chosen")
      .filter(({ cycle }) => cycle === cycleOf(board))
      .map(({ theme }) => theme),
  );

/** P5.5: the themes that were worked with in the cycles before. */
export const workedBefore = (board: Pick<Board, "all" | "workshop">): Set<string> =>
  new Set(
    board
      .all("chosen")
      .filter(({ cycle }) => cycle < cycleOf(board))
      .map(({ theme }) => theme),
  );

/** What the room may read under a theme. */
export const notesOf = (board: Pick<Board, "all">, theme: string): string[] =>
  board
    .all("note")
    .filter((note: Note) => note.theme === theme && note.face === "up")
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
    .map((note) => note.text);
