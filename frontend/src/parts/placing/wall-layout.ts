/** The group's answers on each theme, as large as all of it fits: names, bars and words. */
import { compose, each, steps, type Box, type Composition, type Rules } from "../../ui/composer";
import { box, LEAST } from "../../wall/boxes";
import type { Ruler } from "../../wall/ruler.svelte";
import type { Frame } from "../../wall/stage.svelte";

/** The group's answers on a theme. */
export interface SpreadRow {
  readonly id: string;
  readonly name: string;
  readonly said: readonly string[];
}

const SPREAD: Rules = { steps: steps(76, LEAST), columns: [1, 2], gap: 0.5, across: 1, stretch: 0.5 };
/** Before the name its number, before the answers a bar as well; as `GroupBars` draws them. */
const NAME = { scale: 1.12, beside: 2.5 };
const SAID = { scale: 0.86, beside: 6.6 };

/** Below the rows: what is missing, and which rows are shown, as in `GroupBars`. */
const FOOT = { size: 28, line: 1.05, gap: 10, over: 44, range: 40 };

/** The rows as large as all of them fit, over their foot. */
export function barsLay(
  rows: readonly SpreadRow[],
  foot: readonly string[],
  { width, height: whole }: Pick<Frame, "width" | "height">,
  ruler: Ruler,
  page: number,
): Composition {
  const lines = foot.map((text) => ruler.height("text", text, width, FOOT.size) * FOOT.line + FOOT.gap);
  const height = whole - lines.reduce((sum, own) => sum + own, FOOT.over);
  const boxes = rowBoxes(rows, ruler);
  const laid = compose(each(boxes), { width, height }, SPREAD, page);
  return laid.pages === 1 ? laid : compose(each(boxes), { width, height: height - FOOT.range }, SPREAD, page);
}

/** The boxes of the rows; `least` is the smallest type of the answers, in the unit of the shell. */
export function rowBoxes(rows: readonly SpreadRow[], ruler: Ruler, least = LEAST): Box[] {
  return rows.map(({ id, name, said }) => {
    const texts = [
      box(ruler, "name", id, name, NAME),
      ...said.map((text) => box(ruler, "text", id, text, { ...SAID, least })),
    ];
    return {
      id,
      height: (width, size) => texts.reduce((sum, one) => sum + one.height(width, size) + 0.1 * size, 0),
      least: (size) => Math.max(...texts.map((one) => one.least?.(size) ?? 0)),
    };
  });
}
