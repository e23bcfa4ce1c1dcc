/** Which picture the wall shows, by the records alone. */
import type { Board } from "../engine/board.svelte";
import type { Item } from "../engine/types";

export type Picture = {
  readonly kind: "none" | "pair" | "join" | "ended" | "activity";
  /** Another key is another picture. */
  readonly key: string;
  readonly item: Item | null;
};

export function latest(admitted: boolean, board: Pick<Board, "workshop" | "wall" | "item">): Picture {
  if (!admitted) return { kind: "pair", key: "pair", item: null };
  const { workshop, wall, item } = board;
  if (!workshop) return { kind: "none", key: "none", item: null };
  if (workshop.state === "ended") return { kind: "ended", key: "ended", item: null };
  if (workshop.state === "draft" || wall?.join || !item) return { kind: "join", key: "join", item: null };
  return { kind: "activity", key: `${item.activity} ${item.id}`, item };
}
