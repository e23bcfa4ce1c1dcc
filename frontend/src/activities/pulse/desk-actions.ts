/** P5.1, P5.2: what can be done with a pulse, step by step. */
import type { PulseAnswer } from "../../engine/types";
import { chosenFirst, nameOf } from "../../parts/themes/themes";
import type { Action, DeskContext } from "../../desk/part";
import type { Said } from "../../desk/say";
import { t } from "../../words";
import { isEarly } from "../../parts/ballots/early";
import { isLinked } from "../../parts/by_link/by-link";
import { linkActions } from "../../parts/by_link/desk-actions";
import { answersOf, countOf, stageOf, themeOf, thresholdOf, untilOf, weekday, type Stage } from "./pulse";

export const stageIn = ({ board, item }: DeskContext): Stage => stageOf(board, item.id);
export const heading = ({ board, item }: DeskContext): string => nameOf(themeOf(board, item));

export function actions(context: DeskContext): Action[] {
  return [...(context.live ? steps(context) : []), ...withAnswers(context)];
}

function steps(context: DeskContext): Action[] {
  switch (stageIn(context)) {
    case "soon":
      return [{ ...choosing(context), primary: true }];
    case "open":
      return [
        ...linkActions(context),
        {
          ...closing(context),
          label: t("pulse.desk.close"),
          // One that is open by link for days stays open, so the meeting does not wait for it.
          primary: untilOf(context.item) === null,
          quiet: isEarly(countOf(context.board, context.item.id), thresholdOf(context.item, context.board)),
        },
        ...(countOf(context.board, context.item.id) === 0 ? [choosing(context)] : []),
      ];
    case "ended":
      return [{ ...closing(context), label: t("pulse.desk.show_now"), primary: true }, reopening(context)];
    case "few":
      return [{ ...reopening(context), primary: true }];
    case "shown":
      return [...onWall(context), reopening(context)];
  }
}

function choosing(context: DeskContext): Action {
  const { board, item } = context;
  const chosen = item.activity === "pulse" && item.settings.theme !== null;
  return {
    id: "pulse.choose",
    label: t(chosen ? "pulse.desk.change" : "pulse.desk.choose"),
    after: chosen ? undefined : t("pulse.desk.choose.after"),
    disabled: chosenFirst(board).length === 0 ? t("pulse.desk.no_themes") : undefined,
    run: () => choose(context),
  };
}

/** The themes the group works with come first. */
async function choose(context: DeskContext): Promise<void> {
  const { board, item } = context;
  if (item.activity !== "pulse") return;
  const theme = await context.ask({
    title: t("pulse.desk.which"),
    choices: chosenFirst(board).map(({ id, name, paper }) => ({
      id,
      label: nameOf({ name }),
      paper,
    })),
  });
  if (theme === null) return;
  const answer = await context.send({
    type: "agenda.become",
    item: item.id,
    base: board.seqOf(item.id),
    activity: "pulse",
    title: item.title,
    settings: { ...item.settings, theme },
  });
  const name = nameOf(board.one("theme", theme));
  if (answer.stored) context.announce(t("pulse.desk.chosen", { theme: name }));
}

function closing(context: DeskContext): Omit<Action, "label"> {
  return {
    id: "pulse.close",
    key: "L",
    after: t("pulse.desk.close.after", { n: thresholdOf(context.item, context.board) }),
    run: async () => {
      const answer = await context.send({ type: "pulse.close", activity: context.item.id });
      if (!answer.stored) return;
      const few = answer.told.includes("few");
      context.announce(t(few ? "pulse.desk.announced.few" : "pulse.desk.announced"));
    },
  };
}

function reopening(context: DeskContext): Action {
  return {
    id: "pulse.reopen",
    key: "O",
    label: t("pulse.desk.reopen"),
    run: async () => {
      const answer = await context.send({ type: "pulse.reopen", activity: context.item.id });
      if (answer.stored) context.announce(t("pulse.desk.reopened"));
    },
  };
}

/** The bars, then the open answers; both on the wall of the room. */
function onWall(context: DeskContext): Action[] {
  const { board, workshop, item } = context;
  const page = board.wall?.page ?? 0;
  if (answersOf(board, item.id).length === 0) return [];
  const show = (to: number) => async () =>
    void (await context.send({ type: "wall.change", workshop, page: to }));
  return [
    { id: "pulse.bars", key: "1", label: t("pulse.desk.bars"), run: show(0) },
    { id: "pulse.words", key: "2", label: t("pulse.desk.words"), primary: page === 0, run: show(1) },
  ];
}

/** A13: an open answer that names somebody is hidden, or deleted for good. */
function withAnswers(context: DeskContext): Action[] {
  const { board, selection } = context;
  const picked = selection.targets.flatMap((id) => board.one("pulse_answer", id) ?? []);
  const first = picked[0];
  if (first === undefined) return [];
  const off = picked.every((answer) => answer.hidden);
  return [
    {
      id: "pulse.hide",
      key: "H",
      label: t(off ? "pulse.desk.show" : "pulse.desk.hide"),
      run: () => hide(context, picked, off),
    },
    ...(context.facilitator
      ? [
          {
            id: "pulse.delete",
            key: "Delete",
            label: t("pulse.desk.delete"),
            danger: true,
            run: () => remove(context, picked),
          },
        ]
      : []),
  ];
}

async function hide(context: DeskContext, picked: readonly PulseAnswer[], off: boolean): Promise<void> {
  const type = off ? ("pulse.show" as const) : ("pulse.hide" as const);
  const answers = await Promise.all(
    picked
      .filter((answer) => answer.hidden === off)
      .map(({ id }) => context.send({ type, answer: id, base: context.board.seqOf(id) })),
  );
  if (!off && answers.some((answer) => answer.stored)) context.toast(t("pulse.desk.hid"), { undo: true });
}

async function remove(context: DeskContext, picked: readonly PulseAnswer[]): Promise<void> {
  const sure = await context.ask({
    title: t("pulse.desk.delete"),
    text: t("pulse.desk.delete.text"),
    yes: t("pulse.desk.delete.yes"),
    danger: true,
  });
  if (sure === null) return;
  await Promise.all(picked.map(({ id }) => context.send({ type: "pulse.delete", answer: id })));
}

/** U9: until when it stays open. */
export function left(context: DeskContext): string | undefined {
  const until = untilOf(context.item);
  return stageIn(context) === "open" && until !== null
    ? t("pulse.desk.left", { day: weekday(until) })
    : undefined;
}

// -- what is said --------------------------------------------------------------------------------------------

export function script(context: DeskContext): Said {
  const stage = stageIn(context);
  const linked = stage === "open" && isLinked(context.item, context.clock.now);
  const step = linked ? "link" : stage === "soon" ? "choose" : stage;
  const last = stage === "shown" || stage === "few";
  return { stage: `pulse.desk.say.${step}`, params: { theme: heading(context) }, last };
}

export function phones(context: DeskContext): string {
  const stage = stageIn(context);
  return `pulse.desk.phones.${stage === "open" || stage === "soon" ? stage : "closed"}`;
}

/** Worked examples of open answers, until it closes. */
export function examples(context: DeskContext): string[] {
  const stage = stageIn(context);
  return stage === "open" || stage === "soon" ? [1, 2, 3].map((n) => `pulse.desk.example.${String(n)}`) : [];
}

export function fact(context: DeskContext): string | undefined {
  const { board, item } = context;
  if (item.activity !== "pulse" || item.settings.theme === null) return undefined;
  const n = countOf(board, item.id);
  return n === 0 ? heading(context) : t("pulse.desk.fact", { theme: heading(context), n });
}
