/** P3.1 on the desk: what is drawn and what can be done, from the records. */
import { influenceId } from "../../contract/ids/themes.gen";
import type { Item } from "../../engine/types";
import { cardActions, nextAction, type Fields } from "../../desk/fields/card-actions";
import { cardsIn, TRAY, type Card, type Field } from "../../desk/fields/fields";
import { placing } from "../../desk/fields/placing.svelte";
import type { Action, DeskContext } from "../../desk/part";
import type { Said } from "../../desk/say";
import { strengthsOf } from "../../parts/themes/themes";
import { t } from "../../words";
import { groupActions, type Asking } from "../../parts/placing/desk-actions";
import { isAsked, isShown } from "../../parts/placing/placing";
import { cards, placed, type Side } from "./desk-cards";
import { groupOf } from "./group";

const SIDES: readonly Side[] = ["can", "cannot"];

export const cardsOf = (context: DeskContext): Card[] => {
  const now = placing(context);
  const item = context.item as Extract<Item, { activity: "influence" }>;
  const all = cards(context.board, item, now.hand.ahead(context.board), (theme) =>
    now.hand.word(context, theme),
  );
  const group = new Map(groupOf(context.board, item.id).rows.map(({ theme, spread }) => [theme, spread]));
  return all.map((card) => {
    const spread = group.get(card.id);
    // W13: the group's placement, next to its name.
    return spread
      ? { ...card, aside: t("influence.desk.group.word", { yes: spread.can, n: spread.n }) }
      : card;
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
  const record = influenceId(id);
  const name = cardsOf(context).find((card) => card.id === id)?.name ?? "";
  const label = field ? t(`influence.desk.${field}`) : "";
  const base = context.board.seqOf(record);
  const command = { type: "influence.place", theme: id, base, field } as const;
  await placing(context).put(context, id, { id: to, label }, record, command, name);
}

const fieldsOf = (context: DeskContext): Fields => ({
  fields: fields(),
  cards: cardsOf(context),
  tray: t("influence.desk.tray"),
  open: [TRAY],
  put: (id, field) => put(context, id, field),
});

function asking(context: DeskContext): Asking {
  const { board, item } = context;
  const { rows } = groupOf(board, item.id);
  const now = placed(board);
  return {
    follow: "influence.follow",
    any: cardsOf(context).length > 0,
    told: rows.length > 0,
    followed: rows.every(
      ({ theme, spread: { n, can } }) => 2 * can === n || now.get(theme) === (2 * can > n ? "can" : "cannot"),
    ),
  };
}

export function actions(context: DeskContext): Action[] {
  const all = fieldsOf(context);
  const group = groupActions(context, asking(context));
  const next = group.some((each) => each.primary)
    ? undefined
    : nextAction(context, all, [TRAY], t("influence.desk.next_after"));
  const label = (field: Field) =>
    t(field.id === "can" ? "influence.desk.to_can" : "influence.desk.to_cannot");
  // While the phones are asked, or the group is shown, there are no cards to place.
  const drawn = !isAsked(context.board, context.item.id) && !isShown(context.board, context.item.id);
  return [...(next ? [next] : []), ...group, ...(drawn ? cardActions(context, all, label) : [])];
}

/** U9: there is nothing to sort. */
export const left = (context: DeskContext): string | undefined =>
  cardsOf(context).length === 0 ? t("placing.desk.none") : undefined;

export const phones = ({ board, item }: DeskContext): string =>
  isAsked(board, item.id) ? "influence.desk.phones" : "desk.phones.look_up";

export function script(context: DeskContext): Said {
  const { board, item } = context;
  if (isAsked(board, item.id)) return { stage: "influence.desk.say.placing" };
  if (isShown(board, item.id)) return { stage: "influence.desk.say.group" };
  const all = cardsOf(context);
  const done = all.length > 0 && cardsIn(all, TRAY).length === 0;
  if (done) return { stage: "influence.desk.say.done", last: true };
  const { of, strengths } = (context.item as Extract<Item, { activity: "influence" }>).settings;
  const apart = of.length === 0 && !strengths && strengthsOf(context.board).length > 0;
  return {
    stage: "influence.desk.say.place",
    params: { n: all.length },
    ...(apart && { more: [t("influence.desk.apart")] }),
  };
}

export function fact(context: DeskContext): string | undefined {
  const all = cardsOf(context);
  const n = all.length - cardsIn(all, TRAY).length;
  return all.length === 0 ? undefined : t("influence.desk.fact", { n, of: all.length });
}
