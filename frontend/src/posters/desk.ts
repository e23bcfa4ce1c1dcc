/** P4.1–P4.4 on the desk, the same for both tools. */
import type { DeskPart, Form } from "../desk/part";
import { minutes } from "../writing/desk-actions";
import { actions, examples, fact, phones, script } from "./desk-actions";
import Fields from "./DeskForm.svelte";
import Board from "./PosterDesk.svelte";

const form: Form = { Fields, fresh: () => ({ theme: null, name: "", finish_seconds: 20 }) };

export const posterDesk: DeskPart = { Board, form, actions, script, phones, examples, fact, minutes };
