/** U16: a template's agenda as it is arranged before the meeting is made; pure. A line knows its place in the template. */
import type { Template } from "./api";

export interface Line {
  /** Its place in the template. */
  readonly item: number;
  readonly title: string;
  readonly minutes: number;
}

export const linesOf = (template: Pick<Template, "items">): Line[] =>
  template.items.map(({ title, minutes }, item) => ({ item, title, minutes }));

export const total = (lines: readonly Line[]): number => lines.reduce((sum, { minutes }) => sum + minutes, 0);

/** The line one place up (-1) or down (1); at the ends nothing moves. */
export function moved(lines: readonly Line[], at: number, by: -1 | 1): Line[] {
  const [line, other] = [lines[at], lines[at + by]];
  return line && other
    ? lines.map((each, n) => (n === at ? other : n === at + by ? line : each))
    : [...lines];
}

export const without = (lines: readonly Line[], at: number): Line[] => lines.filter((_, n) => n !== at);

export const timed = (lines: readonly Line[], at: number, minutes: number): Line[] =>
  lines.map((line, n) => (n === at ? { ...line, minutes } : line));

/** The lines to send; null if they are the template's. */
export function changed(lines: readonly Line[], template: Pick<Template, "items">): Line[] | null {
  const same = (line: Line, n: number) => line.item === n && line.minutes === template.items[n]?.minutes;
  return lines.length === template.items.length && lines.every(same) ? null : [...lines];
}
