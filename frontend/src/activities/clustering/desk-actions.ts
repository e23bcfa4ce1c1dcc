/** What can be done with the note or theme that has the keyboard, by key, by menu and by the dock alike (P2.6). */
import type { Note, Paper, Theme } from "../../board/types";
import type { Action, DeskContext } from "../../desk/part";
import { showAction, tagTheme } from "../../factors/desk-actions";
import { t } from "../../words";
import { deletion } from "../../writing/desk-actions";
import { answered, QUESTIONS } from "./desk-answers";
import { doing, nameOf, short } from "./desk-doing.svelte";
import { before, PAPERS, pileOf, type Piles } from "./desk-piles";

/** The notes an action works on: what is picked, else the focused one. */
export function notesOf(context: DeskContext): Note[] {
  const notes = context.selection.targets.flatMap((id) => context.board.one("note", id) ?? []);
  return notes.filter((note) => note.face !== "stopped");
}

/** The theme an action works on: the focused one, or that of the focused note. */
export function themeOf(context: DeskContext, all: Piles): Theme | undefined {
  const id = context.selection.focused;
  if (id === null) return undefined;
  return all.themes.find(({ theme }) => theme.id === id)?.theme ?? pileOf(all, id)?.theme;
}

/** "Move to…": for notes the themes, free, a new theme; for a theme the others to merge with. */
export async function moveTo(context: DeskContext): Promise<void> {
  const now = doing(context);
  const all = now.piles(context);
  const focused = context.board.one("theme", context.selection.focused);
  if (focused && context.selection.size === 0) return mergeInto(context, focused);
  const notes = notesOf(context);
  const first = notes[0];
  if (!first) return;
  const here = new Set(notes.map((note) => pileOf(all, note.id)?.theme.id ?? null));
  const only = here.size === 1 ? [...here][0] : undefined;
  const answer = await context.ask({
    title:
      notes.length > 1 ? t("clustering.desk.move_many", { n: notes.length }) : t("clustering.desk.move_one"),
    ...(notes.length === 1 && { text: short(first) }),
    choices: [
      ...all.themes.filter(({ theme }) => theme.id !== only).map(choice),
      { id: "fresh", label: t("clustering.desk.to_fresh") },
      ...(only === null ? [] : [{ id: "free", label: t("clustering.desk.to_free") }]),
    ],
  });
  if (answer === null) return;
  const ids = notes.map((note) => note.id);
  const target =
    answer === "fresh" || answer === "free"
      ? ({ to: answer } as const)
      : ({ to: "theme", id: answer } as const);
  await now.putNotes(context, ids, target);
}

export async function mergeInto(context: DeskContext, theme: Theme): Promise<void> {
  const now = doing(context);
  const others = now.piles(context).themes.filter((pile) => pile.theme.id !== theme.id);
  const into = await context.ask({
    title: t("clustering.desk.merge_title", { theme: nameOf(theme) }),
    text: t("clustering.desk.merge_text"),
    choices: others.map(choice),
  });
  if (into !== null) await now.putTheme(context, theme.id, { to: "theme", id: into });
}

const choice = ({ theme, notes }: Piles["themes"][number]) => ({
  id: theme.id,
  label: nameOf(theme),
  small: t("clustering.desk.count", { n: notes.length }),
  paper: theme.paper,
});

export async function recolour(context: DeskContext, theme: Theme): Promise<void> {
  const paper = await context.ask({
    title: t("clustering.desk.recolour_title", { theme: nameOf(theme) }),
    choices: PAPERS.map((id) => ({ id, label: t(`clustering.desk.paper.${id}`), paper: id })),
  });
  if (paper === null || paper === theme.paper) return;
  const base = context.board.seqOf(theme.id);
  const word = t(`clustering.desk.paper.${paper as Paper}`);
  await doing(context).ask(
    context,
    { type: "clustering.recolour", theme: theme.id, base, paper: paper as Paper },
    theme.id,
    t("clustering.desk.recoloured", { theme: nameOf(theme), paper: word }),
  );
}

export function split(context: DeskContext, theme: Theme): Promise<void> {
  const base = context.board.seqOf(theme.id);
  return doing(context).ask(
    context,
    { type: "clustering.split", theme: theme.id, base },
    theme.id,
    t("clustering.desk.split_done", { theme: nameOf(theme) }),
  );
}

export async function order(context: DeskContext, theme: Theme, by: 1 | -1): Promise<void> {
  const themes = doing(context)
    .piles(context)
    .themes.map((pile) => pile.theme);
  const place = before(themes, theme.id, by);
  if (place !== undefined) await doing(context).putTheme(context, theme.id, { to: "between", before: place });
}

/** What is shown large on this meeting's wall. */
export const forwardOf = ({ board, item }: DeskContext): string | null =>
  board.one("wall", `wall:${item.workshop}`)?.forward ?? null;

/** A note or theme is shown large on the wall, or taken down again. */
export async function forward(context: DeskContext, id: string): Promise<void> {
  const { workshop } = context.item;
  const up = forwardOf(context) === id;
  const answer = await context.send({ type: "wall.change", workshop, forward: up ? null : id });
  if (answer.stored)
    context.announce(t(up ? "clustering.desk.backward_done" : "clustering.desk.forward_done"));
}

export function actions(context: DeskContext): Action[] {
  const { board, selection } = context;
  const now = doing(context);
  const all = now.piles(context);
  const notes = notesOf(context);
  const theme = themeOf(context, all);
  const focused = board.one("theme", selection.focused);
  const themes = all.themes.map((pile) => pile.theme);
  const noNote = notes.length === 0 ? t("clustering.desk.no_note") : undefined;
  const noTheme = theme ? undefined : t("clustering.desk.no_theme");
  const noOther = !theme || themes.length > 1 ? noTheme : t("clustering.desk.no_other");
  const edge = (by: 1 | -1) =>
    noTheme ??
    (theme && before(themes, theme.id, by) === undefined ? t("clustering.desk.no_place") : undefined);

  const list: (Action | undefined)[] = [
    primary(context, all),
    action("new_theme", "clustering.desk.make", "T", noNote, () =>
      now.putNotes(
        context,
        notes.map((note) => note.id),
        { to: "fresh" },
      ),
    ),
    action("move", "clustering.desk.move", "M", focused && !noOther ? undefined : noNote, () =>
      moveTo(context),
    ),
    action("rename", "clustering.desk.rename", "R", noTheme, () => {
      now.naming = theme?.id ?? null;
    }),
    action("questions", "clustering.desk.questions", "A", undefined, () => {
      now.answering = !now.answering;
    }),
    action("tag", "factors.desk.tag", "G", noTheme, () => theme && tagTheme(context, theme)),
    showAction(context),
    action(
      "recolour",
      "clustering.desk.recolour",
      undefined,
      noTheme,
      () => theme && recolour(context, theme),
    ),
    action("merge", "clustering.desk.merge", undefined, noOther, () => theme && mergeInto(context, theme)),
    action("split", "clustering.desk.split", undefined, noTheme, () => theme && split(context, theme)),
    action(
      "order_back",
      "clustering.desk.order_back",
      undefined,
      edge(-1),
      () => theme && order(context, theme, -1),
    ),
    action(
      "order_on",
      "clustering.desk.order_on",
      undefined,
      edge(1),
      () => theme && order(context, theme, 1),
    ),
    ...deletion(context, notes),
  ];
  return list.filter((each) => each !== undefined);
}

function action(
  id: string,
  label: Parameters<typeof t>[0],
  key: string | undefined,
  disabled: string | undefined,
  run: () => unknown,
): Action {
  return {
    id,
    label: t(label),
    ...(key !== undefined && { key }),
    ...(disabled !== undefined && { disabled }),
    run: async () => void (await run()),
  };
}

/** What comes next in the room's words: sort, name, answer; after that the shell goes on to the next activity. */
function primary(context: DeskContext, all: Piles): Action | undefined {
  const now = doing(context);
  const first = all.free[0];
  const unnamed = all.themes.filter(({ theme }) => theme.name === "");
  const nameless = unnamed.find(({ theme }) => theme.id !== now.naming)?.theme;
  if (all.themes.length === 0) {
    if (!first) return undefined;
    return {
      ...action("begin", "clustering.desk.begin", undefined, undefined, () => {
        context.selection.focused = first.id;
        now.wanted = first.id;
      }),
      after: t("clustering.desk.begin_after"),
      primary: true,
    };
  }
  if (nameless)
    return {
      ...action("name", "clustering.desk.name_them", undefined, undefined, () => {
        now.naming = nameless.id;
      }),
      after: t("clustering.desk.name_them_after", { n: unnamed.length }),
      primary: true,
    };
  const missing = QUESTIONS.length - answered(context);
  if (missing === 0 || now.answering || now.answeredOnce) return undefined;
  return {
    ...action("answer", "clustering.desk.answer", undefined, undefined, () => {
      now.answering = true;
    }),
    after: t("clustering.desk.answer_after"),
    primary: true,
  };
}

export function script(context: DeskContext): string[] {
  const now = doing(context);
  const all = now.piles(context);
  const stage = now.answering
    ? "answer"
    : all.themes.some(({ theme }) => theme.name === "") && all.free.length === 0
      ? "name"
      : "sort";
  return [1, 2, 3].map((line) => `clustering.desk.script.${stage}.${line}`);
}

export function fact(context: DeskContext): string | undefined {
  const { themes } = doing(context).piles(context);
  return themes.length === 0 ? undefined : t("clustering.desk.fact", { n: themes.length });
}
