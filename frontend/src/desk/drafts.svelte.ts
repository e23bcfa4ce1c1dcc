/** Answers while they are written on the desk: nobody's words are lost when two write at once (E1). */
import { SvelteMap } from "svelte/reactivity";
import type { DeskContext } from "./part";
import type { DeskOrder } from "../board/types";
import { t } from "../words";

/** Where the answers of a kind of activity lie, and how one is asked for. */
export interface Answers<K> {
  /** The id of the record. */
  record(activity: string, question: K): string;
  read(board: DeskContext["board"], activity: string, question: K): string;
  order(activity: string, question: K, base: number, text: string): DeskOrder;
}

interface Draft {
  /** The activity it belongs to: the field is left, too, when the meeting has moved on. */
  activity: string;
  text: string;
  /** The number the answer had when it was opened here. */
  base: number;
  /** What somebody else saved meanwhile. */
  other?: string;
}

export class Drafts<K extends string | number> {
  #drafts = new SvelteMap<K, Draft>();
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
    if (this.#drafts.has(question)) return;
    const { id: activity } = context.item;
    const base = context.board.seqOf(this.answers.record(activity, question));
    this.#drafts.set(question, {
      activity,
      text: this.answers.read(context.board, activity, question),
      base,
    });
  }

  write(question: K, text: string): void {
    const draft = this.#drafts.get(question);
    if (draft) this.#drafts.set(question, { ...draft, text });
    this.#saved.delete(question);
  }

  /** When the field is left. Nothing is sent when nothing was typed. */
  async save(context: DeskContext, question: K): Promise<void> {
    const draft = this.#drafts.get(question);
    if (!draft || draft.other !== undefined) return;
    const { activity, base: seen } = draft;
    const seq = () => context.board.seqOf(this.answers.record(activity, question));
    const standing = () => this.answers.read(context.board, activity, question);
    if (draft.text.trim() === standing()) return void this.#drafts.delete(question);
    const answer = await context.send(this.answers.order(activity, question, seen, draft.text.trim()));
    // Typed on meanwhile: that is saved when the field is left again.
    const now = this.#drafts.get(question);
    if (answer.stored) {
      this.#saved.set(question, true);
      if (now?.text === draft.text) this.#drafts.delete(question);
      else if (now) this.#drafts.set(question, { ...now, base: seq() });
      return;
    }
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
    this.#drafts.set(question, { activity: draft.activity, text, base: draft.base });
    await this.save(context, question);
  }

  theirs(question: K): void {
    this.#drafts.delete(question);
  }
}
