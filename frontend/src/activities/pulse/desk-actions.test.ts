import { beforeEach, describe, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { Ticker } from "../../engine/clock.svelte";
import type { RoomConnection } from "../../live/room-connection.svelte";
import type { DeskOrder, Item, Seen } from "../../engine/types";
import { Selection, type DeskContext, type Question } from "../../desk/part";
import { States } from "../../desk/states";
import { answered, storing } from "../../../tests/answered";
import { setWords } from "../../words";
import { actions, examples, fact, phones, script } from "./desk-actions";

const item = (theme: string | null): Item =>
  ({
    kind: "item",
    id: "p",
    workshop: "w",
    activity: "pulse",
    title: "Puls",
    minutes: 10,
    position: 1,
    settings: { theme, name: "", open_until: null, threshold: 6 },
    state: "live",
    started_at: 0,
    ended_at: null,
  }) as Item;
const theme = (id: string, position: number): Seen => ({
  kind: "theme",
  id,
  name: `Tema ${id}`,
  paper: "mos",
  of: "q",
  position,
  agenda_place: 0,
  strength: false,
});
const pulse = (state: "open" | "ended" | "few" | "shown"): Seen => ({
  kind: "pulse",
  id: "pulse:p",
  activity: "p",
  state,
});
const balloting = (count: number): Seen => ({
  kind: "balloting",
  id: "balloting:p",
  activity: "p",
  state: "open",
  count,
});
const answer = (id: string, hidden = false): Seen => ({
  kind: "pulse_answer",
  id,
  activity: "p",
  text: `svar ${id}`,
  hidden,
});

function on(own: Item, records: Seen[], answers: (string | null)[] = [], told: string[] = []) {
  const board = new Board();
  const held = [own, ...records].map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: null, records: held, gone: [] });
  const sent: DeskOrder[] = [];
  const asked: Question[] = [];
  const announce = vi.fn();
  const states = new States();
  const send: DeskContext["send"] = (order) => {
    sent.push(order);
    return Promise.resolve({ stored: true, told });
  };
  const context: DeskContext = {
    board,
    state: (kind) => states.of("", kind),
    connection: {} as RoomConnection,
    workshop: "w",
    item: own,
    live: true,
    clock: {} as Ticker,
    selection: new Selection(),
    facilitator: true,
    send,
    store: storing(send),
    ask: (question) => {
      asked.push(question);
      return answered(question, answers.shift() ?? null);
    },
    announce,
    toast: vi.fn(),
  };
  return { context, sent, asked, announce };
}
const ids = (context: DeskContext) => actions(context).map(({ id }) => id);
const primary = (context: DeskContext) => actions(context).find((action) => action.primary)?.id;
const run = (context: DeskContext, id: string) =>
  actions(context)
    .find((action) => action.id === id)
    ?.run();

beforeEach(() => setWords("da", da));

it("P5.1: the theme is the one thing to do first, those that are worked with on top", async () => {
  const chosen: Seen = { kind: "chosen", id: "chosen:b", theme: "b", cycle: 1 };
  const { context, sent, asked } = on(item(null), [theme("a", 1), theme("b", 2), chosen], ["b"]);
  expect(ids(context)).toEqual(["pulse.choose"]);
  await run(context, "pulse.choose");
  expect(asked[0]?.choices?.map(({ id }) => id)).toEqual(["b", "a"]);
  expect(sent[0]).toMatchObject({ type: "agenda.become", activity: "pulse", settings: { theme: "b" } });
});

it("P5.1: there is nothing to ask about where there are no themes", () => {
  expect(actions(on(item(null), []).context)[0]?.disabled).toBe(da["pulse.desk.no_themes"]);
});

describe("P5.2: the one release", () => {
  it.each([
    ["open", 3, "pulse.close"],
    ["open", 0, "pulse.close"],
    ["ended", 0, "pulse.close"],
    ["few", 0, "pulse.reopen"],
    ["shown", 0, undefined],
  ] as const)("%s with %i: %s", (state, count, expected) => {
    const { context } = on(item("a"), [theme("a", 1), pulse(state), balloting(count)]);
    expect(primary(context)).toBe(expected);
  });

  it("says whether there were enough", async () => {
    const { context, sent, announce } = on(item("a"), [pulse("open"), balloting(4)], [], ["few"]);
    await run(context, "pulse.close");
    expect(sent).toEqual([{ type: "pulse.close", activity: "p" }]);
    expect(announce).toHaveBeenCalledWith(da["pulse.desk.announced.few"]);
  });

  it("goes on to the open answers when they are there", async () => {
    const { context, sent } = on(item("a"), [pulse("shown"), answer("x")]);
    expect(primary(context)).toBe("pulse.words");
    await run(context, "pulse.words");
    expect(sent).toEqual([{ type: "wall.change", workshop: "w", page: 1 }]);
  });

  it("does nothing to a pulse that is looked at again", () => {
    const { context } = on(item("a"), [pulse("open"), balloting(5)]);
    expect(ids({ ...context, live: false })).toEqual([]);
  });
});

describe("A13: open answers that name somebody", () => {
  it("are hidden, and shown again when all that are picked are hidden", async () => {
    const { context, sent } = on(item("a"), [pulse("shown"), answer("x"), answer("y", true)]);
    context.selection.set(["x", "y"]);
    await run(context, "pulse.hide");
    context.selection.only("y");
    await run(context, "pulse.hide");
    expect(sent).toMatchObject([
      { type: "pulse.hide", answer: "x" },
      { type: "pulse.show", answer: "y" },
    ]);
  });

  it("are deleted by the facilitator alone, and only when that is sure", async () => {
    const { context, sent } = on(item("a"), [pulse("shown"), answer("x")], [null, "yes"]);
    context.selection.only("x");
    expect(ids({ ...context, facilitator: false })).not.toContain("pulse.delete");
    await run(context, "pulse.delete");
    await run(context, "pulse.delete");
    expect(sent).toEqual([{ type: "pulse.delete", answer: "x" }]);
  });
});

it("there is something to say at every step, and examples until it closes", () => {
  for (const records of [
    [],
    ...(["open", "ended", "few", "shown"] as const).map((state) => [pulse(state)]),
  ]) {
    const { context } = on(item("a"), records);
    for (const key of [script(context).stage, ...examples(context), phones(context)])
      expect(Object.keys(da)).toContain(key);
  }
  expect(examples(on(item("a"), [pulse("shown")]).context)).toEqual([]);
  expect(fact(on(item("a"), [theme("a", 1), pulse("open"), balloting(1)]).context)).toBe("Tema a: 1 svar");
});
