/** The state of the writing, from the records alone: the same on every desk, and after a reload. */
import { writingId } from "../../contract/ids/writing.gen";
import type { Item, Note, Timer, Writing } from "../../engine/types";
import type { Board } from "../../engine/board.svelte";

export interface State {
  /** before: no clock yet · writing · stopped: none turned · reading: some turned · turned: all of them. */
  readonly step: "before" | "writing" | "stopped" | "reading" | "turned";
  readonly writing: Writing | undefined;
  readonly timer: Timer | undefined;
  /** Notes that can be turned, that are turned, that are hidden. */
  readonly down: readonly Note[];
  readonly up: readonly Note[];
  readonly hidden: readonly Note[];
  /** Every note the desk may see, in the order of the random ids. */
  readonly all: readonly Note[];
  /** How many there are; while people write, the count the wall has too (A11). */
  readonly cards: number;
  /** How many late notes are waiting, as last shown, in steps of three (A11). */
  readonly late: number;
  /** They are let in once enough are waiting. */
  readonly lettingIn: boolean;
}

export function stateOf({ board, item }: { readonly board: Board; readonly item: Item }): State {
  const writing = board.one("writing", writingId(item.id));
  const timer = board.timer(item.id);
  const all = board.all("note").filter((note) => note.activity === item.id);
  const of = (face: Note["face"]) => all.filter((note) => note.face === face);
  const down = of("stopped");
  const up = of("up");
  return {
    step: stepOf(writing, timer, up.length > 0),
    writing,
    timer,
    down,
    up,
    hidden: of("hidden"),
    all,
    cards: Math.max(all.length, writing?.cards ?? 0),
    late: writing?.late ?? 0,
    lettingIn: writing?.letting_in ?? false,
  };
}

function stepOf(writing: Writing | undefined, timer: Timer | undefined, someUp: boolean): State["step"] {
  if (writing?.state === "turned") return "turned";
  if (writing?.state === "stopped") return someUp ? "reading" : "stopped";
  // U2: after reopening people write on, with or without a clock.
  if (writing?.again) return "writing";
  return timer === undefined || timer.state === "stopped" ? "before" : "writing";
}
