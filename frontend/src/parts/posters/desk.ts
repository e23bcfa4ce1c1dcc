/** P4.1–P4.4 on the desk, the same for both tools. */
import { FINISH_SECONDS } from "../../contract/writing.gen";
import type { Item } from "../../engine/types";
import type { DeskPart, Form } from "../../desk/part";
import { minutes } from "../notes/desk-actions";
import { actions, examples, fact, left, phones, script } from "./desk-actions";
import Fields from "./DeskForm.svelte";
import Board from "./PosterDesk.svelte";

const form: Form = { Fields, fresh: () => ({ theme: null, name: "", finish_seconds: FINISH_SECONDS }) };

const notes = ({ id }: Item) => id;

export const posterDesk: DeskPart = {
  Board,
  form,
  actions,
  notes,
  script,
  phones,
  examples,
  fact,
  left,
  minutes,
};
