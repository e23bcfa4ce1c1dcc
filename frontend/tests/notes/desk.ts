/** What the tests of the question round's desk are made from. */
import { vi } from "vitest";
import { Selection, type Action, type DeskContext } from "../../src/desk/part";
import { States } from "../../src/desk/states";
import { Board } from "../../src/engine/board.svelte";
import type { Ticker } from "../../src/engine/clock.svelte";
import type { DeskOrder, Item, Note, Seen, Timer, Writing } from "../../src/engine/types";
import type { RoomConnection } from "../../src/live/room-connection.svelte";
import { storing } from "../answered";
import { actions } from "../../src/activities/notes/desk-actions";

export const item = {
  kind: "item",
  id: "q",
  workshop: "w",
  activity: "notes",
  title: "Det, der giver lyst",
  minutes: 20,
  position: 1,
  settings: {
    question: "Hvad giver dig lyst?",
    paper: "korn",
    about: "draws",
    mode: "anonymous",
    finish_seconds: 20,
  },
  state: "live",
  started_at: 0,
  ended_at: null,
} as Item;
export const writing = (state: Writing["state"], late = 0, letting_in = false): Writing => ({
  kind: "writing",
  id: "writing:q",
  activity: "q",
  state,
  cards: 3,
  late,
  letting_in,
  posters: {},
  again: false,
});
export const timer = (state: Timer["state"]): Timer => ({
  kind: "timer",
  id: "timer:q",
  activity: "q",
  state,
  ends_at: 300_000,
  left: null,
  length: 300_000,
});
export const note = (id: string, face: Note["face"]): Note => ({
  kind: "note",
  id,
  activity: "q",
  text: `seddel ${id}`,
  face,
  theme: null,
  rank: 0,
  edited: false,
  masked: false,
  poster: null,
});

export function on(records: Seen[], more: Partial<DeskContext> = {}) {
  const board = new Board();
  board.home = "w";
  const held = [item, ...records].map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: null, records: held, gone: [] });
  const sent: DeskOrder[] = [];
  const states = new States();
  const send: DeskContext["send"] = (order) => {
    sent.push(order);
    return Promise.resolve({ stored: true, told: [] });
  };
  const context: DeskContext = {
    board,
    state: (kind) => states.of("", kind),
    connection: {} as RoomConnection,
    workshop: "w",
    item,
    live: true,
    clock: {} as Ticker,
    selection: new Selection(),
    facilitator: true,
    send,
    store: storing(send),
    ask: () => Promise.resolve(null),
    announce: vi.fn(),
    toast: vi.fn(),
    ...more,
  };
  return { context, sent, all: actions(context) };
}

export const primary = (all: Action[]) => all.filter((action) => action.primary);
export const ids = (all: Action[]) => all.map((action) => action.id);
export const find = (all: Action[], id: string) => all.find((action) => action.id === id);
