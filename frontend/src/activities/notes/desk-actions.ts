/** P2.1–P2.4 on the desk: silent writing to one question. */
import type { Action, DeskContext } from "../../desk/part";
import * as writing from "../../writing/desk-actions";

export const questionOf = ({ item }: DeskContext): string =>
  item.activity === "notes" ? item.settings.question : item.title;

export const actions = (context: DeskContext): Action[] =>
  writing.actions(context, { question: questionOf(context) });
