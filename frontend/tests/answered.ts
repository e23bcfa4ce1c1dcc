import type { DeskContext, Question } from "../src/desk/part";

/** What a dialog is answered with; a text is stored first, as the dialog does. */
export async function answered(question: Question, answer: string | null): Promise<string | null> {
  if (answer !== null && question.field !== undefined) await question.store(answer);
  return answer;
}

/** For a context whose `send` is stored whatever it is. */
export const storing =
  (send: DeskContext["send"]): DeskContext["store"] =>
  async (order) => {
    const answer = await send(order);
    if (!answer.stored) throw new Error(answer.code);
  };
