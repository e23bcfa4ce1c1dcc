/** P2.6: the four questions that the group answers when its notes are gathered. */
import type { Answers } from "../../desk/drafts.svelte";
import type { DeskContext } from "../../desk/part";

export const QUESTIONS = [1, 2, 3, 4] as const;
type Question = (typeof QUESTIONS)[number];

const record = (activity: string, question: Question) => `answer:${activity}:${question}`;

export const answers: Answers<Question> = {
  record,
  read: (board, activity, question) => board.one("answer", record(activity, question))?.text ?? "",
  order: (activity, question, base, text) => ({ type: "clustering.answer", activity, question, base, text }),
};

export const answered = ({ item, board }: Pick<DeskContext, "item" | "board">): number =>
  QUESTIONS.filter((question) => answers.read(board, item.id, question) !== "").length;
