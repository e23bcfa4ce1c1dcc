/** The actions on any theme card in any field: move, unfold, show examples, go to the next one. */
import { t } from "../../words";
import type { Action, DeskContext } from "../part";
import { cardsIn, nextCard, TRAY, type Card, type Field } from "./fields";
import { placing } from "./placing.svelte";

export interface Fields {
  readonly fields: readonly Field[];
  readonly cards: readonly Card[];
  readonly tray: string;
  /** The fields whose cards are still to be asked about, in that order. */
  readonly open: readonly string[];
  put(id: string, field: string): Promise<void>;
}

export const focusedCard = (context: DeskContext, cards: readonly Card[]): Card | undefined =>
  cards.find((card) => card.id === context.selection.focused);

/** U15: the current card: the focused one, else the first one waiting. */
const askedCard = (context: DeskContext, { cards, open }: Fields): Card | undefined =>
  focusedCard(context, cards) ?? nextCard(cards, open);

/** U15: place the current card and go to the next: pressing 1-2-1-2 places four in a row. */
async function place(context: DeskContext, all: Fields, card: Card, field: string): Promise<void> {
  const waiting = all.open.flatMap((each) => cardsIn(all.cards, each));
  const at = waiting.findIndex(({ id }) => id === card.id);
  const next = [...waiting.slice(at + 1), ...waiting].find(({ id }) => id !== card.id);
  const placed = all.put(card.id, field);
  if (at >= 0 && next) context.selection.want(next.id);
  await placed;
}

/** "Move to…": the fields and the tray. */
async function moveTo(context: DeskContext, { fields, tray, put }: Fields, card: Card): Promise<void> {
  const field = await context.ask({
    title: t("desk.fields.move_title", { theme: card.name }),
    choices: [
      ...fields
        .filter((each) => each.id !== card.field && !each.strip)
        .map(({ id, label, help }) => ({ id, label, small: help })),
      ...(card.field === TRAY ? [] : [{ id: TRAY, label: tray }]),
    ],
  });
  if (field !== null) await put(card.id, field);
}

/** The actions every board of fields has; `label` says in words what a field's key does. */
export function cardActions(context: DeskContext, all: Fields, label: (field: Field) => string): Action[] {
  const now = placing(context);
  const card = askedCard(context, all);
  const disabled = card ? undefined : t("desk.fields.no_card");
  return [
    ...all.fields
      .filter((field) => field.key !== undefined)
      .map((field): Action => ({
        id: `to_${field.id}`,
        label: label(field),
        key: field.key ?? "",
        disabled,
        run: () => (card ? place(context, all, card, field.id) : undefined),
      })),
    {
      id: "move",
      label: t("desk.fields.move"),
      key: "M",
      disabled,
      run: () => (card ? moveTo(context, all, card) : undefined),
    },
    {
      id: "notes",
      label: t(card && now.open.has(card.id) ? "desk.fields.hide_notes" : "desk.fields.show_notes"),
      key: "V",
      disabled,
      run: () => (card ? now.unfold(card.id) : undefined),
    },
    {
      id: "examples",
      label: t(now.examples ? "desk.fields.examples_hide" : "desk.fields.examples_show"),
      key: "E",
      run: () => {
        now.examples = !now.examples;
      },
    },
  ];
}

/** The primary action while cards are unplaced: it asks where the next theme belongs. */
export function nextAction(context: DeskContext, all: Fields, open: readonly string[], after: string) {
  const card = nextCard(all.cards, open);
  if (!card) return undefined;
  const action: Action = {
    id: "next_theme",
    label: t("desk.fields.next", { theme: card.name }),
    after,
    primary: true,
    run: async () => {
      context.selection.want(card.id);
      await moveTo(context, all, card);
    },
  };
  return action;
}
