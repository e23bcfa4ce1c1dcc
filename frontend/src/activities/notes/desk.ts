/** P2.1–P2.5 on the desk: the notes of one question, from silent writing to turned over. */
import type { DeskPart, Form } from "../../desk/part";
import { fact, minutes, phones } from "../../writing/desk-actions";
import { actions } from "./desk-actions";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";
import { examples, script } from "./desk-script";

const form: Form = {
  Fields,
  fresh: () => ({ question: "", paper: "korn", mode: "anonymous", finish_seconds: 20 }),
};

export default { Board, form, actions, script, phones, examples, fact, minutes } satisfies DeskPart;
