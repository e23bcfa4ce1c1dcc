/** P3.1 on the desk: what is drawn and what can be done, from the records. */
import type { Item } from "../../board/types";
import { cardActions, nextAction, type Fields } from "../../desk/fields/card-actions";
import { cardsIn, TRAY, type Card, type Field } from "../../desk/fields/fields";
import { placing, putWords } from "../../desk/fields/placing.svelte";
import type { Action, DeskContext } from "../../desk/part";
import { t } from "../../words";
import { cards, placed, recordOf, type Side } from "./desk-cards";

const SIDES: readonly Side[] = ["can", "cannot"];

export const cardsOf = (context: DeskContext): Card[] => {
  const now = placing(context);
  return cards(context.board, context.item as Extract<Item, { activity: "influence" }>, now.ahead(context), {
    unnamed: t("desk.theme.unnamed"),
    word: (theme) => now.word(context, theme),
  });
};

export const fields = (): Field[] =>
  SIDES.map((side, at) => ({
    id: side,
    label: t(`influence.desk.${side}`),
    help: t(`influence.desk.${side}_help`),
    key: String(at + 1),
    main: side === "can",
    column: at + 1,
    row: 1,
    examples: ([1, 2, 3] as const).map((n) => t(`influence.desk.example.${side}.${n}`)),
  }));

/** P3.1: a theme is placed in one of the two fields, or taken out again. */
export async function put(context: DeskContext, id: string, to: string): Promise<void> {
  const field = to === "can" || to === "cannot" ? to : null;
  if ((placed(context.board).get(id) ?? null) === field) return;
  const record = recordOf(id);
  const name = cardsOf(context).find((card) => card.id === id)?.name ?? "";
  const label = field ? t(`influence.desk.${field}`) : "";
  const base = context.board.seqOf(record);
  const command = { type: "influence.place", theme: id, base, field } as const;
  await placing(context).put(context, id, to, record, command, putWords(name, to, label));
}

const fieldsOf = (context: DeskContext): Fields => ({
  fields: fields(),
  cards: cardsOf(context),
  tray: t("influence.desk.tray"),
  put: (id, field) => put(context, id, field),
});

export function actions(context: DeskContext): Action[] {
  const all = fieldsOf(context);
  const next = nextAction(context, all.cards, [TRAY], t("influence.desk.next_after"));
  const label = (field: Field) =>
    t(field.id === "can" ? "influence.desk.to_can" : "influence.desk.to_cannot");
  return [...(next ? [next] : []), ...cardActions(context, all, label)];
}

export function script(context: DeskContext): string[] {
  const all = cardsOf(context);
  const done = all.length > 0 && cardsIn(all, TRAY).length === 0;
  return (done ? ["done.1", "done.2"] : ["1", "2", "3", "4"]).map((line) => `influence.desk.script.${line}`);
}

export function fact(context: DeskContext): string | undefined {
  const all = cardsOf(context);
  const n = all.length - cardsIn(all, TRAY).length;
  return all.length === 0 ? undefined : t("influence.desk.fact", { n, of: all.length });
}
