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
const board = {
  all: (kind: string) => records[kind] ?? [],
  items: [{ id: "q1" }, { id: "q2" }],
} as unknown as Args[0];
const item = (of: string[]) => ({ id: "i", activity: "influence", settings: { of } }) as unknown as Args[1];
const words = { unnamed: "Nyt tema", word: () => undefined };

it("P3.1 takes the themes of the questions it names, in their order", () => {
  expect(cards(board, item(["q2"]), new Map(), words).map(({ id, field }) => [id, field])).toEqual([
    ["t1", "can"],
    ["t2", TRAY],
  ]);
  expect(cards(board, item([]), new Map(), words).map(({ id }) => id)).toEqual(["s", "t1", "t2"]);
});

it("a card has the notes that the room may read", () => {
  const [first] = cards(board, item(["q2"]), new Map(), words);
  expect(first).toMatchObject({ name: "Nyt tema", unnamed: true, notes: ["n1"] });
});

it("what is on its way lies there already", () => {
  const all = cards(board, item(["q2"]), new Map([["t2", "cannot"]]), words);
  expect(all.map(({ field }) => field)).toEqual(["can", "cannot"]);
});
