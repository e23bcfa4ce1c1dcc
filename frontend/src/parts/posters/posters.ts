/** P4.1–P4.4: what is on the posters, from the records alone: the same on every screen. */
import { POSTERS_OF } from "../../contract/kinds.gen";
import { priorityId } from "../../contract/ids/priority.gen";
import { pickedId } from "../../contract/ids/proposals.gen";
import { writingId } from "../../contract/ids/writing.gen";
import { challengesOn, chosenOf, cycleOf, themesOf } from "../themes/themes";
import type { Board } from "../../engine/board.svelte";
import type { How, Item, Note, Theme } from "../../engine/types";

/** P4.3: the tools a theme can be taken up with. */
export type Tool = keyof typeof POSTERS_OF;
export type PosterId = (typeof POSTERS_OF)[Tool][number];
export type PosterItem = Extract<Item, { activity: Tool }>;

export const isPosterItem = (item: Item): item is PosterItem => item.activity in POSTERS_OF;

export const postersOf = (item: Item): readonly PosterId[] =>
  isPosterItem(item) ? POSTERS_OF[item.activity] : [];

/** The theme in the posters' heading; undefined until it is chosen. */
export function headOf(board: Pick<Board, "one">, item: Item): Theme | undefined {
  return isPosterItem(item) ? board.one("theme", item.settings.theme) : undefined;
}

/** Its name, even on phones, which do not get themes, or if it was merged away since. */
export function nameOf(board: Pick<Board, "one">, item: Item): string {
  if (!isPosterItem(item)) return "";
  return headOf(board, item)?.name ?? item.settings.name;
}

export const isHeaded = (item: Item): boolean => isPosterItem(item) && item.settings.theme !== null;

/** The notes on a poster that this screen gets, in the order of their random ids (A15). */
export const notesOn = (board: Pick<Board, "all">, item: string, poster: string): Note[] =>
  board.all("note").filter((note) => note.activity === item && note.poster === poster);

export interface Link {
  readonly how: How;
  /** 1 right under the proposal. */
  readonly depth: number;
}

/** Everything under a proposal in reading order: an answer, the answers to it, the next answer. */
export function chainUnder(board: Pick<Board, "all">, of: string, depth = 1): Link[] {
  return board
    .all("how")
    .filter((how) => how.of === of)
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .flatMap((how) => [{ how, depth }, ...chainUnder(board, how.id, depth + 1)]);
}

export const isPicked = (board: Pick<Board, "one">, note: string): boolean =>
  board.one("picked", pickedId(note)) !== undefined;

/** P4.3: the tool a theme was worked with elsewhere; items without any writing do not count. */
export function toolOf(board: Pick<Board, "all" | "one">, theme: string, except: string): Tool | undefined {
  const used = board
    .all("item")
    .filter(isPosterItem)
    .find(
      (item) =>
        item.id !== except &&
        item.settings.theme === theme &&
        (item.state !== "done" || (board.one("writing", writingId(item.id))?.cards ?? 0) > 0),
    );
  return used?.activity;
}

/** P4.3: the chosen themes, most important first; where none was chosen, all of them. */
export function themesToTake(board: Pick<Board, "all" | "one" | "workshop">): Theme[] {
  const chosen = chosenOf(board);
  const weight = (theme: Theme) => {
    const place = board.one("priority", priorityId(theme.id, cycleOf(board)));
    return (place?.important ? 2 : 0) + (place?.urgent ? 1 : 0);
  };
  const challenge = challengesOn(board);
  const all = themesOf(board);
  // W5: strengths are used, not worked with.
  const hard = all.filter(challenge);
  const themes = hard.length > 0 ? hard : all;
  const some = all.filter((theme) => chosen.has(theme.id));
  return [...(some.length > 0 ? some : themes)].sort((a, b) => weight(b) - weight(a));
}
