/** The names around the wheel of the six factors: all lists in one type size, each over several pages if needed. */
import { each, heightOf, steps, together, type Frame, type Pane } from "../../ui/composer";
import { box, LEAST, type Text } from "../../wall/boxes";
import type { Ruler } from "../../wall/ruler.svelte";

export interface WheelLay {
  readonly size: number;
  readonly pages: number;
  readonly lists: readonly { readonly from: number; readonly to: number }[];
}

/** The text at one factor: its name, and its themes or a text for none. */
export interface AtFactor {
  readonly head: string;
  readonly none: string;
  readonly names: readonly Text[];
}

const SIZES = { wall: steps(52, LEAST), desk: steps(20, 12) };
/** As `Wheel.svelte` draws them, in the size of the type: the factor over its list, the square before a name, the lines. */
const HEAD = 1.3;
const UNDER = 0.25;
const SQUARE = { beside: 1.05, more: 0.02 };
const GAPS = 1.5;
/** The first and the fourth are above and below the wheel, with at most this share of the height. */
const ACROSS = 0.25;
/**
 * In portrait the wheel has its own row, with at most this share of the height, and two factors each above and below.
 */
const UPRIGHT = { wheel: 0.42, across: 0.14 };
/** The line that shows which names are displayed. */
const RANGE = 1.3;

/**
 * The wheel's share of the width, next to one for the names at each side: on a wall the higher the field, the larger.
 */
export const middleOf = ({ width, height }: Frame, shell: keyof typeof SIZES): number =>
  shell === "desk" ? 1.1 : Math.min(1.5, Math.max(1.1, 1.1 + 1.9 * (height / width - 0.52)));

export function wheelLay(
  lists: readonly AtFactor[],
  frame: Frame,
  ruler: Ruler,
  shell: keyof typeof SIZES,
  page: number,
): WheelLay {
  const isAcross = (nth: number) => nth === 0 || nth === 3;
  const tall = frame.height > frame.width;
  const wheel = tall ? Math.min(frame.width, UPRIGHT.wheel * frame.height) : 0;
  const most = tall ? UPRIGHT.across : ACROSS;
  const list = ({ head, none, names }: AtFactor, nth: number, size: number) => {
    const across = isAcross(nth);
    const width = across
      ? frame.width
      : tall
        ? (frame.width - size) / 2
        : (frame.width - 2 * size) / (2 + middleOf(frame, shell));
    const own = names.length > 0 ? names : [{ id: "none", text: none }];
    const boxes = own.map(({ id, text }) => box(ruler, "text", id, text, SQUARE));
    // Next to the wheel the factor's own words must not be cut either; above and below they have the whole width.
    const word = across ? 0 : ruler.least("title", head, HEAD * size);
    const groups = each(
      boxes.map((one) => ({ ...one, least: () => Math.max(word, one.least?.(size) ?? 0) })),
    );
    // In a row they use as many columns as makes them lowest.
    const rules = (columns: number) => ({ columns: [columns, columns] as const, gap: 0, across: 1 });
    const high = (columns: number) => heightOf(groups, width, size, rules(columns));
    const fit = (across ? [1, 2, 3, 4] : [1]).sort((a, b) => high(a) - high(b) || b - a)[0] ?? 1;
    return {
      groups,
      rules: rules(fit),
      width,
      over: ruler.height("title", head, width, HEAD * size) + UNDER * size,
    };
  };
  const panes = (size: number, range: number): Record<string, Pane> => {
    const all = lists.map((one, nth) => list(one, nth, size));
    const high = all.map(({ groups, rules, width, over }, nth) =>
      isAcross(nth)
        ? Math.min(most * frame.height, over + heightOf(groups, width, size, rules) + range * size)
        : 0,
    );
    const beside = (frame.height - wheel - Math.max(...high) * 2 - GAPS * (tall ? 2 : 1) * size) / 2;
    return Object.fromEntries(
      all.map(({ groups, rules, width, over }, nth) => {
        const height = (isAcross(nth) ? (high[nth] ?? 0) : beside) - over - range * size;
        return [String(nth), { groups, rules, frame: { width, height: Math.max(size, height) } }];
      }),
    );
  };
  const lay = (range: number) => {
    const { size, panes: laid } = together(SIZES[shell], (own) => panes(own, range), page);
    const pages = Math.max(...Object.values(laid).map((one) => one.pages));
    const shown = lists.map(
      ({ names }, nth) => (names.length > 0 && laid[String(nth)]) || { from: 1, to: 0 },
    );
    return { size, pages, lists: shown };
  };
  const whole = lay(0);
  return whole.pages === 1 ? whole : lay(RANGE);
}
