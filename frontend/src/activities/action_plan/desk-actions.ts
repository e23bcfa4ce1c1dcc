/** P4.5–P4.7 on the desk: what can be done with the plan, by key and by hand. */
import { ACTION_STATUSES } from "../../contract/action_plan.gen";
import { tick } from "svelte";
import { newId } from "../../engine/ids";
import type { PlanAction, SignUp } from "../../engine/types";
import type { Action, DeskContext } from "../../desk/part";
import type { Said } from "../../desk/say";
import { t } from "../../words";
import { wanted } from "./desk-cells.svelte";
import { waiting } from "./desk-plan";
import { isOpen, rowsOf, viewOf, type Status } from "./plan";

export const rows = (context: DeskContext): PlanAction[] => rowsOf(context.board, viewOf(context.item));

/** The row that has the keyboard. */
const here = (context: DeskContext): PlanAction | undefined =>
  context.board.one("action", context.selection.focused);

export function actions(context: DeskContext): Action[] {
  const [first] = waiting(context.board);
  const making = viewOf(context.item) === "plan";
  return [
    ...(first && making
      ? [
          {
            id: "action_plan.make",
            key: "G",
            label: t("action_plan.desk.make"),
            after: first.note.text,
            primary: context.live,
            run: () => make(context, first.note.id),
          },
        ]
      : []),
    {
      id: "action_plan.add",
      key: "N",
      label: t("action_plan.desk.add"),
      // U9: an empty plan begins with its first row.
      primary: context.live && making && !first && rows(context).length === 0,
      run: () => add(context),
    },
    ...withRow(context),
  ];
}

function withRow(context: DeskContext): Action[] {
  const row = here(context);
  const all = rows(context);
  const at = row ? all.findIndex((each) => each.id === row.id) : -1;
  const none = row ? undefined : t("action_plan.desk.pick_row");
  return [
    {
      id: "action_plan.status",
      key: "T",
      label: t("action_plan.desk.next_status"),
      disabled: none,
      run: () => row && setStatus(context, row, after(row.status)),
    },
    {
      id: "action_plan.sign_up",
      key: "M",
      label: t("action_plan.desk.sign_up.key"),
      disabled: none,
      run: () => row && openSignUp(context, row),
    },
    {
      id: "action_plan.up",
      key: "U",
      label: t("action_plan.desk.up"),
      disabled: none ?? (at === 0 ? t("action_plan.desk.at_top") : undefined),
      run: () => row && move(context, row, -1),
    },
    {
      id: "action_plan.down",
      key: "J",
      label: t("action_plan.desk.down"),
      disabled: none ?? (at === all.length - 1 ? t("action_plan.desk.at_bottom") : undefined),
      run: () => row && move(context, row, 1),
    },
    {
      id: "action_plan.remove",
      key: "Delete",
      label: t("action_plan.desk.remove"),
      disabled: none,
      danger: true,
      run: () => row && remove(context, row),
    },
  ];
}

const after = (status: Status): Status =>
  ACTION_STATUSES[(ACTION_STATUSES.indexOf(status) + 1) % ACTION_STATUSES.length] ?? status;

export async function add(context: DeskContext): Promise<void> {
  const action = newId();
  // The next action mostly belongs to the theme the room is at.
  const theme = here(context)?.theme ?? rows(context).at(-1)?.theme ?? null;
  const there = context.board.one("theme", theme) ? theme : null;
  const answer = await context.send({
    type: "action_plan.add",
    activity: context.item.id,
    action,
    theme: there,
    text: "",
  });
  if (answer.stored) wanted.row = action;
}

/** P4.5: a picked proposal becomes a row, with its theme and the answers to "how?". */
export async function make(context: DeskContext, note: string): Promise<void> {
  const action = newId();
  const text = context.board.one("note", note)?.text ?? "";
  const answer = await context.send({
    type: "action_plan.make",
    activity: context.item.id,
    action,
    note,
  });
  if (answer.stored) context.announce(t("action_plan.desk.made", { text }));
}

export async function setStatus(context: DeskContext, row: PlanAction, status: Status): Promise<void> {
  const answer = await context.send({
    type: "action_plan.status",
    activity: context.item.id,
    action: row.id,
    base: context.board.seqOf(row.id),
    status,
  });
  if (answer.stored)
    context.announce(
      t("action_plan.desk.status_now", { text: row.text, status: t(`action_plan.desk.status.${status}`) }),
    );
}

/** P4.6: whether people may sign up for it. */
export async function openSignUp(context: DeskContext, row: PlanAction): Promise<void> {
  await context.send({
    type: "action_plan.open_sign_up",
    activity: context.item.id,
    action: row.id,
    base: context.board.seqOf(row.id),
    open: !row.sign_up,
  });
}

/** P4.6: for people who have lost the phone they signed up with; cannot be undone, so it asks first. */
export async function strike(context: DeskContext, signUp: SignUp): Promise<void> {
  const sure = await context.ask({
    title: t("action_plan.desk.strike.ask", { name: signUp.name }),
    text: t("action_plan.desk.strike.text"),
    yes: t("action_plan.desk.strike.yes"),
    danger: true,
  });
  if (sure === null) return;
  await context.send({ type: "action_plan.strike", activity: context.item.id, sign_up: signUp.id });
}

export async function move(context: DeskContext, row: PlanAction, by: -1 | 1): Promise<void> {
  const all = rows(context);
  const at = all.findIndex((each) => each.id === row.id);
  const to = at + by;
  if (to < 0 || to >= all.length) return;
  const before = all[by < 0 ? to : to + 1]?.id ?? null;
  const answer = await context.send({
    type: "action_plan.move",
    activity: context.item.id,
    action: row.id,
    base: context.board.seqOf(row.id),
    before,
  });
  if (!answer.stored) return;
  context.announce(t("action_plan.desk.moved", { n: to + 1, all: all.length }));
  await tick();
  handle(row.id)?.focus();
}

export async function remove(context: DeskContext, row: PlanAction): Promise<void> {
  const all = rows(context);
  const at = all.findIndex((each) => each.id === row.id);
  const answer = await context.send({
    type: "action_plan.remove",
    activity: context.item.id,
    action: row.id,
    base: context.board.seqOf(row.id),
  });
  if (!answer.stored) return;
  context.toast(t("action_plan.desk.removed"), { undo: true });
  await tick();
  const next = all[at + 1] ?? all[at - 1];
  if (next) handle(next.id)?.focus();
}

/** The handle of a row: what has the focus while the row is moved by key. */
const handle = (row: string) => document.getElementById(`plan-${row}`);

export function script(context: DeskContext): Said {
  const begun = context.board.all("action").length > 0;
  const step = viewOf(context.item) === "status" ? "status" : begun ? "fill" : "start";
  return { stage: `action_plan.desk.say.${step}`, last: step !== "start" };
}

/** U9: rows of the plan that do not say who, or when. */
export function left(context: DeskContext): string | undefined {
  if (viewOf(context.item) === "status") return undefined;
  const all = rows(context).filter(isOpen);
  const n = all.filter((row) => row.responsible.length === 0 || row.when.trim() === "").length;
  return n > 0 ? t("action_plan.desk.left", { n }) : undefined;
}

export const phones = () => "action_plan.desk.phones";

export function fact(context: DeskContext): string | undefined {
  const all = context.board.all("action");
  const shown = viewOf(context.item) === "status" ? all.filter(isOpen) : all;
  return shown.length > 0 ? t("action_plan.desk.fact", { n: shown.length }) : undefined;
}
