import { expect, it } from "vitest";
import { Board } from "../engine/board.svelte";
import type { Mine } from "../live/shelf";
import type { Face, Seen } from "../engine/types";
import { whereIs } from "./state";

const mine = (part: Partial<Mine> = {}): Mine => ({
  note: "n",
  secret: "s",
  workshop: "w",
  activity: "q1",
  paper: "korn",
  rev: 1,
  text: "a",
  tried: true,
  made: 0,
  state: "stored",
  ...part,
});
function board(
  writing: "open" | "stopped" | "turned",
  face?: Face | "masked",
  kind: "note_state" | "note" = "note_state",
  letting_in = false,
) {
  const made = new Board();
  const states: Seen[] = [
    {
      ...{ kind: "writing", id: "writing:q1", activity: "q1", state: writing },
      ...{ cards: 1, late: 0, letting_in, posters: {}, again: false },
    },
  ];
  if (face) {
    const base = { id: "n", activity: "q1" };
    const words = { text: "a", theme: null, rank: 0, edited: false, poster: null };
    states.push(
      kind === "note_state"
        ? { kind, ...base, face }
        : { kind, ...base, ...words, face: face === "masked" ? "up" : face, masked: face === "masked" },
    );
  }
  made.apply({
    type: "changes",
    epoch: "e",
    seq: 1,
    all: true,
    activity: "q1",
    gone: [],
    records: states.map((record) => ({ seq: 1, record })),
  });
  return made;
}

it.each([
  ["sending", mine({ state: "unsent" }), board("open"), true, "phone.state.sending"],
  ["waiting for a net", mine({ state: "unsent" }), board("open"), false, "phone.state.waiting"],
  ["on the board, while nobody is told of any note", mine(), board("open"), true, "phone.state.stored"],
  ["on the board, face down", mine(), board("stopped", "stopped"), true, "phone.state.stored"],
  ["turned over", mine(), board("turned", "up"), true, "phone.state.turned"],
  [
    "turned over, where phones see the board",
    mine(),
    board("turned", "up", "note"),
    true,
    "phone.state.turned",
  ],
  ["masked (A13)", mine(), board("turned", "masked"), true, "phone.state.masked"],
  [
    "masked, where phones see the board",
    mine(),
    board("turned", "masked", "note"),
    true,
    "phone.state.masked",
  ],
  ["put aside", mine(), board("turned", "hidden"), true, "phone.state.hidden"],
  ["deleted by the facilitator", mine(), board("turned"), true, "phone.state.removed"],
  ["late and not let in yet", mine({ state: "late" }), board("turned"), true, "phone.state.late"],
  [
    "late, and comes with the others",
    mine({ state: "late" }),
    board("turned", undefined, "note_state", true),
    true,
    "phone.state.late_in",
  ],
  ["late and let in", mine({ state: "late" }), board("turned", "up"), true, "phone.state.turned"],
  ["changed, and waits", mine({ state: "late", seq: 1 }), board("turned", "up"), true, "phone.state.waits"],
  ["changed before that", mine({ state: "late", seq: 9 }), board("turned", "up"), true, "phone.state.turned"],
  [
    "changed, and of an earlier question",
    mine({ state: "late", seq: 1, activity: "q0" }),
    board("turned"),
    true,
    "phone.state.waits",
  ],
  ["changed, and gone since", mine({ state: "late", seq: 1 }), board("turned"), true, "phone.state.removed"],
  [
    "changed, and put aside meanwhile",
    mine({ state: "late", seq: 1 }),
    board("turned", "hidden"),
    true,
    "phone.state.hidden",
  ],
  ["of an earlier question", mine({ activity: "q0" }), board("turned"), true, "phone.state.stored"],
  ["returned", mine({ state: "returned", code: "text" }), board("open"), true, "phone.state.returned"],
  ["a change that was not taken", mine({ code: "closed" }), board("open"), true, "phone.state.kept"],
])("[2.3 step 4] my note is %s", (_, note, seen, online, key) => {
  expect(whereIs(note, seen, online).key).toBe(key);
});
