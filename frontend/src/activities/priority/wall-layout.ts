/** The priority quadrants on the wall, and the two halves of the first pass. */
import { compose, each, steps, type Composition, type Rules } from "../../ui/composer";
import { rowBoxes, type SpreadRow } from "../../parts/placing/wall-layout";
import { LEAST } from "../../wall/boxes";
import { inFields, type Area, type Card, type Laid } from "../../wall/cards";
import type { Ruler } from "../../wall/ruler.svelte";
import type { Frame } from "../../wall/stage.svelte";

export type Pass = "important" | "urgent" | "free";
export type Weighed = Card & { readonly important: boolean | null; readonly urgent: boolean | null };

const GAP = 20;
const PAD = 24;
const HEAD = 66;
/** The most of the width or the height that one of two fields has. */
const MOST = 0.58;
const SIDE = 104;
const KEEP = 0.58;
/** The same on a portrait screen, whose columns are narrow. */
const NARROW = { pad: 18, side: 76 };

export type PriorityLay = Laid & {
  /** The fields by name: important-urgent and so on, or important and unimportant in the first pass. */
  readonly fields: readonly (Area & { readonly id: string; readonly main: boolean })[];
  readonly columns: readonly [Area, Area];
  readonly rows: readonly [Area, Area] | null;
};

type Half = Area & { id: string; main: boolean; important: boolean; urgent: boolean | null };

export function priorityLay(
  cards: readonly Weighed[],
  pass: Pass,
  frame: Frame,
  ruler: Ruler,
  page: number,
): PriorityLay {
  const halves = pass === "important";
  const tall = frame.height > frame.width;
  const [pad, side] = tall ? [NARROW.pad, NARROW.side] : [PAD, SIDE];
  const left = halves ? 0 : side;
  const waits = (card: Weighed) => card.important === null || (!halves && card.urgent === null);
  const lying = (important: boolean, urgent: boolean) =>
    cards.filter((card) => !waits(card) && card.important === important && card.urgent === urgent).length;
  // Whichever has more contents gets more space, since all have one type size: the fuller row, and in portrait the
  // fuller column too.
  const rows = [true, false].map((urgent) => Math.max(lying(true, urgent), lying(false, urgent)));
  const columns = [true, false].map((important) =>
    tall && !halves ? Math.max(lying(important, true), lying(important, false)) : 0,
  );
  const [wide, narrow] = apart(columns, frame.width - left);
  const sides = [true, false].map((important, at) => ({
    important,
    x: left + at * (wide + GAP),
    w: at === 0 ? wide : narrow,
  }));
  const rowsIn = (height: number) => {
    const [first, second] = apart(rows, height - HEAD);
    return [
      { urgent: true, y: HEAD, h: first },
      { urgent: false, y: HEAD + first + GAP, h: second },
    ];
  };
  const fieldsIn = (height: number): Half[] =>
    sides.flatMap(({ important, x, w }): Half[] => {
      const name = important ? "important" : "unimportant";
      if (halves)
        return [{ id: name, main: false, x, y: HEAD, w, h: height - HEAD, important, urgent: null }];
      return rowsIn(height).map(({ urgent, y, h }) => ({
        id: `${name}-${urgent ? "urgent" : "later"}`,
        main: important && urgent,
        ...{ x, y, w, h, important, urgent },
      }));
    });
  const lies = (card: Weighed, field: Half) =>
    !waits(card) && card.important === field.important && (halves || card.urgent === field.urgent);
  const whole = { x: left, w: frame.width - left };
  const open = cards.filter((card) => waits(card) && (halves || card.important === null));
  const laid = inFields(
    {
      areas: (height) =>
        Object.fromEntries(
          fieldsIn(height).map(({ id, x, y, w, h }) => [
            id,
            { x: x + pad, y: y + pad, w: w - pad * 2, h: h - pad * 2 },
          ]),
        ),
      cards: Object.fromEntries(
        fieldsIn(0).map((field) => [field.id, cards.filter((card) => lies(card, field))]),
      ),
      // Four fields in two rows become flat before the strip becomes tall.
      ...(halves ? {} : { keep: KEEP }),
      // In the second pass each theme waits under its half, so that the first answer stays visible.
      strips: halves
        ? [{ ...whole, cards: open }]
        : sides.map(({ important, x, w }, at) => ({
            x,
            w,
            cards: [
              ...cards.filter((card) => waits(card) && card.important === important),
              ...(at === 1 ? open : []),
            ],
          })),
    },
    frame,
    ruler,
    page,
  );
  const fields = fieldsIn(laid.height);
  const column = (at: 0 | 1): Area => ({ x: sides[at]?.x ?? 0, y: 0, w: sides[at]?.w ?? 0, h: HEAD });
  const row = (at: 0 | 1): Area => ({ x: 0, y: 0, h: 0, ...rowsIn(laid.height)[at], w: side - GAP });
  return {
    ...laid,
    fields,
    columns: [column(0), column(1)],
    rows: halves ? null : [row(0), row(1)],
  };
}

/** Two of them next to each other in this length, by their contents. */
function apart([first = 0, second = 0]: readonly number[], length: number): [number, number] {
  const share = Math.min(MOST, Math.max(1 - MOST, (first + 1) / (first + second + 2)));
  return [(length - GAP) * share, (length - GAP) * (1 - share)];
}

const SPREAD: Omit<Rules, "steps"> = { columns: [1, 2], gap: 0.5, across: 1 };
/** Under the picture they have the whole width. */
const UPRIGHT = steps(64, LEAST);
/** The type of the rows, and of the texts around them. */
const TYPES = {
  wall: { rows: steps(56, LEAST), round: 34, least: LEAST, stretch: 0.5 },
  // Next to each other the rows of two columns are read across.
  desk: { rows: steps(17, 14), round: 15, least: 0, stretch: 0 },
};
/** Below the rows: what is missing, and which rows are shown, as in `GroupBars`. */
const FOOT = { size: 0.82, line: 1.05, gap: 0.3, over: 1.3, range: 1.2 };
/** Between the picture and the rows. */
const BETWEEN = 1.6;

/** `share`: the picture's share of the width, if the rows are next to it. */
export type SpreadLay = Composition & { readonly round: number; readonly share: number };

/** Next to the rows the picture is a square, so in a tall field it takes more than half of the width. */
const SHARES = [0.62, 0.59, 0.56, 0.53] as const;
/** If the rows stay about as large. */
const ABOUT = 0.85;

export interface Spread {
  readonly rows: readonly SpreadRow[];
  readonly foot: readonly string[];
  readonly field: Pick<Frame, "width" | "height">;
  readonly ruler: Ruler;
  readonly shell: keyof typeof TYPES;
  readonly page: number;
  /** The rows are under the picture. */
  readonly tall: boolean;
}

/** The rows in the largest type in which all fit, and the picture as large as possible next to them. */
export function spreadLay(spread: Spread): SpreadLay {
  const half = withShare(spread, 0.5);
  if (spread.tall || half.pages > 1) return half;
  const { width, height } = spread.field;
  const wider = SHARES.filter((share) => share * width <= height).map((share) => withShare(spread, share));
  return wider.find(({ pages, size }) => pages === 1 && size >= ABOUT * half.size) ?? half;
}

function withShare({ rows, foot, field, ruler, shell, page, tall }: Spread, share: number): SpreadLay {
  const { rows: usual, round, least, stretch } = TYPES[shell];
  const sizes = tall && shell === "wall" ? UPRIGHT : usual;
  const rules = { ...SPREAD, steps: sizes, stretch };
  const rest = (side: number) => (side - BETWEEN * round) * (1 - share);
  const width = tall ? field.width : rest(field.width);
  const lines = foot.map(
    (text) => ruler.height("text", text, width, FOOT.size * round) * FOOT.line + FOOT.gap * round,
  );
  const under = lines.reduce((sum, own) => sum + own, FOOT.over * round);
  const height = (tall ? rest(field.height) : field.height) - under;
  const boxes = rowBoxes(rows, ruler, least);
  const whole = compose(each(boxes), { width, height }, rules, page);
  const paged = () => compose(each(boxes), { width, height: height - FOOT.range * round }, rules, page);
  return { ...(whole.pages === 1 ? whole : paged()), round, share };
}
