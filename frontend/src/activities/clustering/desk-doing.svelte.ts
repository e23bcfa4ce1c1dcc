/** What the desk is in the middle of on the board of themes: in the hand, on its way to the server, being named. */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets are replaced as a whole, never changed in place */
import { newId } from "../../board/ids";
import type { Answered, Item, Note, Theme } from "../../board/types";
import type { DeskContext } from "../../desk/part";
import { t } from "../../words";
import { freshPaper, piles, pileOf, type Piles } from "./desk-piles";
import { putNotes, putTheme, type Target } from "./desk-targets";

export interface Hand {
  readonly what: "notes" | "theme";
  /** The first is the one that was taken; the others come along. */
  readonly ids: readonly string[];
  readonly by: "pointer" | "keys";
}

/** How long a note says that somebody else has moved it. */
const SAID = 5_000;

export type Clustering = Extract<Item, { activity: "clustering" }>;

export class Doing {
  hand: Hand | null = $state.raw(null);
  target: Target | null = $state.raw(null);
  /** The theme whose name has the caret. */
  naming: string | null = $state(null);
  /** The questions have been up: going on without answers to all of them is a choice then. */
  answeredOnce = $state(false);
  /** The note or theme that is to get the focus; the board takes it from here. */
  wanted: string | null = $state(null);
  /** Notes and themes that were changed by somebody else while they were in the hand here. */
  taken: ReadonlySet<string> = $state.raw(new Set());

  #notes: ReadonlyMap<string, { theme: string | null; base: number }> = $state.raw(new Map());
  #themes: readonly Theme[] = $state.raw([]);
  #answering = $state(false);
  /** What leads in the hand, beside the rune: when something is taken off the page a rune still says what was before. */
  lead: string | null = null;
  /** The numbers that what is in the hand had when it was taken: a change meanwhile is somebody else's. */
  #bases: ReadonlyMap<string, number> = new Map();
  #made: Promise<unknown> = Promise.resolve();

  /** The panel with the four questions is open. */
  get answering(): boolean {
    return this.#answering;
  }

  set answering(open: boolean) {
    this.#answering = open;
    if (open) this.answeredOnce = true;
  }

  /** The board with what is on its way already done: what was put down lies where it was put. */
  piles({ board, item }: DeskContext): Piles {
    const of = (item as Clustering).settings.of;
    const notes = new Map(
      [...this.#notes]
        .filter(([id, { base }]) => board.seqOf(id) === base)
        .map(([id, { theme }]) => [id, theme]),
    );
    const wanted = new Set(notes.values());
    const themes = this.#themes.filter((theme) => wanted.has(theme.id));
    return piles(board.all("note"), board.all("theme"), of, { notes, themes });
  }

  take(context: DeskContext, hand: Hand): void {
    this.hand = hand;
    this.lead = hand.ids[0] ?? null;
    this.target = null;
    this.#bases = new Map(hand.ids.map((id) => [id, context.board.seqOf(id)]));
    context.connection.hold(hand.ids[0] ?? null);
  }

  /** Back to where it was. */
  back(context: DeskContext): void {
    this.hand = null;
    this.lead = null;
    this.target = null;
    context.connection.hold(null);
  }

  /** Somebody else has moved what is in the hand. */
  lost(context: DeskContext, id: string): void {
    this.back(context);
    this.#say(context, [id]);
  }

  /** Puts down what is in the hand. */
  async down(context: DeskContext): Promise<void> {
    const { hand, target } = this;
    const bases = this.#bases;
    this.back(context);
    if (!hand) return;
    if (!target) return context.announce(t("clustering.desk.put_back"));
    if (hand.what === "theme") await this.putTheme(context, hand.ids[0] ?? "", target, bases);
    else await this.putNotes(context, hand.ids, target, bases);
  }

  async putNotes(
    context: DeskContext,
    ids: readonly string[],
    target: Target,
    bases: ReadonlyMap<string, number> = new Map(),
  ): Promise<void> {
    const { board, item } = context;
    const all = this.piles(context);
    // What the room may not see stays where it is until it is shown again.
    const seen = ids.filter((id) => board.one("note", id)?.face === "up");
    if (seen.length === 0) return context.toast(t("clustering.desk.hidden_stay"));
    const themes = all.themes.map(({ theme }) => theme);
    const notes = board.one("item", (item as Clustering).settings.of);
    const own = notes?.activity === "notes" ? notes.settings.paper : "korn";
    const command = putNotes(target, seen, {
      activity: item.id,
      base: (id) => bases.get(id) ?? board.seqOf(id),
      newId,
      paper: freshPaper(themes, own),
      themeOf: (id) => pileOf(all, id)?.theme.id ?? null,
    });
    if (command?.type !== "clustering.move_notes" && command?.type !== "clustering.make_theme")
      return context.announce(t("clustering.desk.put_back"));

    const ahead = new Map(this.#notes);
    for (const { note, base } of command.notes) ahead.set(note, { theme: command.theme, base });
    this.#notes = ahead;
    const made = command.type === "clustering.make_theme";
    if (made) {
      const { theme: id, name, paper } = command;
      const of = (item as Clustering).settings.of;
      this.#themes = [{ kind: "theme", id, name, paper, of, position: Number.MAX_VALUE }];
      this.naming = id;
    }
    context.selection.clear();
    const answer = context.send(command);
    if (made) this.#made = answer;
    const moved = command.notes.map(({ note }) => note);
    if (await this.#went(context, answer, moved)) {
      const n = moved.length;
      const theme = board.one("theme", command.theme);
      if (made) context.announce(t("clustering.desk.made", { n }));
      else if (theme) context.announce(t("clustering.desk.moved", { n, theme: nameOf(theme) }));
      else context.announce(t("clustering.desk.freed", { n }));
    } else if (made && this.naming === command.theme) this.naming = null;
    this.#forget(command.notes);
  }

  async putTheme(
    context: DeskContext,
    id: string,
    target: Target,
    bases: ReadonlyMap<string, number> = new Map(),
  ): Promise<void> {
    const { board } = context;
    const theme = board.one("theme", id);
    const command = theme && putTheme(target, id, { base: (of) => bases.get(of) ?? board.seqOf(of) });
    if (!command) return context.announce(t("clustering.desk.put_back"));
    const into = command.type === "clustering.merge" ? board.one("theme", command.into) : undefined;
    if (!(await this.#went(context, context.send(command), [id]))) return;
    if (into) {
      this.wanted = into.id;
      context.announce(t("clustering.desk.merged", { theme: nameOf(theme), into: nameOf(into) }));
    } else context.announce(t("clustering.desk.ordered", { theme: nameOf(theme) }));
  }

  /** Keeps the name that was typed; waits for the theme itself when it has only just been made. */
  async rename(context: DeskContext, id: string, typed: string): Promise<void> {
    const name = typed.trim().replace(/\s+/g, " ");
    if (this.naming === id) this.naming = null;
    await this.#made;
    const theme = context.board.one("theme", id);
    if (!theme || theme.name === name) return;
    const answer = context.send({
      type: "clustering.rename",
      theme: id,
      base: context.board.seqOf(id),
      name,
    });
    if (await this.#went(context, answer, [id]))
      context.announce(t("clustering.desk.renamed", { theme: name }));
  }

  /** Sends something about one theme or note and says what came of it. */
  async ask(context: DeskContext, command: Parameters<DeskContext["send"]>[0], id: string, done: string) {
    if (await this.#went(context, context.send(command), [id])) context.announce(done);
  }

  /** True when it was stored. Else everything glides back, with a word when somebody else was first. */
  async #went(context: DeskContext, answer: Promise<Answered>, ids: readonly string[]): Promise<boolean> {
    const answered = await answer;
    if (answered.stored) return true;
    this.#notes = new Map([...this.#notes].filter(([id]) => !ids.includes(id)));
    if (answered.code !== "stale" && answered.code !== "gone") return false;
    this.#say(context, ids);
    return false;
  }

  #say(context: DeskContext, ids: readonly string[]): void {
    context.announce(t("clustering.desk.taken"));
    this.taken = new Set([...this.taken, ...ids]);
    setTimeout(() => {
      this.taken = new Set([...this.taken].filter((id) => !ids.includes(id)));
    }, SAID);
  }

  /** What was stored is in the records by now, or comes with the next change; it is let go when it has come. */
  #forget(sent: readonly { note: string; base: number }[]): void {
    setTimeout(() => {
      const done = new Set(sent.map(({ note, base }) => `${note} ${base}`));
      this.#notes = new Map([...this.#notes].filter(([id, { base }]) => !done.has(`${id} ${base}`)));
    }, SAID);
  }
}

/** A theme without a name is called so. */
export const nameOf = (theme: Theme): string => theme.name || t("clustering.desk.unnamed");

/** What is first said of a note, short enough for a sentence. */
export const short = (note: Note): string =>
  note.text.length > 42 ? `${note.text.slice(0, 40).trimEnd()}…` : note.text;

const all = new Map<string, Doing>();

/** The same for the board and for its actions, as long as the page is open. */
export function doing({ item }: DeskContext): Doing {
  const known = all.get(item.id) ?? new Doing();
  all.set(item.id, known);
  return known;
}
