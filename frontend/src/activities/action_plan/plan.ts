/** The contents of the plan, the same on desk, wall and phone: the order of its rows, who, and when. */
import { ACTION_STATUSES } from "../../contract/action_plan.gen";
import { byWords } from "../../collation";
import type { Board } from "../../engine/board.svelte";
import { today } from "../../engine/day";
import type { Item, PlanAction, SignUp } from "../../engine/types";
import { lang } from "../../words";

export type Status = (typeof ACTION_STATUSES)[number];

export const isOpen = ({ status }: Pick<PlanAction, "status">): boolean =>
  status === "not_started" || status === "under_way";

export type View = "plan" | "status";
export const viewOf = (item: Item): View => (item.activity === "action_plan" ? item.settings.view : "plan");

/** The rows by position; when the meeting looks back, the open ones first (P4.7). */
export function rowsOf(board: Pick<Board, "all">, view: View): PlanAction[] {
  const last = (action: PlanAction) => Number(view === "status" && !isOpen(action));
  return [...board.all("action")].sort(
    (a, b) => last(a) - last(b) || a.position - b.position || (a.id < b.id ? -1 : 1),
  );
}

/** "Dorte, Emil" as names; "Drift og salg" is one. */
export function namesIn(text: string): string[] {
  const names = text.split(/[,;\n]/).map((name) => name.trim().replace(/\s+/g, " "));
  return [...new Set(names.filter((name) => name !== ""))];
}

/** P4.6: who has signed up, sorted by name: the order of sign-ups does not show (A15). */
export function signedUp(board: Pick<Board, "all">, action: string): SignUp[] {
  return board
    .all("sign_up")
    .filter((one) => one.action === action)
    .sort((a, b) => byWords(a.name, b.name) || (a.id < b.id ? -1 : 1));
}

const DAY = 86_400_000;

export const isLate = (action: Pick<PlanAction, "day" | "status">, now: number): boolean =>
  action.day !== null && isOpen(action) && action.day < today(now);

/** "fredag 26. marts", with its year when it is more than half a year away; `short` is "26. mar.". */
export function dayInWords(iso: string, now: number, style: "long" | "short" = "long"): string {
  const date = new Date(`${iso}T12:00:00Z`);
  const far = Math.abs(date.getTime() - now) > 183 * DAY;
  const text = new Intl.DateTimeFormat(lang() === "da" ? "da-DK" : "en-GB", {
    timeZone: "UTC",
    ...(style === "long" ? { weekday: "long" } : {}),
    day: "numeric",
    month: style,
    ...(far ? { year: "numeric" } : {}),
  }).format(date);
  return text.replace(/ den /, " ");
}
