/** U24: how many are done with writing, as it is told at ticks (A11), of those that are here. */
import type { Board } from "../../engine/board.svelte";
import type { Presence } from "../../engine/types";

/** A phone that is laid down may have lost its line, so that more are done than are here. */
export function doneOf(
  { workshop }: Pick<Board, "workshop">,
  { done, phones }: Pick<Presence, "done" | "phones">,
): { n: number; of: number } {
  const of = Math.max(phones, workshop?.people ?? 0);
  return { n: Math.min(done, of), of };
}
