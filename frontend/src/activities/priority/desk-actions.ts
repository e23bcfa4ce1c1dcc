/** P3.2, P3.3 on the desk: what is drawn and what can be done, from the records. */
import { guideId, priorityId, spreadId } from "../../contract/ids/priority.gen";
import { MOST_CHOSEN } from "../../contract/priority.gen";
import type { Board } from "../../engine/board.svelte";
import { cardActions, focusedCard, nextAction, type Fields } from "../../desk/fields/card-actions";
import { cardsIn, TRAY, type Card, type Field } from "../../desk/fields/fields";
import { placing } from "../../desk/fields/placing.svelte";
import type { Action, DeskContext } from "../../desk/part";
import type { Said } from "../../desk/say";
import { t } from "../../words";
import {
  fieldOf,
  HALVES,
  nextStep,
  passOf,
  place,
  QUADRANTS,
  sidesOf,
  STRIPS,
  waiting,
  type Pass,
  type Quadrant,
  type Sides,
} from "./desk-quadrants";
import { chosenOf, cycleOf, nameOf, themesOf } from "../../parts/themes/themes";
import { leftBehind, recordOf, themesInPlay } from "./places";
import { groupActions, type Asking } from "../../parts/placing/desk-actions";
import { isAsked, isShown } from "../../parts/placing/placing";
import { groupOf } from "./spread";

const halves = Object.keys(HALVES) as (keyof typeof HALVES)[];
const quadrants = Object.keys(QUADRANTS) as Quadrant[];
const strips = Object.keys(STRIPS) as (keyof typeof STRIPS)[];

export function fields(pass: Pass): Field[] {
  if (pass === "important")
    return halves.map((id, at) => ({
      id,
      label: t(`priority.desk.${id}`),
      help: t(`priority.desk.${id}_help`),
      key: String(at + 1),
      main: id === "important",
      column: at + 1,
      row: 1,
      examples: ([1, 2] as const).map((n) => t(`priority.desk.example.${id}.${n}`)),
    }));
  return [
    ...strips.map((id, at) => ({
      id,
      label: t(`priority.desk.${id}`),
      help: "",
      strip: true,
      column: at + 1,
      row: 1,
    })),
    ...quadrants.map((id, at) => ({
      id,
      label: t(`priority.desk.${id}`),
      help: t(`priority.desk.${id}_help`),
      key: String(at + 1),
      main: id === "do",
      column: (at % 2) + 1,
      row: Math.floor(at / 2) + 1,
      examples: ([1, 2] as const).map((n) => t(`priority.desk.example.${id}.${n}`)),
    })),
  ];
}

const sidesOfAll = ({ board }: DeskContext): Sides[] =>
  themesInPlay(board).map((theme) => sidesOf(board.one("priority", recordOf(board, theme.id))));

/** How many of the themes on this board are chosen. */
export const chosenHere = (context: DeskContext): number => {
  const chosen = chosenOf(context.board);
  return themesInPlay(context.board).filter((theme) => chosen.has(theme.id)).length;
};

export function cardsOf(context: DeskContext): Card[] {
  const { board, item } = context;
  const now = placing(context);
  const pass = passOf(board, item.id);
  const ahead = now.hand.ahead(board);
  const chosen = chosenOf(context.board);
  const known = new Set([TRAY, ...fields(pass).map((field) => field.id)]);
  return themesInPlay(board).map((theme) => {
    const going = ahead.get(theme.id);
    const there = going != null && known.has(going);
    const field = there ? going : fieldOf(pass, sidesOf(board.one("priority", recordOf(board, theme.id))));
    return {
      id: theme.id,
      name: nameOf(theme),
      unnamed: theme.name === "",
      paper: theme.paper,
      field,
      notes: board
        .all("note")
        .filter((note) => note.theme === theme.id && note.face === "up")
        .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
        .map((note) => note.text),
      chosen: chosen.has(theme.id) || field in QUADRANTS ? chosen.has(theme.id) : undefined,
      aside: asideOf(context, theme.id),
      word: now.hand.word(context, theme.id),
    };
  });
}

/** P3.2: place a theme, on one axis at a time or on both. */
export async function put(context: DeskContext, id: string, to: string): Promise<void> {
  const { board, item } = context;
  const record = recordOf(board, id);
  const command = place(id, to, sidesOf(board.one("priority", record)), board.seqOf(record));
  if (!command) return;
  const name = cardsOf(context).find((card) => card.id === id)?.name ?? "";
  const label = fields(passOf(board, item.id)).find((field) => field.id === to)?.label ?? "";
  await placing(context).put(context, id, { id: to, label }, record, command, name);
}

/** P3.3: choose a theme to work with, or unchoose it; a fourth must be confirmed. */
export async function choose(context: DeskContext, id: string): Promise<void> {
  const name = cardsOf(context).find((card) => card.id === id)?.name ?? "";
  const chosen = chosenOf(context.board);
  if (chosen.has(id)) {
    const answer = await context.send({ type: "priority.unchoose", theme: id });
    const n = chosen.size - 1;
    if (answer.stored) context.announce(t("priority.desk.unchosen", { theme: name, n }));
    return;
  }
  const many = chosen.size + 1;
  if (many > MOST_CHOSEN && !(await confirmed(context, name, many))) return;
  const answer = await context.send({ type: "priority.choose", theme: id, confirmed: many > MOST_CHOSEN });
  // Somebody else chose the third meanwhile.
  if (!answer.stored && answer.code === "fourth") {
    if (!(await confirmed(context, name, chosenOf(context.board).size + 1))) return;
    const again = await context.send({ type: "priority.choose", theme: id, confirmed: true });
    if (!again.stored) return;
  } else if (!answer.stored) return;
  context.announce(t("priority.desk.chosen", { theme: name, n: many }));
}

const confirmed = async (context: DeskContext, theme: string, n: number): Promise<boolean> =>
  (await context.ask({
    title: n > MOST_CHOSEN + 1 ? t("priority.desk.fourth_more", { n }) : t("priority.desk.fourth"),
    text: t("priority.desk.fourth_text"),
    yes: t("priority.desk.fourth_yes", { theme }),
    no: t("priority.desk.fourth_no"),
  })) !== null;

/** Another pass: the same records looked at again; going back loses nothing (E7). */
export async function guide(context: DeskContext, pass: Pass): Promise<void> {
  const { board, item } = context;
  if (passOf(board, item.id) === pass && board.one("guide", guideId(item.id))) return;
  const base = board.seqOf(guideId(item.id));
  const answer = await context.send({ type: "priority.guide", activity: item.id, base, step: pass });
  if (!answer.stored) return;
  // U15: do not start with the theme that was placed last.
  context.selection.focused = null;
  context.announce(t(`priority.desk.pass_${pass}_said`));
}

/** P3.4: where the group placed a theme, next to its name; P5.5: else its place in the previous cycle. */
function asideOf({ board, item }: DeskContext, theme: string): string | undefined {
  const group = board.one("spread", spreadId(item.id, theme));
  if (!group) return lastTime(board, theme);
  const { n } = group;
  return t("priority.desk.group.word", {
    important: t("priority.desk.group.word.important", { yes: group.important, n }),
    urgent: t("priority.desk.group.word.urgent", { yes: group.urgent, n }),
  });
}

function lastTime(board: Board, theme: string): string | undefined {
  for (let cycle = cycleOf(board) - 1; cycle > 0; cycle -= 1) {
    const place = board.one("priority", priorityId(theme, cycle));
    const at = quadrants.find(
      (id) => QUADRANTS[id].important === place?.important && QUADRANTS[id].urgent === place.urgent,
    );
    if (at) return t("priority.desk.last_time", { place: t(`priority.desk.${at}`) });
  }
  return undefined;
}

/** P5.5: a theme that was worked with before is included again, as important. */
async function takeAgain(context: DeskContext): Promise<void> {
  const { board } = context;
  const behind = leftBehind(board);
  const theme = await context.ask({
    title: t("priority.desk.again.which"),
    choices: themesOf(board)
      .filter(({ id }) => behind.has(id))
      .map(({ id, name, paper }) => ({ id, label: nameOf({ name }), paper })),
  });
  if (theme === null) return;
  const base = board.seqOf(recordOf(board, theme));
  await context.send({ type: "priority.place", theme, base, important: true, urgent: null });
}

function asking(context: DeskContext): Asking {
  const { board, item } = context;
  const { rows } = groupOf(board, item.id);
  return {
    follow: "priority.follow",
    any: themesInPlay(board).length > 0,
    told: rows.length > 0,
    followed: rows.every(({ theme, spread }) => {
      const now = sidesOf(board.one("priority", recordOf(board, theme)));
      const same = (said: number, is: boolean | null) => 2 * said === spread.n || is === 2 * said > spread.n;
      return same(spread.important, now.important) && same(spread.urgent, now.urgent);
    }),
  };
}

export function actions(context: DeskContext): Action[] {
  const group = groupActions(context, asking(context));
  const pass = passOf(context.board, context.item.id);
  const all: Fields = {
    fields: fields(pass),
    cards: cardsOf(context),
    tray: t("priority.desk.tray"),
    open: waiting(pass),
    put: (id, field) => put(context, id, field),
  };
  const drawn = !isAsked(context.board, context.item.id) && !isShown(context.board, context.item.id);
  const next = group.some((each) => each.primary) ? undefined : primary(context, pass, all);
  const card = focusedCard(context, all.cards);
  const others = (["important", "urgent", "free"] as const).filter((each) => each !== pass);
  return [
    ...(next ? [next] : []),
    ...group,
    // While the phones are asked, or the group is shown, there are no cards to place.
    ...(drawn ? cardActions(context, all, (field) => t("priority.desk.put_in", { field: field.label })) : []),
    {
      id: "choose",
      label: t(card?.chosen ? "priority.desk.unchoose" : "priority.desk.choose"),
      key: "C",
      disabled: !card
        ? t("desk.fields.no_card")
        : card.chosen === undefined
          ? t("priority.desk.not_now")
          : undefined,
      run: () => (card ? choose(context, card.id) : undefined),
    },
    ...(leftBehind(context.board).size > 0
      ? [{ id: "again", label: t("priority.desk.again"), run: () => takeAgain(context) }]
      : []),
    ...others
      .filter((each) => next?.id !== `pass_${each}`)
      .map((each): Action => ({
        id: `pass_${each}`,
        label: t(`priority.desk.to_${each}`),
        run: () => guide(context, each),
      })),
  ];
}

/** Place, ask what is urgent, choose; then the shell leads on to the next item. */
function primary(context: DeskContext, pass: Pass, all: Fields): Action | undefined {
  const n = chosenHere(context);
  switch (nextStep(pass, sidesOfAll(context), n)) {
    case "place":
      return nextAction(
        context,
        all,
        waiting(pass),
        t(pass === "important" ? "priority.desk.next_halves" : "priority.desk.next_quadrants"),
      );
    case "urgent":
      return {
        id: "pass_urgent",
        label: t("priority.desk.to_urgent"),
        after: t("priority.desk.to_urgent_after"),
        primary: true,
        run: () => guide(context, "urgent"),
      };
    case "choose":
      return {
        id: "pick",
        label: t(n === 0 ? "priority.desk.pick" : "priority.desk.pick_more"),
        after: t("priority.desk.pick_after"),
        primary: true,
        run: () => pick(context, all),
      };
    case null:
      return undefined;
  }
}

/** P3.3: which theme is taken up; the important and urgent ones first. */
async function pick(context: DeskContext, { cards, fields: all }: Fields): Promise<void> {
  const labels = new Map(all.map((field) => [field.id, field.label]));
  const theme = await context.ask({
    title: t("priority.desk.pick"),
    choices: quadrants
      .flatMap((field) => cardsIn(cards, field))
      .filter((card) => !card.chosen)
      .map(({ id, name, paper, field }) => ({ id, label: name, paper, small: labels.get(field) ?? "" })),
  });
  if (theme !== null) await choose(context, theme);
}

/** U9: there is nothing to place. */
export const left = (context: DeskContext): string | undefined =>
  cardsOf(context).length === 0 ? t("placing.desk.none") : undefined;

export const phones = ({ board, item }: DeskContext): string =>
  isAsked(board, item.id) ? "priority.desk.phones" : "desk.phones.look_up";

export function script(context: DeskContext): Said {
  const { board, item } = context;
  if (isAsked(board, item.id)) return { stage: "priority.desk.say.placing" };
  if (isShown(board, item.id)) return { stage: "priority.desk.say.group" };
  const pass = passOf(board, item.id);
  const all = sidesOfAll(context);
  const placed = all.length > 0 && nextStep(pass, all, 0) === "choose";
  if (pass !== "important" && placed) return { stage: "priority.desk.say.choose", last: true };
  return { stage: `priority.desk.say.${pass}`, params: { n: all.length } };
}

export function fact(context: DeskContext): string | undefined {
  const n = chosenHere(context);
  return n === 0 ? undefined : t("priority.desk.fact", { n });
}
