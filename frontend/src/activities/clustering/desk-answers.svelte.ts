/** P2.6: answers to the four questions while they are written: nobody's words are lost when two write at once. */
import { SvelteMap } from "svelte/reactivity";
import type { DeskContext } from "../../desk/part";
import { t } from "../../words";

export const QUESTIONS = [1, 2, 3, 4] as const;
export type QuestionNumber = (typeof QUESTIONS)[number];

/** A board and one clustering of it. */
type At = { readonly item: { readonly id: string }; readonly board: DeskContext["board"] };

export const answerId = ({ item }: Pick<At, "item">, question: QuestionNumber) =>
  `answer:${item.id}:${question}`;

export const answerOf = (context: At, question: QuestionNumber): string =>
  context.board.one("answer", answerId(context, question))?.text ?? "";

export const answered = (context: At): number =>
  QUESTIONS.filter((question) => answerOf(context, question) !== "").length;

interface Draft {
  /** The activity it belongs to: the field is left, too, when the meeting has moved on. */
  activity: string;
  text: string;
  /** The number the answer had when it was opened here. */
  base: number;
  /** What somebody else saved meanwhile. */
  other?: string;
}

export class Drafts {
  #drafts = new SvelteMap<QuestionNumber, Draft>();
  #saved = new SvelteMap<QuestionNumber, boolean>();

  /** What stands in the field here, undefined when it is the answer as everybody has it. */
  text(question: QuestionNumber): string | undefined {
    return this.#drafts.get(question)?.text;
  }

  /** What somebody else wrote at the same time; the field keeps what was typed here until that is settled. */
  other(question: QuestionNumber): string | undefined {
    return this.#drafts.get(question)?.other;
  }

  saved(question: QuestionNumber): boolean {
    return this.#saved.get(question) ?? false;
  }

  open(context: DeskContext, question: QuestionNumber): void {
    if (this.#drafts.has(question)) return;
    const base = context.board.seqOf(answerId(context, question));
    this.#drafts.set(question, { activity: context.item.id, text: answerOf(context, question), base });
  }

  write(question: QuestionNumber, text: string): void {
    const draft = this.#drafts.get(question);
    if (draft) this.#drafts.set(question, { ...draft, text });
    this.#saved.delete(question);
  }

  /** When the field is left. Nothing is sent when nothing was typed. */
  async save(context: DeskContext, question: QuestionNumber): Promise<void> {
    const draft = this.#drafts.get(question);
    if (!draft || draft.other !== undefined) return;
    const at: At = { item: { id: draft.activity }, board: context.board };
    if (draft.text.trim() === answerOf(at, question)) return void this.#drafts.delete(question);
    const answer = await context.send({
      type: "clustering.answer",
      activity: draft.activity,
      question,
      base: draft.base,
      text: draft.text.trim(),
    });
    // Typed on meanwhile: that is saved when the field is left again.
    const now = this.#drafts.get(question);
    if (answer.stored) {
      this.#saved.set(question, true);
      if (now?.text === draft.text) this.#drafts.delete(question);
      else if (now) this.#drafts.set(question, { ...now, base: context.board.seqOf(answerId(at, question)) });
      return;
    }
    if (answer.code !== "stale" || !now) return;
    const fresh = answer.fresh?.record;
    const other = fresh?.kind === "answer" ? fresh.text : answerOf(at, question);
    const base = answer.fresh?.seq ?? context.board.seqOf(answerId(at, question));
    this.#drafts.set(question, { ...now, base, other });
    context.announce(t("clustering.desk.answer_both"));
  }

  /** Both answers are kept, the other's first. */
  async join(context: DeskContext, question: QuestionNumber): Promise<void> {
    const draft = this.#drafts.get(question);
    if (draft?.other === undefined) return;
    const text = [draft.other, draft.text].filter((part) => part.trim() !== "").join("\n");
    this.#drafts.set(question, { activity: draft.activity, text, base: draft.base });
    await this.save(context, question);
  }

  theirs(question: QuestionNumber): void {
    this.#drafts.delete(question);
  }
}
