/** P2.6: the four questions that the group answers when its notes are gathered. */
import { QUESTIONS } from "../../contract/clustering.gen";
import { answerId } from "../../contract/ids/clustering.gen";
import type { Answers } from "../../desk/drafts.svelte";
import type { DeskContext } from "../../desk/part";

type Question = (typeof QUESTIONS)[number];

export const answers: Answers<Question> = {
  record: answerId,
  read: (board, activity, question) => board.one("answer", answerId(activity, question))?.text ?? "",
  order: (activity, question, base, text) => ({ type: "clustering.answer", activity, question, base, text }),
};

export const answered = ({ item, board }: Pick<DeskContext, "item" | "board">): number =>
  QUESTIONS.filter((question) => answers.read(board, item.id, question) !== "").length;
