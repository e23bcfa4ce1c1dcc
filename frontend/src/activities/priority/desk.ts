/**
 * P3.2, P3.3 on the desk: themes are placed by what is important and what is urgent, and two or three are chosen.
 * P3.4: before that, on everybody's own phone.
 */
import type { DeskPart } from "../../desk/part";
import { actions, fact, left, phones, script } from "./desk-actions";
import Board from "./DeskBoard.svelte";

export default { Board, actions, script, phones, left, fact } satisfies DeskPart;
