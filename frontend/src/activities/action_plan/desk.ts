/** P4.5–P4.7 on the desk: the action plan, a row for each action, edited in front of everybody. */
import type { DeskPart, Form } from "../../desk/part";
import { actions, fact, left, phones, script } from "./desk-actions";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";

const form: Form = { Fields, fresh: () => ({ view: "plan" }) };

export default { Board, form, actions, script, phones, fact, left } satisfies DeskPart;
