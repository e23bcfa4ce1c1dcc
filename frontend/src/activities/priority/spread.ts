/** P3.4: where a group placed each theme, as numbers and as marks in a square; pure. */
import { spreadId } from "../../contract/ids/priority.gen";
import type { Board } from "../../engine/board.svelte";
import * as placing from "../../parts/placing/placing";
import type { Spread } from "../../engine/types";

export type Group = placing.Group<Spread>;

/** What the room may know: the current themes with a result, and the names of those without. */
export const groupOf = (board: Pick<Board, "one">, item: string): Group =>
  placing.groupOf(board, item, (theme) => board.one("spread", spreadId(item, theme)));

/** A mark in a unit square: its place, and the spread of the answers in both directions. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
}

/** Margin on each side of the square, so that a unanimous mark is not cut off. */
const EDGE = 0.1;
const LEAST = 0.045;

/** How divided the answers are: 0 if all agree, 1 if both sides are equal. */
export const apart = (yes: number, n: number): number => (2 * Math.sqrt(yes * (n - yes))) / n;

/** Important to the left and urgent at the top, as the quadrants lie. */
export function markOf({ n, important, urgent }: Spread): Mark {
  const along = (yes: number) => EDGE + (1 - 2 * EDGE) * (1 - yes / n);
  const wide = (yes: number) => LEAST + 0.1 * apart(yes, n);
  return { x: along(important), y: along(urgent), rx: wide(important), ry: wide(urgent) };
}

/** The same marks, moved apart until no two numbers lie on each other; always in the same way. */
export function loosened(marks: readonly Mark[], least = 0.075): Mark[] {
  const now = marks.map((mark) => ({ ...mark }));
  const within = (at: number) => Math.min(1 - EDGE / 2, Math.max(EDGE / 2, at));
  for (let round = 0; round < 60; round += 1) {
    let moved = false;
    now.forEach((a, i) =>
      now.slice(i + 1).forEach((b, j) => {
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const far = Math.hypot(dx, dy);
        if (far >= least) return;
        // For marks at exactly the same place, each pair moves in its own direction.
        const angle = far > 1e-6 ? Math.atan2(dy, dx) : (i + j) * 2.4;
        const push = (least - far) / 2 + 1e-4;
        a.x = within(a.x - Math.cos(angle) * push);
        a.y = within(a.y - Math.sin(angle) * push);
        b.x = within(b.x + Math.cos(angle) * push);
        b.y = within(b.y + Math.sin(angle) * push);
        moved = true;
      }),
    );
    if (!moved) break;
  }
  return now;
}
