/** P2.6 on the desk: the notes of one question are gathered into themes, and four questions are answered. */
import type { DeskPart } from "../../desk/part";
import { actions, fact, script } from "./desk-actions";
import Board from "./DeskBoard.svelte";

export default { Board, actions, script, fact } satisfies DeskPart;
