/** P3.2, P3.3: the quadrants in two guided passes, first important or not, then urgent or not; or placed freely. */
import { guideId } from "../../contract/ids/priority.gen";
import type { Board } from "../../engine/board.svelte";
import type { DeskOrder, Guide, Priority } from "../../engine/types";
import { TRAY } from "../../desk/fields/fields";

export type Pass = Guide["step"];
export interface Sides {
  readonly important: boolean | null;
  readonly urgent: boolean | null;
}

/** P3.3: two are enough, three are usual (`MOST_CHOSEN`), one more has to be confirmed. */
export const ENOUGH = 2;

export const UNPLACED: Sides = { important: null, urgent: null };

export const passOf = (board: Pick<Board, "one">, item: string): Pass =>
  board.one("guide", guideId(item))?.step ?? "important";

export const sidesOf = (record: Priority | undefined): Sides =>
  record ? { important: record.important, urgent: record.urgent } : UNPLACED;

export const HALVES = { important: { important: true }, other: { important: false } } as const;
export const QUADRANTS = {
  do: { important: true, urgent: true },
  soon: { important: false, urgent: true },
  plan: { important: true, urgent: false },
  leave: { important: false, urgent: false },
} as const;
export type Quadrant = keyof typeof QUADRANTS;
/** Important or not is known, urgent or not is not yet. */
export const STRIPS = { ask_important: true, ask_other: false } as const;

/** The field of a theme. In the first pass only the halves count, even if the second is known. */
export function fieldOf(pass: Pass, { important, urgent }: Sides): string {
  if (important === null) return TRAY;
  if (pass === "important") return important ? "important" : "other";
  if (urgent === null) return important ? "ask_important" : "ask_other";
  if (urgent) return important ? "do" : "soon";
  return important ? "plan" : "leave";
}

/** A theme's sides after it is dropped in a field, keeping everything already known. */
export function sidesIn(field: string, now: Sides): Sides {
  if (field === "important" || field === "other") return { ...now, ...HALVES[field] };
  if (field in QUADRANTS) return QUADRANTS[field as Quadrant];
  if (field in STRIPS) return { important: STRIPS[field as keyof typeof STRIPS], urgent: null };
  return UNPLACED;
}

/** The command for a theme dropped in a field; null if it is there already. */
export function place(theme: string, field: string, now: Sides, base: number): DeskOrder | null {
  const sides = sidesIn(field, now);
  if (sides.important === now.important && sides.urgent === now.urgent) return null;
  return { type: "priority.place", theme, base, ...sides };
}

/** The fields whose cards still have to be asked about in a pass. */
export const waiting = (pass: Pass): string[] =>
  pass === "important" ? [TRAY] : ["ask_important", "ask_other", TRAY];

/** The next step: place a theme, continue with urgency, choose; null when enough are chosen. */
export function nextStep(
  pass: Pass,
  all: readonly Sides[],
  chosen: number,
): "place" | "urgent" | "choose" | null {
  if (all.length === 0) return null;
  const missing = all.some(
    (sides) => sides.important === null || (pass !== "important" && sides.urgent === null),
  );
  if (missing) return "place";
  if (pass === "important") return "urgent";
  return chosen < Math.min(ENOUGH, all.length) ? "choose" : null;
}
