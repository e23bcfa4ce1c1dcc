/** P2.1–P2.5 on the desk: the notes of one question, from silent writing to turned over. */
import { FINISH_SECONDS } from "../../contract/writing.gen";
import type { Item } from "../../engine/types";
import type { DeskContext, DeskPart, Form } from "../../desk/part";
import { isLinked } from "../../parts/by_link/by-link";
import { fact, left, minutes as clockOf, phones as phonesOf } from "../../parts/notes/desk-actions";
import { stateOf } from "../../parts/notes/desk-state";
import { actions } from "./desk-actions";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";
import { examples, script } from "./desk-script";
import { isInTurn } from "./in-turn";

const form: Form = {
  Fields,
  fresh: () => ({
    question: "",
    paper: "korn",
    about: "own",
    mode: "anonymous",
    open_until: null,
    finish_seconds: FINISH_SECONDS,
  }),
};

/** P2.2: when people tell in turn the phones put up their own notes. */
function phones(context: DeskContext): string {
  const { step } = stateOf(context);
  const telling = isInTurn(context.item) && step !== "before" && step !== "writing";
  return telling ? "notes.desk.phones.telling" : phonesOf(context);
}

const notes = ({ id }: Item) => id;

/** W11: no clock while it is open by link for days. */
const minutes = (context: DeskContext) =>
  isLinked(context.item, context.clock.now) ? null : clockOf(context);

export default {
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
} satisfies DeskPart;
