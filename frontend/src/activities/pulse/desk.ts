/** P5.1, P5.2 on the desk: which theme, until when, and the one release. */
import { THRESHOLD } from "../../contract/agenda.gen";
import { PULSE_SPAN } from "../../contract/pulse.gen";
import type { DeskPart, Form } from "../../desk/part";
import { actions, examples, fact, left, phones, script } from "./desk-actions";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";

const form: Form = {
  Fields,
  fresh: () => ({ theme: null, name: "", open_until: null, span: PULSE_SPAN, threshold: THRESHOLD }),
};

export default { Board, form, actions, script, phones, examples, fact, left } satisfies DeskPart;
