/** P3.1 on the desk: themes are placed in what can be influenced and what cannot. */
import type { DeskPart, Form } from "../../desk/part";
import { actions, fact, left, phones, script } from "./desk-actions";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";

const form: Form = { Fields, fresh: () => ({ of: [], strengths: false }) };

export default { Board, form, actions, script, phones, left, fact } satisfies DeskPart;
