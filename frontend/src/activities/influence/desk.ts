/** P3.1 on the desk: themes are placed in what can be influenced and what cannot. */
import type { DeskPart } from "../../desk/part";
import { actions, fact, script } from "./desk-actions";
import Board from "./DeskBoard.svelte";

export default { Board, actions, script, fact } satisfies DeskPart;
