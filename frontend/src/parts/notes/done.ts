/** U24: how many of those connected are done with writing, as shown at ticks (A11). */
import type { Board } from "../../engine/board.svelte";
import type { Presence } from "../../engine/types";

/** A phone that is put down may have disconnected, so more may be done than are connected. */
export function doneOf(
  { workshop }: Pick<Board, "workshop">,
  { done, phones }: Pick<Presence, "done" | "phones">,
): { n: number; of: number } {
  const of = Math.max(phones, workshop?.people ?? 0);
  return { n: Math.min(done, of), of };
}
