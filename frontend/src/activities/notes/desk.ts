/** P2.1–P2.5 on the desk: the notes of one question, from silent writing to turned over. */
import type { DeskPart } from "../../desk/part";
import Board from "./Desk.svelte";
import { actions, examples, fact, minutes, phones, script } from "./desk-actions";

export default { Board, actions, script, phones, examples, fact, minutes } satisfies DeskPart;
