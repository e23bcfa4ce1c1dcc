/** P2.6 on the desk: the notes of one question are gathered into themes, and four questions are answered. */
import type { Item } from "../../engine/types";
import type { DeskPart, Form } from "../../desk/part";
import { actions, fact, left, script } from "./desk-actions";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";
import type { Clustering } from "./desk-sorting.svelte";

const form: Form = {
  Fields,
  fresh: (items) => {
    const question = items.filter(({ activity }) => activity === "notes").at(-1);
    return question ? { of: question.id } : null;
  },
};

/** P2.6: meaningful names, and answers that can be extended. */
const examples = [1, 2, 3, 4].map((n) => `clustering.desk.example.${n}`);

const notes = (item: Item) => (item as Clustering).settings.of;

export default { Board, form, actions, notes, script, examples, fact, left } satisfies DeskPart;
