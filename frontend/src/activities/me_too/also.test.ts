import { beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { Item, Seen } from "../../engine/types";
import type { DeskContext } from "../../desk/part";
import { setWords } from "../../words";
import { stageOf, tapsOf, thingsOf } from "./also";
import { actions } from "./desk";

const item = (what: "themes" | "notes") =>
  ({ kind: "item", id: "m", activity: "me_too", settings: { of: [], what } }) as unknown as Item;
const slate = (name = "") =>
  ({
    ...{ kind: "me_too_slate", id: "me_too_slate:m", activity: "m" },
    things: ["a", "b"].map((id) => ({ id, name: name && `${name} ${id}`, paper: "mos" })),
  }) as Seen;
const result = { kind: "me_too_result", id: "me_too_result:m", activity: "m", counts: { b: 6 } } as Seen;
const balloting = (state: "open" | "closed", count = 4) =>
  ({ kind: "balloting", id: "balloting:m", activity: "m", state, count }) as Seen;
const note = (id: string, face: string) =>
  ({ kind: "note", id, text: `seddel ${id}`, face }) as unknown as Seen;

function on(...records: Seen[]): Board {
  const board = new Board();
  const held = records.map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: null, records: held, gone: [] });
  return board;
}

beforeEach(() => setWords("da", da));

it("W12 A11 knows how many taps there are, and of each thing nothing before it is counted", () => {
  const board = on(slate("Tema"), balloting("open"));
  expect([stageOf(board, "m"), tapsOf(board, "m")]).toEqual(["open", 4]);
  expect(thingsOf(board, item("themes"))).toMatchObject([{ name: "Tema a" }, { name: "Tema b" }]);
  expect(thingsOf(board, item("themes")).some(({ n }) => n !== undefined)).toBe(false);
});

it("W12 A12 says the number of what five tapped, the most first, and none of the rest", () => {
  const all = thingsOf(on(slate("Tema"), balloting("closed"), result), item("themes"));
  expect(all.map(({ id, n }) => [id, n])).toEqual([
    ["b", 6],
    ["a", undefined],
  ]);
});

it("W12 has only the notes that this screen has the words of, and none that was put aside", () => {
  expect(thingsOf(on(slate(), balloting("open")), item("notes"))).toEqual([]);
  const board = on(slate(), balloting("open"), note("a", "up"), note("b", "hidden"));
  expect(thingsOf(board, item("notes")).map(({ name }) => name)).toEqual(["seddel a"]);
});

it("W12 the desk closes what is open, and opens again what had too little", () => {
  const ids = (...records: Seen[]) =>
    actions({ board: on(...records), item: item("themes"), live: true } as unknown as DeskContext).map(
      ({ id, primary }) => [id, primary],
    );
  expect(ids(slate("Tema"), balloting("open"))).toEqual([["close", true]]);
  expect(ids(slate("Tema"), balloting("closed"))).toEqual([["open", true]]);
  expect(ids(slate("Tema"), balloting("closed"), result)).toEqual([]);
});
