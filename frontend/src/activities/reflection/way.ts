/** P5.4: the progress picture, as `app/blocks/course` draws it. */
import { PROGRESS_TOP } from "../../contract/reflection.gen";
import { area, circle, line, Pen, type Drawing, type Frame } from "../../ui/drawing";

/** With more places than this only the first and the last say when they were. */
const MOST_LABELS = 5;
/** About how wide a letter is, as a share of its height. */
const LETTER = 0.55;

export interface Place {
  readonly label: string;
  readonly value: number;
}

/**
 * The path to where it is today, and a flag at the right edge for the aim. The places are evenly spaced from left to
 * right, the highest at the top.
 */
export function drawWay(
  points: readonly Place[],
  aim: Place | null,
  ends: { readonly low: string; readonly high: string },
  frame: Frame,
): Drawing {
  const pen = new Pen(frame);
  const { width, height, type } = frame;
  const [left, top, bottom] = [type * 1.6, type * 2.4, height - type * 3.2];
  const longest = Math.max(0, ...[...points, ...(aim ? [aim] : [])].map(({ label }) => [...label].length));
  const need = type * LETTER * longest;
  const end = width - Math.max(type * 2.6, need / 2);
  const first = left + Math.max(type * 2, need / 2);
  const last = aim ? end - Math.max(type * 5.4, need) : end;
  const step = (last - first) / Math.max(1, points.length - 1);
  const allSaid = points.length <= MOST_LABELS && step >= need;
  const y = (value: number) => bottom - ((bottom - top) * value) / PROGRESS_TOP;

  for (const value of [PROGRESS_TOP, PROGRESS_TOP / 2, 0]) {
    pen.mark("grid", line([left, y(value)], [width, y(value)]), 0.07);
    pen.say(`${value}`, left - type * 0.35, y(value) + type * 0.35, "end");
  }
  pen.say(cut(ends.high, width - left - type, type), left, type, "start");
  pen.say(cut(ends.low, width - left - type, type), left, height - type * 0.4, "start");
  const way = points.map(({ value }, at) => [first + at * step, y(value)] as const);
  const [start, today] = [way[0], way.at(-1)];
  if (start && today) {
    pen.mark("soft", area([start[0], bottom], ...way, [today[0], bottom]));
    pen.mark("way", line(...way), 0.22);
  }
  if (aim) {
    const up = y(aim.value);
    if (today) pen.mark("way", line(today, [end, up]), 0.16, 0.5);
    pen.mark("way", line([end, up - type], [end, bottom]), 0.16);
    pen.mark(
      "full",
      area([end, up - type * 1.15], [end + type * 2.4, up - type * 0.1], [end, up + type * 0.95]),
    );
    pen.say(`${aim.value}`, end + type * 0.75, up + type * 0.28, "middle", "on");
    pen.say(aim.label, end, bottom + type * 1.25);
  }
  points.forEach(({ label, value }, at) => {
    const [x, up] = [first + at * step, y(value)];
    if (at === points.length - 1) {
      pen.mark("full", circle(x, up, type * 1.05));
      pen.say(`${value}`, x, up + type * 0.36, "middle", "on");
    } else {
      pen.mark("hollow", circle(x, up, type * 0.75), 0.16);
      pen.say(`${value}`, x, up + type * 0.3, "middle", "strong", 0.85);
    }
    if (allSaid || at === 0 || at === points.length - 1) pen.say(label, x, bottom + type * 1.25);
  });
  return pen.drawing();
}

/** What fits in one line of letters of that size; the rest is left out. */
export function cut(text: string, width: number, type: number): string {
  const most = Math.max(3, Math.floor(width / (type * 0.52)));
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}
