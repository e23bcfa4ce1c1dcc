/** Which notes are in which theme: from the records, with pending commands applied. */
import { PAPERS } from "../../contract/desk.gen";
import { inOrder } from "../../parts/themes/themes";
import type { Note, Paper, Theme } from "../../engine/types";

export interface ThemePile {
  readonly theme: Theme;
  readonly notes: readonly Note[];
}

export interface Piles {
  readonly free: readonly Note[];
  readonly themes: readonly ThemePile[];
  /** Notes of the question that nobody has turned over yet. */
  readonly unturned: number;
}

/** Changes that were sent but are not yet in the records. */
export interface Ahead {
  /** Note → its theme to be, null for none. */
  readonly notes: ReadonlyMap<string, string | null>;
  readonly themes: readonly Theme[];
}

export const NOTHING_AHEAD: Ahead = { notes: new Map(), themes: [] };

export function piles(
  notes: readonly Note[],
  themes: readonly Theme[],
  of: string,
  ahead: Ahead = NOTHING_AHEAD,
): Piles {
  const known = new Set(themes.map((theme) => theme.id));
  const all = inOrder(
    [...themes, ...ahead.themes.filter((theme) => !known.has(theme.id))].filter((theme) => theme.of === of),
  );
  const lists = new Map<string, Note[]>(all.map((theme) => [theme.id, []]));
  const free: Note[] = [];
  let unturned = 0;
  for (const note of notes.filter((note) => note.activity === of).sort(byRank)) {
    if (note.face === "stopped") {
      unturned += 1;
      continue;
    }
    const moving = ahead.notes.get(note.id);
    const list = lists.get((moving === undefined ? note.theme : moving) ?? "") ?? free;
    list.push(note);
  }
  // Pending notes go to the end of their pile, as they will when stored.
  for (const list of [free, ...lists.values()])
    if (list.some((note) => ahead.notes.has(note.id)))
      list.sort((a, b) => Number(ahead.notes.has(a.id)) - Number(ahead.notes.has(b.id)) || byRank(a, b));
  return { free, themes: all.map((theme) => ({ theme, notes: lists.get(theme.id) ?? [] })), unturned };
}

const byRank = (a: Note, b: Note) => a.rank - b.rank || (a.id < b.id ? -1 : 1);

/** The paper for a new theme: the one used least, that of the free notes last. */
export function freshPaper(themes: readonly Theme[], own: Paper): Paper {
  const uses = (paper: Paper) => themes.filter((theme) => theme.paper === paper).length;
  const after = PAPERS.indexOf(own) + 1;
  const turn = [...PAPERS.slice(after), ...PAPERS.slice(0, after)];
  return turn.reduce((best, paper) => (uses(paper) < uses(best) ? paper : best));
}

/** Every id in the order the board draws it, for selecting with Shift. */
export const reading = ({ free, themes }: Piles): string[] => [
  ...free.map((note) => note.id),
  ...themes.flatMap(({ notes }) => notes.map((note) => note.id)),
];

/** The theme of a note, or undefined when it is ungrouped. */
export const pileOf = ({ themes }: Piles, note: string): ThemePile | undefined =>
  themes.find(({ notes }) => notes.some(({ id }) => id === note));

/** What Ctrl+A selects: the group of the focused note; everything when that is selected already. */
export function everything(all: Piles, focused: string | null, picked: ReadonlySet<string>): string[] {
  const pile = focused === null ? undefined : pileOf(all, focused)?.notes;
  const ids = (pile ?? all.free).map(({ id }) => id);
  return ids.every((id) => picked.has(id)) ? reading(all) : ids;
}

/** The `before` of a command to move one place on or back; undefined if there is no such place. */
export function before(
  themes: readonly { readonly id: string }[],
  id: string,
  by: 1 | -1,
): string | null | undefined {
  const at = themes.findIndex((theme) => theme.id === id);
  if (at < 0 || at + by < 0 || at + by >= themes.length) return undefined;
  return by < 0 ? themes[at - 1]?.id : (themes[at + 2]?.id ?? null);
}
