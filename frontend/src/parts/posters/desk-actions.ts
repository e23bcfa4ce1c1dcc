/** P4.1–P4.4 on the desk: which theme and which tool, the writing, then "how?" and the marks for the plan. */
import { POSTERS_OF } from "../../contract/kinds.gen";
import { DEEPEST } from "../../contract/proposals.gen";
import { newId } from "../../engine/ids";
import type { Board } from "../../engine/board.svelte";
import { nameOf, strengthsOf } from "../themes/themes";
import type { How, Note } from "../../engine/types";
import type { Action, DeskContext } from "../../desk/part";
import { rewriting } from "../../desk/rewriting";
import type { Said } from "../../desk/say";
import { has, t, type Key } from "../../words";
import * as writing from "../notes/desk-actions";
import { stateOf } from "../notes/desk-state";
import {
  chainUnder,
  isHeaded,
  isPicked,
  isPosterItem,
  nameOf as headName,
  notesOn,
  postersOf,
  themesToTake,
  toolOf,
  type PosterId,
  type Tool,
} from "./posters";

export const posterName = (poster: PosterId): string => t(`posters.desk.name.${poster}`);

export const heading = (context: DeskContext): string =>
  nameOf({ name: headName(context.board, context.item) });

export function actions(context: DeskContext): Action[] {
  const { item, live } = context;
  if (!isHeaded(item)) return live ? [{ ...choosing(context), primary: true }] : [];
  const about = {
    question: heading(context),
    posters: postersOf(item).map((id) => ({ id, name: posterName(id) })),
  };
  return [
    ...writing.actions(context, about),
    ...(live && mayChange(context) ? [choosing(context)] : []),
    ...withProposals(context),
  ];
}

/** Until the room knows of a note; the server has the last word. */
function mayChange(context: DeskContext): boolean {
  const { step, cards, late } = stateOf(context);
  return (step === "before" || step === "writing") && cards === 0 && late === 0;
}

function choosing(context: DeskContext): Action {
  const headed = isHeaded(context.item);
  return {
    id: "posters.choose",
    label: t(headed ? "posters.desk.change" : "posters.desk.choose"),
    after: headed ? undefined : t("posters.desk.choose.after"),
    disabled: themesToTake(context.board).length === 0 ? t("posters.desk.no_themes") : undefined,
    run: () => choose(context),
  };
}

/** P4.3: choose the theme, then one of the two tools; a theme already worked with keeps its tool. */
export async function choose(context: DeskContext, wanted?: string): Promise<void> {
  const { board, item } = context;
  const theme = wanted ?? (await askTheme(context));
  if (theme === null) return;
  const tool = toolOf(board, theme, item.id) ?? (await askTool(context, theme));
  if (tool === null || !isPosterItem(item)) return;
  // A custom name of the item stays; a tool's name changes with the tool.
  const named = item.title === stored(t(`desk.kind.${item.activity}`));
  const answer = await context.send({
    type: "agenda.become",
    item: item.id,
    base: board.seqOf(item.id),
    activity: tool,
    title: named ? t(`desk.kind.${tool}`) : item.title,
    settings: { ...item.settings, theme },
  });
  if (answer.stored)
    context.announce(
      t("posters.desk.chosen", { theme: themeName(board, theme), tool: t(`desk.kind.${tool}`) }),
    );
}

/** A title as the server keeps it: one form of dashes (A13). */
const stored = (title: string) => title.replaceAll("–", "-");

const themeName = (board: Board, id: string) => nameOf(board.one("theme", id));

function askTheme(context: DeskContext): Promise<string | null> {
  const { board, item } = context;
  return context.ask({
    title: t("posters.desk.which_theme"),
    choices: themesToTake(board).map((theme) => {
      const used = toolOf(board, theme.id, item.id);
      return {
        id: theme.id,
        label: themeName(board, theme.id),
        paper: theme.paper,
        ...(used && { small: t("posters.desk.used", { tool: t(`desk.kind.${used}`) }) }),
      };
    }),
  });
}

async function askTool(context: DeskContext, theme: string): Promise<Tool | null> {
  const tools = Object.keys(POSTERS_OF) as Tool[];
  const answer = await context.ask({
    title: t("posters.desk.which_tool", { theme: themeName(context.board, theme) }),
    choices: tools.map((id) => ({ id, label: t(`desk.kind.${id}`), small: t(`posters.desk.about.${id}`) })),
  });
  return tools.find((id) => id === answer) ?? null;
}

// -- proposals -----------------------------------------------------------------------------------------------

function withProposals(context: DeskContext): Action[] {
  const { board, selection } = context;
  const targets = selection.targets;
  const notes = targets.flatMap((id) => board.one("note", id) ?? []).filter((note) => note.face === "up");
  const hows = targets.flatMap((id) => board.one("how", id) ?? []);
  const first = notes[0] ?? hows[0];
  if (first === undefined) return [];
  const one = notes.length + hows.length > 1 ? t("notes.desk.one_note") : undefined;
  return [
    {
      id: "posters.how",
      key: "W",
      label: t("posters.desk.how"),
      disabled: one ?? (depthOf(board, first) >= DEEPEST ? t("refused.too_deep") : undefined),
      run: () => askHow(context, first),
    },
    ...(notes.length > 0 ? [marking(context, notes)] : []),
    ...(notes.length === 0 && hows[0] ? onHow(context, hows[0], one) : []),
  ];
}

function depthOf(board: Board, of: Note | How): number {
  if (of.kind === "note") return 0;
  const over = board.one("how", of.of);
  return over ? depthOf(board, over) + 1 : 1;
}

/** Answers this desk has added and not seen yet: the board selects them, so that "how?" continues from there. */
class Hung {
  readonly ids = new Set<string>();
}
export const hungBy = (context: DeskContext): Set<string> => context.state(Hung).ids;

/** P4.4: asked again and again, until it is concrete enough to act on. */
async function askHow(context: DeskContext, of: Note | How): Promise<void> {
  await context.ask({
    title: t("posters.desk.how"),
    text: of.text,
    field: t("posters.desk.how.field"),
    hint: t("posters.desk.how.hint"),
    lines: 3,
    keep: `how ${of.id}`,
    yes: t("posters.desk.how.yes"),
    store: async (text) => {
      if (text.trim() === "") return;
      const how = newId();
      hungBy(context).add(how);
      try {
        await context.store({ type: "proposals.how", how, of: of.id, text: text.trim() });
      } catch (refusal) {
        hungBy(context).delete(how);
        throw refusal;
      }
      context.toast(t("posters.desk.how.added"), { undo: true });
    },
  });
}

function onHow(context: DeskContext, how: How, one: string | undefined): Action[] {
  return [
    {
      id: "posters.reword",
      key: "R",
      label: t("posters.desk.reword"),
      disabled: one,
      run: async () => {
        await context.ask({
          title: t("posters.desk.reword"),
          field: t("posters.desk.how.field"),
          value: how.text,
          lines: 3,
          keep: `reword ${how.id}`,
          store: rewriting(context, how.id, how.text, (base, text) => ({
            ...{ type: "proposals.reword", how: how.id, base, text },
          })),
        });
      },
    },
    {
      id: "posters.drop",
      key: "Delete",
      label: t("posters.desk.drop"),
      disabled: one,
      danger: true,
      run: async () => {
        const answer = await context.send({
          type: "proposals.drop",
          how: how.id,
          base: context.board.seqOf(how.id),
        });
        if (answer.stored) context.toast(t("posters.desk.dropped"), { undo: true });
      },
    },
  ];
}

/** P4.5: mark for the action plan; if all are marked, remove the marks. */
function marking(context: DeskContext, notes: readonly Note[]): Action {
  const { board } = context;
  const off = notes.every((note) => isPicked(board, note.id));
  return {
    id: "posters.pick",
    key: "C",
    label: t(off ? "posters.desk.unpick" : "posters.desk.pick"),
    run: async () => {
      const type = off ? ("proposals.unpick" as const) : ("proposals.pick" as const);
      const wanted = notes.filter((note) => off || !isPicked(board, note.id));
      const answers = await Promise.all(wanted.map((note) => context.send({ type, note: note.id })));
      if (answers.some((answer) => answer.stored))
        context.toast(t(off ? "posters.desk.unpicked" : "posters.desk.picked"), { undo: true });
    },
  };
}

/** Everything that can be picked on the board, poster by poster, as it is read. */
export const orderOf = ({ board, item }: DeskContext): string[] =>
  postersOf(item).flatMap((poster) =>
    notesOn(board, item.id, poster).flatMap((note) => [
      note.id,
      ...chainUnder(board, note.id).map(({ how }) => how.id),
    ]),
  );

// -- what is said --------------------------------------------------------------------------------------------

/** As many strengths as can be named in one sentence. */
const MOST_STRONG = 6;
const nameThem = (theme: Parameters<typeof nameOf>[0]) => t("desk.script.quote", { text: nameOf(theme) });

/** W8: whether no theme was taken up before in this process; else it is the next one. */
const isFirst = ({ board, item }: DeskContext): boolean =>
  !board.items.some((each) => each.id !== item.id && isPosterItem(each) && isHeaded(each));

type Step = "choose" | "before" | "writing" | "stopped" | "turned";

function stepOf(context: DeskContext): Step {
  if (!isHeaded(context.item)) return "choose";
  const { step } = stateOf(context);
  return step === "reading" ? "stopped" : step;
}

/** The lines that have a text, numbered from 1. */
function lines(start: string): string[] {
  const found: string[] = [];
  for (let n = 1; has(`${start}.${String(n)}`); n += 1) found.push(`${start}.${String(n)}`);
  return found;
}

export function script(context: DeskContext): Said {
  const step = stepOf(context);
  if (step === "choose") return { stage: `posters.desk.say.${isFirst(context) ? "choose" : "further"}` };
  const strong = strengthsOf(context.board).map(nameThem);
  const stand = t("posters.desk.stand", { themes: strong.slice(0, MOST_STRONG).join(", ") });
  return {
    stage: `${context.item.activity}.desk.say.${step}`,
    last: step === "turned",
    // W5: the strengths come up again when looking for solutions.
    ...(strong.length > 0 && step !== "stopped" && { more: [stand] }),
  };
}

export function phones(context: DeskContext): string {
  const step = stepOf(context);
  if (step === "choose") return "posters.desk.phones.choose";
  return step === "before" || step === "writing" ? "posters.desk.phones.open" : writing.phones(context);
}

/** Worked examples for each poster, until the writing stops. */
export function examples(context: DeskContext): string[] {
  const step = stepOf(context);
  if (step !== "choose" && step !== "before" && step !== "writing") return [];
  return postersOf(context.item).flatMap((id) => lines(`${context.item.activity}.desk.example.${id}`));
}

/** U9: nothing goes into the plan yet, or late notes wait. */
export function left(context: DeskContext): string | undefined {
  const { step, up } = stateOf(context);
  if (step === "turned" && up.length > 0 && !up.some(({ id }) => isPicked(context.board, id)))
    return t("posters.desk.left");
  return isHeaded(context.item) ? writing.left(context) : undefined;
}

export function fact(context: DeskContext): string | undefined {
  const { item } = context;
  if (!isHeaded(item)) return undefined;
  const { cards } = stateOf(context);
  const theme = heading(context);
  if (item.state === "planned" || cards === 0) return theme;
  const key: Key = "posters.desk.fact";
  return t(key, { theme, n: cards });
}
