import type { DeskOrder } from "../engine/types";
import type { DeskContext } from "./part";

/** For a dialog in which words of the board are rewritten: who was too late is told so, and may do it all the same. */
export function rewriting(
  { board, store }: Pick<DeskContext, "board" | "store">,
  id: string,
  was: string,
  order: (base: number, text: string) => DeskOrder,
): (typed: string) => Promise<void> {
  let base = board.seqOf(id);
  return async (typed) => {
    const text = typed.trim();
    if (text === "" || text === was) return;
    try {
      await store(order(base, text));
    } catch (refusal) {
      base = board.seqOf(id);
      throw refusal;
    }
  };
}
