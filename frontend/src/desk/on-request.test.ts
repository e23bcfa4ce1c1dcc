/** P2.5, P3.1, P3.2, P4.1, P4.2, P4.5: examples are shown on request, and hidden again. */
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../app/locales/da.json";
import Plan from "../activities/action_plan/DeskBoard.svelte";
import Influence from "../activities/influence/DeskBoard.svelte";
import Priority from "../activities/priority/DeskBoard.svelte";
import { Board } from "../engine/board.svelte";
import type { Item, Seen } from "../engine/types";
import { setWords, t, type Key } from "../words";
import type { Driver } from "./driver.svelte";
import ScriptPanel from "./live/ScriptPanel.svelte";
import type { DeskContext } from "./part";
import { Selection } from "./selection.svelte";
import { States } from "./states";

beforeEach(() => setWords("da", da));
afterEach(cleanup);

/** What a desk gives the board of a kind. */
function desk(activity: string, settings: object = {}, ...records: object[]): { context: DeskContext } {
  const board = new Board();
  const id = `${activity}-${records.length}`;
  const item = { kind: "item", id, workshop: "w", activity, title: "", position: 1, settings } as Item;
  const held = [item, ...records].map((record, n) => ({ seq: n + 1, record: record as Seen }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: null, records: held, gone: [] });
  const states = new States();
  return {
    context: {
      ...{ board, item, live: true, facilitator: true, selection: new Selection(), workshop: "w" },
      connection: { presence: { phones: 0, screens: 0, held: [], leaves: [] }, hold: () => undefined },
      state: <State>(kind: new () => State) => states.of(id, kind),
    } as unknown as DeskContext,
  };
}
const guide = (activity: string, step: string) => ({
  ...{ kind: "guide", id: `guide:${activity}-1`, activity: `${activity}-1`, step },
});

/** Each example is on the screen while it is requested, in the part with that name, and not before or after. */
async function onRequest(show: Key, hide: Key, parts: Record<string, readonly string[]>) {
  const all = Object.values(parts).flat();
  const seen = () => all.filter((text) => screen.queryByText(text) !== null);
  expect(seen()).toEqual([]);
  await fireEvent.click(screen.getByText(t(show)));
  expect(seen()).toEqual(all);
  for (const [name, texts] of Object.entries(parts)) {
    const part = name ? screen.getByRole("region", { name: new RegExp(`^${name}`) }) : document.body;
    for (const text of texts) expect(part.textContent).toContain(text);
  }
  await fireEvent.click(screen.getByText(t(hide)));
  expect(seen()).toEqual([]);
}
const examples = (start: string, many: number) =>
  Array.from({ length: many }, (_, at) => t(`${start}.${at + 1}` as Key));

it("P3.1 of what can be influenced, and of what cannot", async () => {
  render(Influence, { props: desk("influence") });
  await onRequest("desk.fields.examples_show", "desk.fields.examples_hide", {
    [t("influence.desk.can")]: examples("influence.desk.example.can", 3),
    [t("influence.desk.cannot")]: examples("influence.desk.example.cannot", 3),
  });
});

it.each([
  ["important", ["important", "other"]],
  ["urgent", ["do", "soon", "plan", "leave"]],
  ["free", ["do", "soon", "plan", "leave"]],
])("P3.2 of each quadrant, in the pass %s", async (pass, fields) => {
  render(Priority, { props: desk("priority", {}, guide("priority", pass)) });
  const parts = fields.map((field) => [
    t(`priority.desk.${field}` as Key).replace(/[()]/g, "."),
    examples(`priority.desk.example.${field}`, 2),
  ]);
  await onRequest(
    "desk.fields.examples_show",
    "desk.fields.examples_hide",
    Object.fromEntries(parts) as Record<string, string[]>,
  );
});

it("P4.5 of rows of a plan, in the columns of the table, and none where the meeting looks back", async () => {
  render(Plan, { props: desk("action_plan", { view: "plan" }) });
  const columns = ["theme", "text", "responsible", "who", "how", "when"];
  await onRequest("action_plan.desk.example.show", "action_plan.desk.example.hide", {
    "": [1, 2, 3].flatMap((n) =>
      columns.map((column) => t(`action_plan.desk.example.${n}.${column}` as Key)),
    ),
  });
  cleanup();
  render(Plan, { props: desk("action_plan", { view: "status" }) });
  expect(screen.queryByText(t("action_plan.desk.example.show"))).toBeNull();
});

it("P2.5 P4.1 P4.2 of notes and of proposals, next to the script", async () => {
  const lines = ["notes.desk.example.q1.1", "notes.desk.example.q1.2"] as const;
  render(ScriptPanel, {
    ...{ driver: {} as Driver, lines: ["Nu skriver vi"], then: "", phones: "notes.desk.phones.open" },
    ...{ examples: lines, found: [], lookKey: false },
  });
  await onRequest("desk.script.examples", "desk.script.examples_hide", { "": lines.map((key) => t(key)) });
});
