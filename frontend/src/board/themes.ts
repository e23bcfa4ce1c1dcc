/** Themes and what lies in them, read from the records (P2.6). */
import type { Board } from "./board.svelte";
import type { Note, Theme } from "./types";

/** The themes of these questions, question by question in their order; all when it names none. */
export function themesOf(board: Pick<Board, "all" | "items">, of: readonly string[]): Theme[] {
  const order = board.items.map((item) => item.id);
  return board
    .all("theme")
    .filter((theme) => of.length === 0 || of.includes(theme.of))
    .toSorted(
      (a, b) =>
        order.indexOf(a.of) - order.indexOf(b.of) || a.position - b.position || (a.id < b.id ? -1 : 1),
    );
}

/** P5.5: which time round the circle the meeting belongs to. */
export const cycleOf = (board: Pick<Board, "workshop">): number => board.workshop?.cycle ?? 1;

/** P5.5: an id of which there is another in each cycle; those of the first go without its number. */
export const ofCycle = (id: string, cycle: number): string => (cycle === 1 ? id : `${id}:${cycle}`);

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
    .toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
    .map((note) => note.text);
