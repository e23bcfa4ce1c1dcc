/** P5.2: one distribution as bars from 1 to 5, the mean as a mark under the line; as `app/blocks/bars` draws it. */
import { area, bar, line, Pen, type Drawing, type Frame } from "../../ui/drawing";
import { total } from "./pulse";

/** Between two steps, as a share of one; and between the bars of two times. */
const APART = 0.22;
const BESIDE = 0.04;

const shares = (counts: readonly number[]) => counts.map((n) => n / Math.max(1, total(counts)));

/**
 * A bar for each step; an earlier time has its own, narrower, to the left. Each shows shares of its own answers on one
 * scale, so that many and few can be compared.
 */
export function drawBars(
  counts: readonly number[],
  earlier: readonly number[],
  [low, high]: readonly [string, string],
  frame: Frame,
): Drawing {
  const pen = new Pen(frame);
  const { width, type } = frame;
  const base = frame.height - type * 3.2;
  const [now, then] = [shares(counts), shares(earlier)];
  const unit = (base - type * 1.5) / Math.max(...now, ...then, 0.01);
  const step = width / (counts.length - APART);
  const wide = step * (1 - APART);
  const left = earlier.length > 0 ? wide * (1 - BESIDE) * 0.42 : 0;
  const from = earlier.length > 0 ? left + wide * BESIDE : 0;
  then.forEach((share, at) => {
    if (share > 0)
      pen.mark("outline", bar(at * step, base - share * unit, left, share * unit, type / 8), 0.1);
  });
  now.forEach((share, at) => {
    if (share > 0) {
      const [x, y, broad] = [at * step + from, base - share * unit, wide - from];
      pen.mark("full", bar(x, y, broad, share * unit, type / 8));
      pen.say(`${counts[at]}`, x + broad / 2, y - type * 0.4, "middle", "strong");
    }
    pen.say(`${at + 1}`, at * step + wide / 2, base + type * 1.7, "middle", "plain");
  });
  pen.mark("axis", line([0, base], [width, base]), 0.1);
  const mean = wide / 2 + step * now.reduce((sum, share, at) => sum + share * at, 0);
  const [tip, foot, half] = [base + 2, base + 2 + type * 0.62, type * 0.42];
  pen.mark("ink", area([mean, tip], [mean - half, foot], [mean + half, foot]));
  pen.say(low, 0, base + type * 2.9, "start", "quiet", 0.86);
  pen.say(high, width, base + type * 2.9, "end", "quiet", 0.86);
  return pen.drawing();
}
