/** What is waiting after the stop and why (A11), and what that means for a small group (2.5), as text for the desk. */
import type { DeskContext } from "../../desk/part";
import { t } from "../../words";
import type { State } from "./desk-state";

export interface Waiting {
  /** What comes when. */
  readonly text: string;
  /** What is known about late notes, as long as they are not let in. */
  readonly late?: string;
}

/** Undefined while people write, after the end, and before there is anything. */
export function waiting(context: DeskContext, state: State): Waiting | undefined {
  const { step } = state;
  if (step === "before" || step === "writing" || isOver(context)) return undefined;
  // P2.2, in turn: no notes are late, and everybody sees whose note it is.
  if (isToldInTurn(context)) return { text: t("notes.desk.waits.in_turn") };
  const until = step === "turned" ? "turned" : "stopped";
  if (state.lettingIn) return { text: t(`notes.desk.waits.both.${until}`) };
  return {
    text: t(`notes.desk.waits.changes.${until}`),
    // Shown only in steps of three, so there may be more.
    late: t("notes.desk.late", { n: state.late }),
  };
}

/** Whether late notes can still be let in. */
export const mayLetIn = (context: DeskContext, state: State): boolean =>
  waiting(context, state)?.late !== undefined;

/** 2.5: whether so few people are here that wording reveals authors, while notes are written and turned over. */
export function isSmall(context: DeskContext, state: State): boolean {
  const { phones } = context.connection.presence;
  const { least } = context.board;
  return context.live && state.step !== "turned" && !isToldInTurn(context) && phones > 0 && phones < least;
}

const isOver = ({ board, workshop }: DeskContext): boolean =>
  board.one("workshop", workshop)?.state === "ended";

const isToldInTurn = ({ item }: DeskContext): boolean =>
  "mode" in item.settings && item.settings.mode === "in_turn";
