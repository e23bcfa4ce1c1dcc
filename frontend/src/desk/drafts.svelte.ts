/** Answers being written on the desk: no words are lost when two people write at once (E1). */
import { SvelteMap } from "svelte/reactivity";
import type { DeskOrder } from "../engine/types";
import { OpenDrafts, type Typed } from "./open-drafts";
import type { DeskContext } from "./part";
import { fieldKey } from "./words-kept";
import { t } from "../words";

/** Where a kind's answers are stored, and how one is addressed. */
export interface Answers<K> {
  /** The id of the record. */
  record(activity: string, question: K): string;
  read(board: DeskContext["board"], activity: string, question: K): string;
  order(activity: string, question: K, base: number, text: string): DeskOrder;
}

interface Draft extends Typed {
  /** Its activity: the field may be left after the meeting has moved on. */
  activity: string;
  /** The number the answer had when it was opened here. */
  base: number;
}

export class Drafts<K extends string | number> {
  readonly #drafts = new OpenDrafts<K, Draft>();
  #saved = new SvelteMap<K, boolean>();

  constructor(readonly answers: Answers<K>) {}

  /** The local text of the field; undefined if it equals the shared answer. */
  text(question: K): string | undefined {
    return this.#drafts.get(question)?.text;
  }

  /** What somebody else wrote at the same time; the field keeps the local text until the conflict is settled. */
  other(question: K): string | undefined {
    return this.#drafts.get(question)?.other;
  }

  saved(question: K): boolean {
    return this.#saved.get(question) ?? false;
  }

  open(context: DeskContext, question: K): void {
    this.#drafts.open(question, this.#fresh(context, question));
  }

  write(question: K, text: string): void {
    this.#drafts.write(question, text);
    this.#saved.delete(question);
  }

  /** G32: put unsaved text back into its field, and save it as if the field had just been left. */
  async restore(context: DeskContext, question: K): Promise<void> {
    if (this.#drafts.restore(question, this.#fresh(context, question))) await this.save(context, question);
  }

  #fresh(context: DeskContext, question: K): Draft {
    const { id: activity } = context.item;
    const record = this.answers.record(activity, question);
    return {
      activity,
      text: this.answers.read(context.board, activity, question),
      base: context.board.seqOf(record),
      kept: fieldKey(context.workshop, `${record} ${String(question)}`),
    };
  }

  /** Save on leaving the field; sends nothing if nothing was typed. */
  async save(context: DeskContext, question: K): Promise<void> {
    const draft = this.#drafts.ready(question);
    if (!draft) return;
    const { activity, base: seen } = draft;
    const seq = () => context.board.seqOf(this.answers.record(activity, question));
    const standing = () => this.answers.read(context.board, activity, question);
    if (draft.text.trim() === standing()) return this.#drafts.drop(question);
    const answer = await context.send(this.answers.order(activity, question, seen, draft.text.trim()));
    if (answer.stored) {
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
    this.#drafts.drop(question);
  }
}
