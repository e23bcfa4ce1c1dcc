/** What can be done with any theme card in any field: move, unfold, show examples, speak of the next one. */
import { t } from "../../words";
import type { Action, DeskContext } from "../part";
import { nextCard, TRAY, type Card, type Field } from "./fields";
import { placing } from "./placing.svelte";

export interface Fields {
  readonly fields: readonly Field[];
  readonly cards: readonly Card[];
  readonly tray: string;
  put(id: string, field: string): Promise<void>;
}

export const focusedCard = (context: DeskContext, cards: readonly Card[]): Card | undefined =>
  cards.find((card) => card.id === context.selection.focused);

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
  const card = focusedCard(context, all.cards);
  const disabled = card ? undefined : t("desk.fields.no_card");
  return [
    ...all.fields
      .filter((field) => field.key !== undefined)
      .map((field): Action => ({
        id: `to_${field.id}`,
        label: label(field),
        key: field.key ?? "",
        disabled,
        run: () => (card ? all.put(card.id, field.id) : undefined),
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

/** The primary while something still has to be placed: it names the theme to speak of next. */
export function nextAction(
  context: DeskContext,
  cards: readonly Card[],
  open: readonly string[],
  after: string,
) {
  const card = nextCard(cards, open);
  if (!card) return undefined;
  const action: Action = {
    id: "next_theme",
    label: t("desk.fields.next", { theme: card.name }),
    after,
    primary: true,
    run: () => {
      context.selection.focused = card.id;
      placing(context).wanted = card.id;
    },
  };
  return action;
}
