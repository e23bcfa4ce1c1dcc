/** P3.2, P3.3 on the desk: themes are placed by what is important and what is urgent, and two or three are chosen. */
import type { DeskPart } from "../../desk/part";
import { actions, fact, script } from "./desk-actions";
import Board from "./DeskBoard.svelte";

export default { Board, actions, script, fact } satisfies DeskPart;
