/**
 * A picture as lines and words, before anything is coloured. The server draws it for page and paper
 * (`app/blocks/drawing.py`), a screen for the wall and the desk; golden drawings keep the two in step.
 */
import type { Drawing, DrawnPath, DrawnText, Frame } from "../protocol.gen";

export type { Drawing, Frame };
type Point = readonly [x: number, y: number];

/** Draws into a frame; widths and sizes are in heights of its letters. */
export class Pen {
  readonly #paths: DrawnPath[] = [];
  readonly #texts: DrawnText[] = [];

  constructor(private readonly frame: Frame) {}

  /** Draw a path on top. */
  mark(look: DrawnPath["look"], path: string, stroke = 0, gap = 0): void {
    const { type } = this.frame;
    this.#paths.push({ look, path, stroke: type * stroke, gap: type * gap });
  }

  /** A text, if there is any. */
  say(
    text: string,
    x: number,
    y: number,
    anchor: DrawnText["anchor"] = "middle",
    tone: DrawnText["tone"] = "quiet",
    size = 1,
  ): void {
    if (text) this.#texts.push({ text, x, y, size: size * this.frame.type, anchor, tone });
  }

  /** What was drawn so far. */
  drawing(): Drawing {
    return { frame: this.frame, paths: this.#paths, texts: this.#texts };
  }
}

/** Numbers of a path, to a tenth. */
export const at = (...numbers: readonly number[]): string => numbers.map((n) => n.toFixed(1)).join(" ");

/** A path from point to point. */
export const line = (...points: readonly Point[]): string =>
  `M${points.map(([x, y]) => at(x, y)).join(" L")}`;

/** A closed path. */
export const area = (...points: readonly Point[]): string => `${line(...points)} Z`;

/** A round path. */
export function circle(x: number, y: number, radius: number): string {
  const half = `A${at(radius, radius)} 0 0 1`;
  return `M${at(x - radius, y)} ${half} ${at(x + radius, y)} ${half} ${at(x - radius, y)} Z`;
}

/** A box on its base, with rounded upper corners. */
export function bar(x: number, y: number, width: number, height: number, corner: number): string {
  const r = Math.min(corner, height, width / 2);
  const [right, base, turn] = [x + width, y + height, `A${at(r, r)} 0 0 1`];
  return `M${at(x, base)} L${at(x, y + r)} ${turn} ${at(x + r, y)} L${at(right - r, y)} ${turn} ${at(right, y + r)} L${at(right, base)} Z`;
}
