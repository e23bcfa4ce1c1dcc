/** P2.6 on the desk: the notes of one question are gathered into themes, and four questions are answered. */
import type { DeskPart, Form } from "../../desk/part";
import { actions, fact, script } from "./desk-actions";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";

const form: Form = {
  Fields,
  fresh: (items) => {
    const question = items.findLast(({ activity }) => activity === "notes");
    return question ? { of: question.id } : null;
  },
};

/** P2.6: names that say something, and answers that go on. */
const examples = [1, 2, 3, 4].map((n) => `clustering.desk.example.${n}`);

export default { Board, form, actions, script, examples, fact } satisfies DeskPart;
