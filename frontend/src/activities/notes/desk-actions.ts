/** P2.1–P2.4 on the desk: silent writing on one question, then turned over, or told in turn. */
import type { Action, DeskContext } from "../../desk/part";
import { t } from "../../words";
import * as writing from "../../parts/notes/desk-actions";
import { stateOf } from "../../parts/notes/desk-state";
import { isLinked } from "../../parts/by_link/by-link";
import { linkActions } from "../../parts/by_link/desk-actions";
import { isInTurn, tellingOf } from "./in-turn";

export const questionOf = ({ item }: DeskContext): string =>
  item.activity === "notes" ? item.settings.question : item.title;

export function actions(context: DeskContext): Action[] {
  const all = writing.actions(context, { question: questionOf(context) });
  const course = isInTurn(context.item) ? inTurn(context, all) : byLink(context, all);
  return mayExchange(context) ? [...course, exchange(context)] : course;
}

/** W11: while phones write by link for days, the main action is the link; stopping stays possible. */
function byLink(context: DeskContext, all: Action[]): Action[] {
  const { step } = stateOf(context);
  if (step !== "before" && step !== "writing") return all;
  if (!isLinked(context.item, context.clock.now))
    return step === "before" ? [...all, ...linkActions(context)] : all;
  const others = all.filter(({ id }) => id !== "notes.start");
  return [...linkActions(context), ...others.map((each) => ({ ...each, primary: false }))];
}

/** P2.2: the turn is passed instead of turning the notes. */
function inTurn(context: DeskContext, all: Action[]): Action[] {
  const { step } = stateOf(context);
  const silent = step === "before" || step === "writing";
  const others = all
    .filter(
      ({ id }) => id !== "notes.turn_all" && id !== "notes.turn_one" && !(silent && id === "notes.add_paper"),
    )
    .map((each) =>
      each.after && each.id === "notes.stop" ? { ...each, after: t("notes.desk.stop.in_turn") } : each,
    );
  return context.live && !silent ? [passWord(context), ...others] : others;
}

function passWord(context: DeskContext): Action {
  const { begun, left } = tellingOf(context.board, context.item);
  return {
    id: "notes.pass_word",
    label: t(begun ? "notes.desk.pass_on" : "notes.desk.pass_word"),
    after: t("notes.desk.in_hand", { n: left }),
    primary: left > 0,
    run: async () => {
      await context.send({ type: "notes.pass_word", activity: context.item.id });
    },
  };
}

/** Until the room knows of a note; the server has the last word. */
function mayExchange(context: DeskContext): boolean {
  const { step, cards } = stateOf(context);
  return context.live && (step === "before" || step === "writing") && cards === 0;
}

/** P2.2: the other mode. */
function exchange(context: DeskContext): Action {
  const { board, item } = context;
  const mode = isInTurn(item) ? ("anonymous" as const) : ("in_turn" as const);
  return {
    id: "notes.mode",
    label: t(`notes.desk.mode.${mode}.instead`),
    run: async () => {
      const { id, activity, title, settings } = item;
      const answer = await context.send({
        type: "agenda.become",
        item: id,
        base: board.seqOf(id),
        activity,
        title,
        settings: { ...settings, mode, open_until: null },
      });
      if (answer.stored) context.toast(t(`notes.desk.mode.${mode}.now`));
    },
  };
}
