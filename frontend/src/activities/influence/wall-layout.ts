/** The influence board on the wall: two fields, and under them the themes that nobody has placed yet. */
import { inFields, type Area, type Card, type Laid } from "../../wall/cards";
import type { Ruler } from "../../wall/ruler.svelte";
import type { Frame } from "../../wall/stage.svelte";

export type Placed = Card & { readonly field: "can" | "cannot" | null };

const BETWEEN = 24;
const PAD = { x: 36, y: 30 };
const HEAD = 96;

export type InfluenceLay = Laid & { readonly can: Area; readonly cannot: Area };

export function influenceLay(
  cards: readonly Placed[],
  frame: Frame,
  ruler: Ruler,
  page: number,
): InfluenceLay {
  const w = (frame.width - BETWEEN) / 2;
  const x = { can: 0, cannot: w + BETWEEN };
  const inside = (left: number, height: number): Area => ({
    x: left + PAD.x,
    y: PAD.y + HEAD,
    w: w - PAD.x * 2,
    h: height - HEAD - PAD.y * 2,
  });
  const of = (field: Placed["field"]) => cards.filter((card) => card.field === field);
  const laid = inFields(
    {
      areas: (height) => ({ can: inside(x.can, height), cannot: inside(x.cannot, height) }),
      cards: { can: of("can"), cannot: of("cannot") },
      strips: [{ x: 0, w: frame.width, cards: of(null) }],
    },
    frame,
    ruler,
    page,
  );
  const field = (left: number): Area => ({ x: left, y: 0, w, h: laid.height });
  return { ...laid, can: field(x.can), cannot: field(x.cannot) };
}
