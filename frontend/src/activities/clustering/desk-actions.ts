/** What can be done with the note or theme that has the keyboard, by key, by menu and by the dock alike (P2.6). */
import { AT_ONCE, QUESTIONS } from "../../contract/clustering.gen";
import { PAPERS } from "../../contract/desk.gen";
import { answerId } from "../../contract/ids/clustering.gen";
import { wallId } from "../../contract/ids/wall.gen";
import { nameOf } from "../../parts/themes/themes";
import type { Note, Paper, Theme } from "../../engine/types";
import type { Action, DeskContext } from "../../desk/part";
import type { Said } from "../../desk/say";
import { showAction, tagTheme } from "../../parts/factors/desk-actions";
import type { MenuItem } from "../../ui/Menu.svelte";
import { t } from "../../words";
import { deletion } from "../../parts/notes/desk-actions";
import { answered } from "./desk-answers";
import { sorting, short } from "./desk-sorting.svelte";
import { before, pileOf, type Piles } from "./desk-piles";
import { viewActions } from "./desk-view";

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
  const now = sorting(context);
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
  const now = sorting(context);
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
  await sorting(context).ask(
    context,
    { type: "clustering.recolour", theme: theme.id, base, paper: paper as Paper },
    theme.id,
    t("clustering.desk.recoloured", { theme: nameOf(theme), paper: word }),
  );
}

export async function split(context: DeskContext, theme: Theme): Promise<void> {
  const base = context.board.seqOf(theme.id);
  await sorting(context).ask(
    context,
    { type: "clustering.split", theme: theme.id, base },
    theme.id,
    t("clustering.desk.split_done", { theme: nameOf(theme) }),
  );
}

export async function order(context: DeskContext, theme: Theme, by: 1 | -1): Promise<void> {
  const themes = sorting(context)
    .piles(context)
    .themes.map((pile) => pile.theme);
  const place = before(themes, theme.id, by);
  if (place !== undefined)
    await sorting(context).putTheme(context, theme.id, { to: "between", before: place });
}

/** What is shown large on this meeting's wall. */
export const forwardOf = ({ board, item }: DeskContext): string | null =>
  board.one("wall", wallId(item.workshop))?.forward ?? null;

/** A note or theme is shown large on the wall, or taken down again. */
export async function forward(context: DeskContext, id: string): Promise<void> {
  const { workshop } = context.item;
  const up = forwardOf(context) === id;
  const answer = await context.send({ type: "wall.change", workshop, forward: up ? null : id });
  if (answer.stored)
    context.announce(t(up ? "clustering.desk.backward_done" : "clustering.desk.forward_done"));
}

/** What can be done with a theme; without one each says why not. */
function themeActions(context: DeskContext, theme: Theme | undefined): Action[] {
  const now = sorting(context);
  const themes = now.piles(context).themes.map((pile) => pile.theme);
  const noTheme = theme ? undefined : t("clustering.desk.no_theme");
  const noOther = noTheme ?? (themes.length > 1 ? undefined : t("clustering.desk.no_other"));
  const edge = (by: 1 | -1) =>
    noTheme ??
    (theme && before(themes, theme.id, by) === undefined ? t("clustering.desk.no_place") : undefined);
  const of = (run: (theme: Theme) => unknown) => () => theme && run(theme);
  return [
    action("rename", "clustering.desk.rename", "R", noTheme, () => (now.naming = theme?.id ?? null)),
    action(
      "tag",
      "factors.desk.tag",
      "G",
      noTheme,
      of((on) => tagTheme(context, on)),
    ),
    action(
      "recolour",
      "clustering.desk.recolour",
      undefined,
      noTheme,
      of((on) => recolour(context, on)),
    ),
    action(
      "merge",
      "clustering.desk.merge",
      undefined,
      noOther,
      of((on) => mergeInto(context, on)),
    ),
    action(
      "split",
      "clustering.desk.split",
      undefined,
      noTheme,
      of((on) => split(context, on)),
    ),
    action(
      "order_back",
      "clustering.desk.order_back",
      undefined,
      edge(-1),
      of((on) => order(context, on, -1)),
    ),
    action(
      "order_on",
      "clustering.desk.order_on",
      undefined,
      edge(1),
      of((on) => order(context, on, 1)),
    ),
  ];
}

/** What the menu of a theme offers: the actions, and to show it large. */
export function themeMenu(context: DeskContext, theme: Theme): MenuItem[] {
  const up = forwardOf(context) === theme.id;
  const large = action(
    "forward",
    up ? "clustering.desk.backward" : "clustering.desk.forward",
    "F",
    undefined,
    () => forward(context, theme.id),
  );
  const all = [large, ...themeActions(context, theme), ...viewActions(context, theme)];
  return ["rename", "forward", "fold", "recolour", "tag", "merge", "order_back", "order_on", "split"].flatMap(
    (id) =>
      all
        .filter((each) => each.id === id)
        .map(({ run, ...each }) => ({
          ...each,
          aside: id === "recolour" ? t(`clustering.desk.paper.${theme.paper}`) : undefined,
          run: () => void run(),
        })),
  );
}

/** U20: what the floating bar offers for what is picked. */
export function pickedActions(context: DeskContext): Action[] {
  const all = actions(context);
  const one = context.selection.size === 1;
  const ids = ["new_theme", "move", ...(one ? ["forward_note"] : []), "notes.delete"];
  return ids.flatMap((id) => all.filter((each) => each.id === id));
}

export function actions(context: DeskContext): Action[] {
  const now = sorting(context);
  const all = now.piles(context);
  const notes = notesOf(context);
  const noNote = notes.length === 0 ? t("clustering.desk.no_note") : undefined;
  const merges = context.board.one("theme", context.selection.focused) !== undefined && all.themes.length > 1;
  const theme = themeOf(context, all);
  const [rename, tag, ...others] = themeActions(context, theme);
  const list: (Action | undefined)[] = [
    primary(context, all),
    action("new_theme", "clustering.desk.make", "T", noNote, () =>
      now.putNotes(
        context,
        notes.map((note) => note.id),
        { to: "fresh" },
      ),
    ),
    action("move", "clustering.desk.move", "M", merges ? undefined : noNote, () => moveTo(context)),
    rename,
    action("questions", "clustering.desk.questions", "A", undefined, () => {
      now.answering = !now.answering;
    }),
    tag,
    actAtOnce(context),
    showAction(context),
    ...others,
    ...viewActions(context, theme),
    ...deletion(context, notes),
  ];
  return list.filter((each) => each !== undefined);
}

export function action(
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

/** W9: what we would act on at once becomes actions of the plan, a line each. */
export function actAtOnce(context: DeskContext): Action {
  const { board, item } = context;
  const id = answerId(item.id, AT_ONCE);
  const none = board.one("answer", id) ? undefined : t("clustering.desk.act.none");
  return action("act", "clustering.desk.act", "L", none, async () => {
    const stored = await context.send({ type: "clustering.act", answer: id, base: board.seqOf(id) });
    if (stored.stored) context.toast(t("clustering.desk.acted"), { undo: true });
  });
}

/** The loose notes that are picked or have the keyboard, else the first one. */
function nextLoose(context: DeskContext, all: Piles): Note[] {
  const targets = new Set(context.selection.targets);
  const picked = all.free.filter(({ id }) => targets.has(id));
  return picked.length > 0 ? picked : all.free.slice(0, 1);
}

/** U9: choose a theme for the next loose note, or leave the rest loose. */
async function sortNext(context: DeskContext): Promise<void> {
  const now = sorting(context);
  const all = now.piles(context);
  const [note] = nextLoose(context, all);
  if (!note) return;
  const answer = await context.ask({
    title: t("clustering.desk.move_one"),
    text: note.text,
    choices: [
      ...all.themes.map(choice),
      { id: "fresh", label: t("clustering.desk.to_fresh") },
      { id: "leave", label: t("clustering.desk.leave_loose", { n: all.free.length }) },
    ],
  });
  if (answer === "leave") now.leftLoose = true;
  else if (answer !== null)
    await now.putNotes(context, [note.id], answer === "fresh" ? { to: answer } : { to: "theme", id: answer });
}

/** The next step: sort, name, answer; after that the shell leads on to the next activity. */
function primary(context: DeskContext, all: Piles): Action | undefined {
  const now = sorting(context);
  const loose = nextLoose(context, all);
  const n = all.free.length;
  const unnamed = all.themes.filter(({ theme }) => theme.name === "");
  const nameless = unnamed.find(({ theme }) => theme.id !== now.naming)?.theme;
  if (all.themes.length === 0) {
    const [first] = loose;
    if (!first || now.leftLoose) return undefined;
    return {
      id: "begin",
      label: t("clustering.desk.begin", { n: loose.length }),
      after: loose.length > 1 ? t("clustering.desk.loose", { n }) : short(first),
      primary: true,
      run: () =>
        now.putNotes(
          context,
          loose.map(({ id }) => id),
          { to: "fresh" },
        ),
    };
  }
  // With the questions open, sorting is done.
  if (n > 0 && !now.leftLoose && !now.answering)
    return {
      id: "sort",
      label: t("clustering.desk.sort"),
      after: t("clustering.desk.loose", { n }),
      primary: true,
      run: () => sortNext(context),
    };
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

/** U9: questions without an answer, and notes that were left loose. */
export function left(context: DeskContext): string | undefined {
  const missing = QUESTIONS.length - answered(context);
  const { free, themes } = sorting(context).piles(context);
  if (themes.length + free.length === 0) return t("clustering.desk.left.notes");
  if (themes.length > 0 && missing > 0) return t("clustering.desk.left.answers", { n: missing });
  return free.length > 0 ? t("clustering.desk.loose", { n: free.length }) : undefined;
}

export function script(context: DeskContext): Said {
  const now = sorting(context);
  const { themes, free } = now.piles(context);
  if (now.answering) return { stage: "clustering.desk.say.answer", params: { n: themes.length }, last: true };
  if (themes.some(({ theme }) => theme.name === "") && free.length === 0)
    return { stage: "clustering.desk.say.name" };
  const n = themes.reduce((sum, { notes }) => sum + notes.length, free.length);
  return { stage: "clustering.desk.say.sort", params: { n } };
}

export function fact(context: DeskContext): string | undefined {
  const { themes } = sorting(context).piles(context);
  return themes.length === 0 ? undefined : t("clustering.desk.fact", { n: themes.length });
}
