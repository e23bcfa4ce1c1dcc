/** W6: a script knows its numbers and what comes next, and promises nothing that does not follow. */
import { beforeAll, expect, it } from "vitest";
import words from "virtual:words/desk";
import type { Board } from "../engine/board.svelte";
import type { Item, Seen } from "../engine/types";
import { loadWords, t } from "../words";
import { bridge, lines } from "./say";

beforeAll(() => loadWords(words, ["desk"], "da"));

const item = (id: string, activity: string, position: number, workshop = "w") =>
  ({
    kind: "item",
    id,
    workshop,
    activity,
    title: `Punkt ${id}`,
    minutes: 5,
    position,
    settings: {},
  }) as unknown as Item;
const meeting = (id: string, date: string) => ({ kind: "workshop", id, date }) as unknown as Seen;

function on(here: Item, items: Item[], meetings: Seen[] = [meeting("w", "2027-01-04")]) {
  const all = (kind: string) => (kind === "item" ? items : meetings);
  const one = (kind: string, id: string) => (all(kind) as { id: string }[]).find((each) => each.id === id);
  return { board: { all, one, items } as unknown as Board, item: here, workshop: "w" };
}

it("W6 says the number of notes, and the form for one", () => {
  const said = (n: number) => lines({ stage: "clustering.desk.say.sort", params: { n } })[0];
  expect(said(14)).toContain("14 sedler");
  expect(said(1)).toContain("1 seddel");
});

it("W6 has its hints after it, and what belongs to this meeting last", () => {
  const said = lines({ stage: "notes.desk.say.before", more: ["Kun i dag"] });
  expect(said).toHaveLength(5);
  expect(said.at(-1)).toBe("Kun i dag");
});

it("W6 leads on to the next item", () => {
  const [q, c] = [item("q", "notes", 1), item("c", "clustering", 2)];
  expect(bridge(on(q, [q, c]))).toBe(t("desk.bridge.clustering"));
  const second = item("q2", "notes", 2);
  expect(bridge(on(q, [q, second]))).toContain("Punkt q2");
});

it("W6 where the meeting ends it promises no themes, and names the day when people meet again", () => {
  const q = item("q", "notes", 1);
  // Another meeting's agenda is no part of this one.
  const elsewhere = item("c", "clustering", 2, "later");
  expect(bridge(on(q, [q, elsewhere]))).toBe(t("desk.bridge.end"));
  const later = [meeting("w", "2027-01-04"), meeting("later", "2027-01-18"), meeting("last", "2027-03-01")];
  expect(bridge(on(q, [q], later))).toContain("18. januar");
});
