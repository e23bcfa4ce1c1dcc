/** P2.1–P2.5 on the desk: the notes of one question, from silent writing to turned over. */
import type { DeskContext, DeskPart, Form } from "../../desk/part";
import { fact, minutes, phones as phonesOf } from "../../writing/desk-actions";
import { stateOf } from "../../writing/desk-state";
import { actions } from "./desk-actions";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";
import { examples, script } from "./desk-script";
import { isInTurn } from "./in-turn";

const form: Form = {
  Fields,
  fresh: () => ({ question: "", paper: "korn", mode: "anonymous", finish_seconds: 20 }),
};

/** P2.2: where people tell in turn the phones have their own notes to hang up. */
function phones(context: DeskContext): string {
  const { step } = stateOf(context);
  const telling = isInTurn(context.item) && step !== "before" && step !== "writing";
  return telling ? "notes.desk.phones.telling" : phonesOf(context);
}

export default { Board, form, actions, script, phones, examples, fact, minutes } satisfies DeskPart;
