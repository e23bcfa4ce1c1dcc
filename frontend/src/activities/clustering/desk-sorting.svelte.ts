/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets are replaced as a whole, never changed in place */
/** The state of the desk during clustering: moving, naming, answering. */
import { nameOf, themesOf } from "../../parts/themes/themes";
import { newId } from "../../engine/ids";
import type { Item, Note, Paper, Theme } from "../../engine/types";
import { Hand, type Move } from "../../desk/hand.svelte";
import type { DeskContext } from "../../desk/part";
import { fieldKey, keepWords } from "../../desk/words-kept";
import { t } from "../../words";
import { freshPaper, piles, pileOf, type Piles } from "./desk-piles";
import { putNotes, putTheme, type Target } from "./desk-targets";

export type Clustering = Extract<Item, { activity: "clustering" }>;

export class Sorting {
  readonly hand = new Hand<Target>("clustering.desk");
  /** The theme whose name has the caret. */
  naming: string | null = $state(null);
  /** The questions have been open, so going on without all answers is a choice. */
  answeredOnce = $state(false);
  /** The facilitator chose to leave loose notes, so stop asking about them. */
  leftLoose = $state(false);
  /** U24: themes of which only the heading is drawn. */
  folded: ReadonlySet<string> = $state.raw(new Set());
  /** U24: how large everything is drawn, as a share. */
  zoom = $state(1);
  /** U24: the search in notes and themes; null while nobody searches. */
  search: string | null = $state(null);
  /** U24: a reading order for the loose notes, or null for none. Later notes go to the end. */
  reading: ReadonlyMap<string, number> | null = $state.raw(null);
  /** The search result to scroll to. */
  goto: string | null = $state(null);
  #answering = $state(false);
  /** The theme that was made last, until the records have it. */
  #fresh: readonly Theme[] = $state.raw([]);
  #made: Promise<unknown> = Promise.resolve();

  /** The panel with the four questions is open. */
  get answering(): boolean {
    return this.#answering;
  }

  set answering(open: boolean) {
    this.#answering = open;
    if (open) this.answeredOnce = true;
  }

  fold(ids: readonly string[], folded: boolean): void {
    const rest = [...this.folded].filter((id) => !ids.includes(id));
    this.folded = new Set(folded ? [...rest, ...ids] : rest);
  }

  /** The board with pending commands applied, so that things stay where they were dropped. */
  piles({ board, item }: DeskContext): Piles {
    const notes = this.hand.ahead(board);
    const wanted = new Set(notes.values());
    const themes = this.#fresh.filter((theme) => wanted.has(theme.id));
    const all = piles(board.all("note"), themesOf(board), (item as Clustering).settings.of, {
      notes,
      themes,
    });
    const { reading } = this;
    if (reading === null) return all;
    const place = ({ id }: Note) => reading.get(id) ?? Infinity;
    return {
      ...all,
      free: [...all.free].sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0)),
    };
  }

  /** Sort loose notes by similarity on this desk, or restore their order. */
  async readAlike(context: DeskContext, on: boolean): Promise<void> {
    // Loaded on demand: its word list is as large as a board, and few use it.
    const order = on ? (await import("./desk-alike")).chain(this.piles(context).free) : null;
    this.reading = order && new Map(order.map((id, at) => [id, at]));
  }

  /** Drops what is being dragged. */
  async down(context: DeskContext): Promise<void> {
    const dropped = this.hand.drop();
    if (!dropped) return;
    const { ids, target, base } = dropped;
    const [first = ""] = ids;
    if (this.piles(context).themes.some(({ theme }) => theme.id === first))
      await this.putTheme(context, first, target, base);
    else await this.putNotes(context, ids, target, base);
  }

  async putNotes(
    context: DeskContext,
    ids: readonly string[],
    target: Target,
    base = (id: string) => context.board.seqOf(id),
  ): Promise<void> {
    const { board, item } = context;
    const all = this.piles(context);
    // Hidden notes stay where they are until they are shown again.
    const seen = ids.filter((id) => board.one("note", id)?.face === "up");
    if (seen.length === 0) return context.toast(t("clustering.desk.hidden_stay"));
    const themes = all.themes.map(({ theme }) => theme);
    const command = putNotes(target, seen, {
      activity: item.id,
      base,
      newId,
      paper: freshPaper(themes, ownPaper(context)),
      themeOf: (id) => pileOf(all, id)?.theme.id ?? null,
    });
    if (command?.type !== "clustering.move_notes" && command?.type !== "clustering.make_theme")
      return context.announce(t("clustering.desk.put_back"));

    const to = command.theme;
    const moved = command.notes.map(({ note }) => note);
    const moves = command.notes.map(({ note, base }): [string, Move] => [note, { record: note, base, to }]);
    const made = command.type === "clustering.make_theme";
    if (made) {
      const { theme: id, name, paper } = command;
      const of = (item as Clustering).settings.of;
      this.#fresh = [
        {
          kind: "theme",
          id,
          name,
          paper,
          of,
          position: Number.MAX_VALUE,
          agenda_place: Number.MAX_VALUE,
          strength: false,
        },
      ];
      this.naming = id;
    }
    context.selection.clear();
    const answer = this.hand.send(context, command, moved, new Map(moves));
    if (made) this.#made = answer;
    const stored = await answer;
    if (!stored && made && this.naming === to) this.naming = null;
    if (!stored) return;
    const n = moved.length;
    const theme = board.one("theme", to);
    if (made) context.announce(t("clustering.desk.made", { n }));
    else if (theme) context.announce(t("clustering.desk.moved", { n, theme: nameOf(theme) }));
    else context.announce(t("clustering.desk.freed", { n }));
  }

  async putTheme(
    context: DeskContext,
    id: string,
    target: Target,
    base = (id: string) => context.board.seqOf(id),
  ): Promise<void> {
    const { board } = context;
    const theme = board.one("theme", id);
    const command = theme && putTheme(target, id, { base });
    if (!command) return context.announce(t("clustering.desk.put_back"));
    const into = command.type === "clustering.merge" ? board.one("theme", command.into) : undefined;
    if (!(await this.hand.send(context, command, [id]))) return;
    if (into) {
      context.selection.wanted = into.id;
      context.announce(t("clustering.desk.merged", { theme: nameOf(theme), into: nameOf(into) }));
    } else context.announce(t("clustering.desk.ordered", { theme: nameOf(theme) }));
  }

  /** Save the typed name; waits for the theme if it was only just made. */
  async rename(context: DeskContext, id: string, typed: string): Promise<void> {
    const name = typed.trim().replace(/\s+/g, " ");
    if (this.naming === id) this.naming = null;
    await this.#made;
    const theme = context.board.one("theme", id);
    const base = context.board.seqOf(id);
    const command = { type: "clustering.rename", theme: id, base, name } as const;
    const done = t("clustering.desk.renamed", { theme: name });
    if (!theme || theme.name === name || (await this.ask(context, command, id, done)))
      keepWords(nameKept(context, id), "");
  }

  /** Send a command about one theme and announce the result. */
  async ask(context: DeskContext, command: Parameters<DeskContext["send"]>[0], id: string, done: string) {
    const stored = await this.hand.send(context, command, [id]);
    if (stored) context.announce(done);
    return stored;
  }
}

/** The paper of the notes that are gathered. */
export function ownPaper({ board, item }: DeskContext): Paper {
  const notes = board.one("item", (item as Clustering).settings.of);
  return notes?.activity === "notes" ? notes.settings.paper : "korn";
}

/** The beginning of a note, short enough for a sentence. */
export const short = (note: Note): string =>
  note.text.length > 42 ? `${note.text.slice(0, 40).trimEnd()}…` : note.text;

/** Where this browser keeps the name of a theme while it is typed. */
export const nameKept = ({ workshop }: Pick<DeskContext, "workshop">, theme: string): string =>
  fieldKey(workshop, `name ${theme}`);

/** The same for the board and for its actions. */
export const sorting = (context: DeskContext): Sorting => context.state(Sorting);
