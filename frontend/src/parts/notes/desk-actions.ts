/** P2.1–P2.4 on the desk: from silent writing to turned notes, and the actions on notes in between. */
import { wallId } from "../../contract/ids/wall.gen";
import { MOST_DELETED } from "../../contract/writing.gen";
import type { Note } from "../../engine/types";
import { Left } from "../../desk/attempt.svelte";
import type { Action, DeskContext } from "../../desk/part";
import { rewriting } from "../../desk/rewriting";
import { reason, t, type Key } from "../../words";
import { stateOf, type State } from "./desk-state";
import { mayLetIn } from "./desk-waiting";
import { room } from "../../phone/text";

const NUMBERS = 12;
/** How many paper notes can be added at once (`AddPaper`). */
const MOST_LINES = 100;
/** How long they can be together, in bytes: a desk's message has 64 KiB. */
const MOST_BYTES = 48 * 1024;

/** "fem minutter"; above twelve in digits. */
export function minutesInWords(n: number): string {
  return n <= NUMBERS ? t(`notes.desk.number.${n}` as Key) : String(n);
}

/** P2.1: five minutes of silent writing, within what the agenda gives to the whole activity. */
const silent = ({ item }: Pick<DeskContext, "item">) => Math.min(5, item.minutes);
/** U2: the minutes when people continue writing after their time was up. */
const ON = 2;

/** The clock's initial minutes: available while people write, and not after they have stopped (U2). */
export function minutes(context: Pick<DeskContext, "item" | "board">): number | null {
  const { step, writing } = stateOf(context);
  if (step === "before") return silent(context);
  return step === "writing" ? (writing?.again ? Math.min(ON, silent(context)) : silent(context)) : null;
}

/** What typed-in notes answer, and the posters they may be put on. */
export interface About {
  readonly question: string;
  readonly posters?: readonly { readonly id: string; readonly name: string }[];
}

export function actions(context: DeskContext, about: About): Action[] {
  const state = stateOf(context);
  return [...course(context, state), ...beside(context, state, about), ...withNote(context, state)];
}

/** The next steps for the room; at most one is primary. */
function course(context: DeskContext, state: State): Action[] {
  const { item, live } = context;
  const activity = item.id;
  if (!live) return [];
  switch (state.step) {
    case "before":
      return [
        {
          id: "notes.start",
          label: t("notes.desk.start", { n: silent(context), minutes: minutesInWords(silent(context)) }),
          after: t("notes.desk.start.after"),
          primary: true,
          run: () => sent(context.send({ type: "timer.start", activity, seconds: silent(context) * 60 })),
        },
        stop(context),
      ];
    case "writing":
      return [{ ...stop(context), after: t("notes.desk.stop.after"), primary: true }];
    case "stopped":
    case "reading":
      // Only hidden notes are left, or none: nothing more to turn, so the agenda moves on.
      if (state.down.length === 0) return writeOn(context, state);
      return [
        {
          id: "notes.turn_all",
          label: t(state.step === "reading" ? "notes.desk.turn_rest" : "notes.desk.turn_all"),
          after: t("notes.desk.turn_all.after", { n: state.down.length }),
          primary: true,
          run: async () => {
            const answer = await context.send({ type: "notes.turn_all", activity });
            if (answer.stored) context.announce(t("notes.desk.turned.title"));
          },
        },
        {
          id: "notes.turn_one",
          label: t("notes.desk.turn_one"),
          run: () => turnOne(context),
        },
        ...writeOn(context, state),
      ];
    case "turned":
      return [];
  }
}

function stop(context: DeskContext): Action {
  return {
    id: "notes.stop",
    label: t("notes.desk.stop"),
    run: async () => {
      const answer = await context.send({ type: "notes.stop_writing", activity: context.item.id });
      // U2: an accidental key press can be reversed.
      if (answer.stored) context.toast(t("notes.desk.stopped"), { undo: true });
    },
  };
}

/** U2: as long as nothing is turned over people may write on. */
export function writeOn(context: DeskContext, { step }: State): Action[] {
  if (step !== "stopped") return [];
  return [
    {
      id: "notes.write_on",
      key: "O",
      label: t("notes.desk.write_on"),
      run: async () => {
        const answer = await context.send({ type: "notes.write_on", activity: context.item.id });
        if (answer.stored) context.announce(t("notes.desk.write_on.done"));
      },
    },
  ];
}

/** U9: a board that stayed empty, or notes that came too late and still wait to be let in. */
export function left(context: DeskContext): string | undefined {
  const state = stateOf(context);
  if (state.step === "stopped" && state.cards === 0) return t("notes.desk.left.none");
  return mayLetIn(context, state) && state.late > 0 ? t("notes.desk.left", { n: state.late }) : undefined;
}

async function turnOne(context: DeskContext): Promise<void> {
  const before = new Set(stateOf(context).down.map((note) => note.id));
  const answer = await context.send({ type: "notes.turn_one", activity: context.item.id });
  if (!answer.stored) return;
  // With the very first note there may be nothing to turn; it still stops the writing.
  if (answer.told.includes("nothing_to_turn")) return context.toast(reason("nothing_to_turn"));
  // The server picks at random and shows the note large; the board shows which one.
  const turned = stateOf(context).up.find((note) => before.has(note.id));
  if (turned) context.announce(t("notes.desk.turned_one", { text: turned.text }));
}

function beside(context: DeskContext, state: State, about: About): Action[] {
  if (state.step === "before" && !context.live) return [];
  return [
    ...(mayLetIn(context, state) ? [letIn(context)] : []),
    { id: "notes.add_paper", label: t("notes.desk.paper"), run: () => addPaper(context, about) },
  ];
}

/** F1: the desk cannot choose which and when: they come with others. */
function letIn(context: DeskContext): Action {
  return {
    id: "notes.let_in_late",
    label: t("notes.desk.let_in"),
    run: async () => {
      const answer = await context.send({ type: "notes.let_in_late", activity: context.item.id });
      if (answer.stored) context.announce(t("notes.desk.let_in.done"));
    },
  };
}

/** Nothing that anybody sees; the server takes it for empty too (`app/engine/text.py`). */
const blank = /^[\s\p{Cf}\u2800\u3164\u115f\u1160\uffa0\u034f]*$/u;

/** One note per line; blank lines are ignored. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => !blank.test(line));
}

async function addPaper(context: DeskContext, about: About): Promise<void> {
  const poster = about.posters
    ? await context.ask({
        title: t("posters.desk.paper.title"),
        choices: about.posters.map(({ id, name }) => ({ id, label: name })),
      })
    : undefined;
  if (poster === null) return;
  const activity = context.item.id;
  await context.ask({
    title: t("notes.desk.paper.title"),
    text: about.question,
    field: t("notes.desk.paper.field"),
    hint: t("notes.desk.paper.hint"),
    lines: 8,
    keep: `paper ${activity} ${poster ?? ""}`,
    yes: t("notes.desk.paper.yes"),
    // G35: store what fits; the rest stays in the dialog, with the reason.
    store: async (typed) => {
      const { texts, rest } = fitting(linesOf(typed));
      if (texts.length > 0) {
        await context.store({ type: "notes.add_paper", activity, texts, ...(poster && { poster }) });
        context.toast(t("notes.desk.paper.added", { n: texts.length }));
      }
      if (rest.length > 0) throw new Left(t("notes.desk.paper.rest", { n: rest.length }), rest.join("\n"));
    },
  });
}

/** The lines that can be stored together, and those that are too long or too many. */
export function fitting(lines: readonly string[]): { texts: string[]; rest: string[] } {
  const good = lines.map((line, nth) => ({ line, nth })).filter(({ line }) => room(line) >= 0);
  let left = MOST_BYTES;
  const fits = ({ line }: { line: string }) => (left -= new TextEncoder().encode(line).length) >= 0;
  const taken = new Set(
    good
      .slice(0, MOST_LINES)
      .filter(fits)
      .map(({ nth }) => nth),
  );
  return {
    texts: lines.filter((_, nth) => taken.has(nth)),
    rest: lines.filter((_, nth) => !taken.has(nth)),
  };
}

/** Actions for the picked notes; the board draws them as buttons next to the count. */
function withNote(context: DeskContext, state: State): Action[] {
  if (state.step === "before" || state.step === "writing") return [];
  const { board, selection, workshop } = context;
  const notes = selection.targets.flatMap((id) => board.one("note", id) ?? []);
  const [note] = notes;
  // Without a selection, H and F are the desk's common actions.
  if (note === undefined) return [];
  const one = notes.length > 1 ? t("notes.desk.one_note") : undefined;
  const hidden = notes.every((each) => each.face === "hidden");
  const forward = board.one("wall", wallId(workshop))?.forward === note.id;
  return [
    {
      id: "notes.hide",
      key: "H",
      label: t(hidden ? "desk.hide.off" : "desk.hide"),
      run: () => hide(context, notes),
    },
    ...(note.face === "up"
      ? [
          {
            id: "notes.forward",
            key: "F",
            label: t(forward ? "desk.forward.off" : "desk.forward"),
            disabled: one,
            run: () =>
              sent(context.send({ type: "wall.change", workshop, forward: forward ? null : note.id })),
          },
        ]
      : []),
    {
      id: "notes.mask",
      label: t("notes.desk.mask"),
      disabled: one,
      run: () => mask(context, note.id),
    },
    ...deletion(context, notes),
  ];
}

/** A5, F6: gone for good, one note or a whole flood. */
export function deletion(context: DeskContext, notes: readonly Note[]): Action[] {
  if (!context.facilitator || notes.length === 0) return [];
  const n = notes.length;
  return [
    {
      id: "notes.delete",
      key: "Delete",
      label: n === 1 ? t("notes.desk.delete") : t("notes.desk.delete_many", { n }),
      disabled: n > MOST_DELETED ? t("notes.desk.delete_most", { n: MOST_DELETED }) : undefined,
      danger: true,
      run: () =>
        remove(
          context,
          notes.map(({ id }) => id),
        ),
    },
  ];
}

/** P2.2: takes notes out of the room's sight, or, when all of them are hidden, shows them again. */
export async function hide(
  context: Pick<DeskContext, "board" | "send" | "toast">,
  notes: readonly Note[],
): Promise<void> {
  const show = notes.every((note) => note.face === "hidden");
  const type = show ? ("notes.show" as const) : ("notes.hide" as const);
  const answers = await Promise.all(
    notes
      .filter((note) => show || note.face !== "hidden")
      .map((note) => context.send({ type, note: note.id, base: context.board.seqOf(note.id) })),
  );
  if (answers.some((answer) => answer.stored))
    context.toast(t(show ? "desk.shown" : "desk.hidden"), { undo: true });
}

/** A13: the words that point to a person are replaced; the old text is not kept. */
export async function mask(context: DeskContext, id: string): Promise<void> {
  const note = context.board.one("note", id);
  if (!note) return;
  await context.ask({
    title: t("notes.desk.mask.title"),
    text: t("notes.desk.mask.text"),
    field: t("notes.desk.mask.field"),
    value: note.text,
    lines: 4,
    keep: `mask ${id}`,
    store: rewriting(context, id, note.text, (base, text) => ({ type: "notes.mask", note: id, base, text })),
    yes: t("notes.desk.mask.yes"),
  });
}

async function remove(context: DeskContext, notes: readonly string[]): Promise<void> {
  const n = notes.length;
  const sure = await context.ask({
    title: t("notes.desk.delete.ask", { n }),
    text: t("notes.desk.delete.text", { n }),
    yes: n === 1 ? t("notes.desk.delete") : t("notes.desk.delete_many", { n }),
    danger: true,
  });
  if (sure === null) return;
  const [note = ""] = notes;
  const answer = await context.send(
    n === 1 ? { type: "notes.delete", note } : { type: "notes.delete_many", notes: [...notes] },
  );
  if (answer.stored) context.toast(t("notes.desk.deleted", { n }));
}

export function phones(context: DeskContext): string {
  const { step } = stateOf(context);
  if (step === "before" || step === "writing") return "notes.desk.phones.open";
  return step === "turned" ? "notes.desk.phones.turned" : "notes.desk.phones.stopped";
}

export function fact(context: DeskContext): string | undefined {
  if (context.item.state === "planned") return undefined;
  const { cards } = stateOf(context);
  return cards > 0 ? t("notes.desk.fact", { n: cards }) : undefined;
}

/** An action's `run` answers nothing. */
async function sent(answer: Promise<unknown>): Promise<void> {
  await answer;
}
