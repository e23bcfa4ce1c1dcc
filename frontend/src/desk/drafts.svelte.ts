/** Answers while they are written on the desk: nobody's words are lost when two write at once (E1). */
import { SvelteMap } from "svelte/reactivity";
import type { DeskOrder } from "../engine/types";
import { OpenDrafts, type Typed } from "./open-drafts";
import type { DeskContext } from "./part";
import { fieldKey, keepWords, keptWords } from "./words-kept";
import { t } from "../words";

/** Where the answers of a kind of activity lie, and how one is asked for. */
export interface Answers<K> {
  /** The id of the record. */
  record(activity: string, question: K): string;
  read(board: DeskContext["board"], activity: string, question: K): string;
  order(activity: string, question: K, base: number, text: string): DeskOrder;
}

interface Draft extends Typed {
  /** The activity it belongs to: the field is left, too, when the meeting has moved on. */
  activity: string;
  /** The number the answer had when it was opened here. */
  base: number;
  /** Where this browser keeps it. */
  kept: string;
}

export class Drafts<K extends string | number> {
  readonly #drafts = new OpenDrafts<K, Draft>();
  #saved = new SvelteMap<K, boolean>();

  constructor(readonly answers: Answers<K>) {}

  /** What stands in the field here, undefined when it is the answer as everybody has it. */
  text(question: K): string | undefined {
    return this.#drafts.get(question)?.text;
  }

  /** What somebody else wrote at the same time; the field keeps what was typed here until that is settled. */
  other(question: K): string | undefined {
    return this.#drafts.get(question)?.other;
  }

  saved(question: K): boolean {
    return this.#saved.get(question) ?? false;
  }

  open(context: DeskContext, question: K): void {
    const { id: activity } = context.item;
    const base = context.board.seqOf(this.answers.record(activity, question));
    const text = this.answers.read(context.board, activity, question);
    const kept = fieldKey(context.workshop, this.answers.record(activity, question));
    this.#drafts.open(question, { activity, text, base, kept });
  }

  write(question: K, text: string): void {
    this.#drafts.write(question, text);
    this.#saved.delete(question);
    const draft = this.#drafts.get(question);
    if (draft) keepWords(draft.kept, JSON.stringify({ text, base: draft.base }));
  }

  /** G32: what was typed here and not stored, before the session ended or the page was loaded again. */
  restore(context: DeskContext, question: K): void {
    const record = this.answers.record(context.item.id, question);
    const kept = keptWords(fieldKey(context.workshop, record));
    if (kept === null) return;
    const { text, base } = JSON.parse(kept) as { text: string; base: number };
    this.open(context, question);
    const draft = this.#drafts.get(question);
    if (draft) this.#drafts.set(question, { ...draft, text, base });
  }

  /** When the field is left. Nothing is sent when nothing was typed. */
  async save(context: DeskContext, question: K): Promise<void> {
    const draft = this.#drafts.ready(question);
    if (!draft) return;
    const { activity, base: seen } = draft;
    const seq = () => context.board.seqOf(this.answers.record(activity, question));
    const standing = () => this.answers.read(context.board, activity, question);
    if (draft.text.trim() === standing()) {
      keepWords(draft.kept, "");
      return this.#drafts.drop(question);
    }
    const answer = await context.send(this.answers.order(activity, question, seen, draft.text.trim()));
    if (answer.stored) {
      keepWords(draft.kept, "");
      this.#saved.set(question, true);
      return this.#drafts.stored(question, draft, { base: seq() });
    }
    const now = this.#drafts.get(question);
    if (answer.code !== "stale" || !now) return;
    const fresh = answer.fresh?.record;
    const other = fresh && "text" in fresh ? String(fresh.text) : standing();
    const base = answer.fresh?.seq ?? seq();
    this.#drafts.set(question, { ...now, base, other });
    context.announce(t("desk.answer.both"));
  }

  /** Both answers are kept, the other's first. */
  async join(context: DeskContext, question: K): Promise<void> {
    const draft = this.#drafts.get(question);
    if (draft?.other === undefined) return;
    const text = [draft.other, draft.text].filter((part) => part.trim() !== "").join("\n");
    const { other: _, ...own } = draft;
    this.#drafts.set(question, { ...own, text });
    await this.save(context, question);
  }

  theirs(question: K): void {
    const draft = this.#drafts.get(question);
    if (draft) keepWords(draft.kept, "");
    this.#drafts.drop(question);
  }
}
