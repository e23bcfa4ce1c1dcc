import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import NotesBoard from "../../activities/notes/DeskBoard.svelte";
import { Board } from "../../engine/board.svelte";
import type { Ticker } from "../../engine/clock.svelte";
import type { DeskOrder, Item, Note, Seen } from "../../engine/types";
import { Selection, type DeskContext } from "../../desk/part";
import { setWords } from "../../words";

const item = {
  ...{ kind: "item", id: "q", workshop: "w", activity: "notes", title: "Skriv", minutes: 20, position: 1 },
  settings: {
    question: "Hvad giver dig lyst?",
    paper: "korn",
    about: "draws",
    mode: "anonymous",
    finish_seconds: 20,
  },
  ...{ state: "live", started_at: 0, ended_at: null },
} as Item;
const note = (id: string): Note => ({
  ...{ kind: "note", id, activity: "q", text: `Seddel ${id}`, face: "stopped", theme: null, rank: 0 },
  ...{ edited: false, masked: false, poster: null },
});
const writing = (more: object = {}) =>
  ({
    ...{ kind: "writing", id: "writing:q", activity: "q", state: "stopped", cards: 4, late: 0, posters: {} },
    ...{ letting_in: false, ...more },
  }) as Seen;

beforeEach(() => {
  setWords("da", da);
  localStorage.clear();
});
afterEach(cleanup);

function desk({ phones = 12 } = {}) {
  const board = new Board();
  let seq = 0;
  const tell = (records: Seen[], gone: string[] = []) => {
    seq += 1;
    const held = records.map((record) => ({ seq, record }));
    board.apply({ type: "changes", epoch: "e", seq, all: false, activity: null, records: held, gone });
  };
  tell([item, writing(), ...["a", "b", "c", "d"].map(note)]);
  const sent: DeskOrder[] = [];
  const said: string[] = [];
  const context = {
    ...{ board, item, workshop: "w", live: true, facilitator: true, selection: new Selection() },
    clock: { now: 0 } as Ticker,
    connection: { presence: { phones, screens: 1, held: [] } },
    send: async (order: DeskOrder) => {
      sent.push(order);
      return { stored: true, told: [] };
    },
    ask: async () => "yes",
    announce: (text: string) => said.push(text),
    toast: (text: string) => said.push(text),
  } as unknown as DeskContext;
  render(NotesBoard, { props: { context } });
  return { context, tell, sent, said };
}
const cell = (id: string) => screen.getByText(`Seddel ${id}`).closest("button") as HTMLButtonElement;
const tap = (id: string, pointerType: string) =>
  fireEvent(cell(id), new PointerEvent("click", { bubbles: true, pointerType }));
const settled = () => new Promise((done) => setTimeout(done));

it("F6: a finger picks one note more with each tap, and how many is said", async () => {
  const { context, said } = desk();
  for (const id of ["a", "c", "d", "a"]) await tap(id, "touch");
  expect([...context.selection.ids]).toEqual(["c", "d"]);
  await tap("b", "mouse");
  expect([...context.selection.ids]).toEqual(["b"]);
  expect(said).toEqual(["2 valgt", "3 valgt", "2 valgt"]);
});

it("F6, U20: picked notes are deleted at once, under the dots, and the next note has the focus", async () => {
  const { context, tell, sent } = desk();
  cell("b").focus();
  context.selection.set(["b", "c"]);
  expect(screen.queryByRole("button", { name: /^Slet/ })).toBeNull();
  await fireEvent.click(await screen.findByRole("button", { name: /^Mere, du kan gøre/ }));
  await fireEvent.click(await screen.findByRole("menuitem", { name: /^Slet 2 for altid/ }));
  await settled();
  expect(sent).toEqual([{ type: "notes.delete_many", notes: ["b", "c"] }]);
  tell([writing({ cards: 2 })], ["b", "c"]);
  await settled();
  expect(document.activeElement).toBe(cell("d"));
  tell([writing({ cards: 1 })], ["d"]);
  await settled();
  expect(document.activeElement).toBe(cell("a"));
});

it("F1: says what waits and why, and lets late notes in without knowing of any", async () => {
  const { tell, sent } = desk();
  expect(screen.getByText(new RegExp(da["notes.desk.waits.changes.stopped"].slice(0, 40)))).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: da["notes.desk.let_in"] }));
  expect(sent).toEqual([{ type: "notes.let_in_late", activity: "q" }]);
  tell([writing({ letting_in: true })]);
  await settled();
  expect(screen.queryByRole("button", { name: da["notes.desk.let_in"] })).toBeNull();
  expect(screen.getByText(da["notes.desk.waits.both.stopped"])).toBeTruthy();
});

it("2.5: a small group is told once what ticks mean, on this desk", async () => {
  desk({ phones: 4 });
  await fireEvent.click(screen.getByRole("button", { name: da["notes.desk.few.read"] }));
  expect(screen.queryByText(da["notes.desk.few.ticks"])).toBeNull();
  cleanup();
  desk({ phones: 3 });
  expect(screen.queryByText(da["notes.desk.few.ticks"])).toBeNull();
});
