/** P2.7, W5, W9: themes and answers of a question, then of the next; or only the strengths. */
import { expect, it } from "vitest";
import type { Board } from "../../engine/board.svelte";
import type { DeskContext } from "../../desk/part";
import type { Item } from "../../engine/types";
import { actions, script } from "./desk-themes";
import { presented } from "./presented";

const theme = (id: string, of: string, agenda_place: number, strength = false) => ({
  kind: "theme",
  id,
  name: id,
  paper: "mos",
  of,
  position: 1,
  agenda_place,
  strength,
});
const answer = (question: number, activity: string) => ({
  kind: "answer",
  id: `${activity}:${String(question)}`,
  activity,
  question,
  text: "Svar",
});
const gathering = (id: string, of: string) => ({
  kind: "item",
  id,
  activity: "clustering",
  settings: { of },
});
const records = [
  theme("h", "q2", 1),
  theme("d", "q1", 0, true),
  answer(3, "c1"),
  answer(1, "c1"),
  answer(2, "c2"),
  gathering("c1", "q1"),
  gathering("c2", "q2"),
];
const all = (kind: string) => records.filter((each) => each.kind === kind);
const one = (kind: string, id: string) => all(kind).find((each) => each.id === id);
const item = (show: "results" | "stand", of: string[] = []) =>
  ({ id: "p", activity: "presentation", workshop: "w", settings: { of, show } }) as unknown as Item;
const board = (forward: string | null = null) => ({ all, one, wall: { forward } }) as unknown as Board;
const at = (shown: Item, forward: string | null = null) =>
  ({ board: board(forward), item: shown, live: true, workshop: "w" }) as unknown as DeskContext;

it("W2, W9 question 1 with its answers comes before question 2 with its own", () => {
  const ids = (of: string[]) => presented(board(), item("results", of)).map(({ id }) => id);
  expect(ids([])).toEqual(["d", "c1:1", "c1:3", "h", "c2:2"]);
  expect(ids(["q2"])).toEqual(["h", "c2:2"]);
});

it("W5 the strengths are shown as a whole: nothing is next, and the meeting moves on", () => {
  const stand = at(item("stand"));
  expect(presented(stand.board, stand.item).map(({ id }) => id)).toEqual(["d"]);
  expect(actions(stand).find(({ primary }) => primary)).toBeUndefined();
  expect(script(stand)).toEqual({ stage: "presentation.desk.say.stand", last: true });
});

it("W9 what we would act on at once goes into the plan with one key", () => {
  const key = (forward: string | null) =>
    actions(at(item("results"), forward)).find((each) => each.key === "L");
  expect(key("d")).toBeDefined();
  expect(key("c1:3")).toBeDefined();
  expect(actions(at(item("results", ["q2"]))).find((each) => each.key === "L")).toBeUndefined();
});

it("W6 the last of them leads on", () => {
  expect(script(at(item("results"), "c2:2"))).toEqual({ stage: "presentation.desk.say.answers", last: true });
  expect(script(at(item("results"), "d"))).toMatchObject({ params: { n: 2 }, last: false });
});
