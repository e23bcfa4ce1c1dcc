/**
 * The influence board on the wall: two fields, stacked on a portrait screen, and below them the themes that nobody has
 * placed yet.
 */
import { inFields, type Area, type Card, type Laid } from "../../wall/cards";
import type { Ruler } from "../../wall/ruler.svelte";
import type { Frame } from "../../wall/stage.svelte";

export type Placed = Card & { readonly field: "can" | "cannot" | null };

const BETWEEN = 24;
const PAD = { x: 36, y: 30 };
const HEAD = 96;
/** The maximum height of a field when they are stacked. */
const MOST = 0.65;

export type InfluenceLay = Laid & { readonly can: Area; readonly cannot: Area };

export function influenceLay(
  cards: readonly Placed[],
  frame: Frame,
  ruler: Ruler,
  page: number,
): InfluenceLay {
  const of = (field: Placed["field"]) => cards.filter((card) => card.field === field);
  const tall = frame.height > frame.width;
  // The field with more contents gets more space, since both have one type size.
  const more = (of("can").length + 1) / (of("can").length + of("cannot").length + 2);
  const share = tall ? Math.min(MOST, Math.max(1 - MOST, more)) : 0.5;
  const fields = (height: number): { can: Area; cannot: Area } => {
    const along = (tall ? height : frame.width) - BETWEEN;
    const [first, second] = [along * share, along * (1 - share)];
    const at = (from: number, size: number): Area =>
      tall ? { x: 0, y: from, w: frame.width, h: size } : { x: from, y: 0, w: size, h: height };
    return { can: at(0, first), cannot: at(first + BETWEEN, second) };
  };
  const inside = ({ x, y, w, h }: Area): Area => ({
    x: x + PAD.x,
    y: y + PAD.y + HEAD,
    w: w - PAD.x * 2,
    h: h - HEAD - PAD.y * 2,
  });
  const laid = inFields(
    {
      areas: (height) => {
        const { can, cannot } = fields(height);
        return { can: inside(can), cannot: inside(cannot) };
      },
      cards: { can: of("can"), cannot: of("cannot") },
      strips: [{ x: 0, w: frame.width, cards: of(null) }],
    },
    frame,
    ruler,
    page,
  );
  return { ...laid, ...fields(laid.height) };
}
