import type { DeskOrder } from "../engine/types";
import type { DeskContext } from "./part";

/** For dialogs that edit a text of the board: after a conflict people see a warning, and may save anyway. */
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
