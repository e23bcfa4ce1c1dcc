import { expect, it } from "vitest";
import { Board } from "../../engine/board.svelte";
import type { Item, Seen } from "../../engine/types";
import { chainUnder, nameOf, themesToTake, toolOf } from "./posters";

const theme = (id: string, position: number): Seen => ({
  kind: "theme",
  id,
  name: id,
  paper: "mos",
  of: "q",
  position,
  agenda_place: 0,
  strength: false,
});
const posters = (id: string, settings: object, more: object = {}): Item =>
  ({
    kind: "item",
    id,
    workshop: "w",
    activity: "stop_more_new",
    title: "Stop – mere – nyt",
    minutes: 30,
    position: 1,
    settings: { theme: null, name: "", finish_seconds: 20, ...settings },
    state: "live",
    started_at: 0,
    ended_at: null,
    ...more,
  }) as Item;
const how = (id: string, of: string, position = 1): Seen => ({ kind: "how", id, of, text: id, position });

function on(...records: Seen[]): Board {
  const board = new Board();
  const held = records.map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: null, records: held, gone: [] });
  return board;
}

it("P4.4: a chain is read down, answer by answer", () => {
  const board = on(
    how("b", "note", 2),
    how("a", "note", 1),
    how("a1", "a"),
    how("a11", "a1"),
    how("x", "other"),
  );
  expect(chainUnder(board, "note").map(({ how: { id }, depth }) => `${id} ${String(depth)}`)).toEqual([
    "a 1",
    "a1 2",
    "a11 3",
    "b 1",
  ]);
});

it("P4.3: the chosen themes come first to last by importance; without any, all of them", () => {
  const place = (id: string, important: boolean, urgent: boolean): Seen => ({
    kind: "priority",
    id: `priority:${id}`,
    theme: id,
    important,
    urgent,
    cycle: 1,
  });
  const themes = [theme("a", 1), theme("b", 2), theme("c", 3)];
  expect(themesToTake(on(...themes)).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  const chosen = ["a", "c"].map((id): Seen => ({ kind: "chosen", id: `chosen:${id}`, theme: id, cycle: 1 }));
  const board = on(...themes, ...chosen, place("a", true, false), place("c", true, true));
  expect(themesToTake(board).map(({ id }) => id)).toEqual(["c", "a"]);
});

it("P4.3: knows with which tool a theme was taken up elsewhere", () => {
  const here = posters("here", { theme: "a" });
  const empty = posters("empty", { theme: "a" }, { state: "done", activity: "turn_up_turn_down" });
  expect(toolOf(on(here, empty), "a", "here")).toBeUndefined();
  expect(toolOf(on(here, empty), "a", "other")).toBe("stop_more_new");
});

it("P4.1: the posters are headed by the theme's name, even on screens that get no themes", () => {
  const item = posters("i", { theme: "a", name: "Tonen, som den hed" });
  expect(nameOf(on(theme("a", 1)), item)).toBe("a");
  expect(nameOf(on(), item)).toBe("Tonen, som den hed");
});
