import { expect, it } from "vitest";
import { TRAY } from "../../desk/fields/fields";
import { cards } from "./desk-cards";

const theme = (id: string, of: string, position: number, name = id) => ({
  kind: "theme",
  id,
  name,
  paper: "mos",
  of,
  position,
  agenda_place: of === "q1" ? 0 : 1,
  strength: of === "q1",
});
const note = (id: string, of: string, face = "up") => ({
  kind: "note",
  id,
  activity: "q2",
  text: id,
  face,
  theme: of,
  rank: 1,
  edited: false,
  masked: false,
  poster: null,
});
const records: Record<string, unknown[]> = {
  theme: [theme("t2", "q2", 2), theme("t1", "q2", 1, ""), theme("s", "q1", 1)],
  influence: [{ theme: "t1", field: "can" }],
  note: [note("n1", "t1"), note("n2", "t1", "hidden"), note("n3", "t2")],
};
type Args = Parameters<typeof cards>;
const board = { all: (kind: string) => records[kind] ?? [] } as unknown as Args[0];
const item = (of: string[]) => ({ id: "i", activity: "influence", settings: { of } }) as unknown as Args[1];
const word = () => undefined;

it("P3.1 takes the themes of the questions it names, in their order", () => {
  expect(cards(board, item(["q2"]), new Map(), word).map(({ id, field }) => [id, field])).toEqual([
    ["t1", "can"],
    ["t2", TRAY],
  ]);
  expect(cards(board, item(["q1"]), new Map(), word).map(({ id }) => id)).toEqual(["s"]);
});

it("W5 leaves out strengths, unless the group wants those sorted as well", () => {
  const ids = (settings: object) =>
    cards(
      board,
      { ...item([]), settings: { of: [], ...settings } } as unknown as Args[1],
      new Map(),
      word,
    ).map(({ id }) => id);
  expect(ids({})).toEqual(["t1", "t2"]);
  expect(ids({ strengths: true })).toEqual(["s", "t1", "t2"]);
});

it("a card has the notes that the room may read", () => {
  const [first] = cards(board, item(["q2"]), new Map(), word);
  expect(first).toMatchObject({ name: "shared.unnamed", unnamed: true, notes: ["n1"] });
});

it("pending placements are shown already", () => {
  const all = cards(board, item(["q2"]), new Map([["t2", "cannot"]]), word);
  expect(all.map(({ field }) => field)).toEqual(["can", "cannot"]);
});
