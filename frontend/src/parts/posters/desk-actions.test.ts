import { beforeEach, describe, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { Ticker } from "../../engine/clock.svelte";
import type { RoomConnection } from "../../live/room-connection.svelte";
import type { DeskOrder, Note, Seen, Writing } from "../../engine/types";
import { Selection, type Action, type DeskContext, type Question } from "../../desk/part";
import { States } from "../../desk/states";
import { answered, storing } from "../../../tests/answered";
import { setWords } from "../../words";
import { actions, examples, fact, orderOf, script } from "./desk-actions";
import type { PosterItem } from "./posters";

const item = (theme: string | null, more: object = {}): PosterItem =>
  ({
    kind: "item",
    id: "p",
    workshop: "w",
    activity: "stop_more_new",
    // As the server keeps it: one form of dashes.
    title: "Stop - mere - nyt",
    minutes: 30,
    position: 1,
    settings: { theme, name: "", finish_seconds: 20 },
    state: "live",
    started_at: 0,
    ended_at: null,
    ...more,
  }) as PosterItem;
const theme = (id: string): Seen => ({
  kind: "theme",
  id,
  name: `Tema ${id}`,
  paper: "mos",
  of: "q",
  position: 1,
  agenda_place: 0,
  strength: false,
});
const writing = (state: Writing["state"], cards = 0): Writing => ({
  kind: "writing",
  id: "writing:p",
  activity: "p",
  state,
  cards,
  late: 0,
  letting_in: false,
  posters: {},
  again: false,
});
const note = (id: string, poster: string): Note => ({
  kind: "note",
  id,
  activity: "p",
  text: `forslag ${id}`,
  face: "up",
  theme: null,
  rank: 0,
  edited: false,
  masked: false,
  poster,
});
const how = (id: string, of: string): Seen => ({ kind: "how", id, of, text: `sådan ${id}`, position: 1 });

function on(own: PosterItem, records: Seen[], answers: (string | null)[] = []) {
  const board = new Board();
  const held = [own, ...records].map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: null, records: held, gone: [] });
  const sent: DeskOrder[] = [];
  const asked: Question[] = [];
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
    announce: vi.fn(),
    toast: vi.fn(),
  };
  return { context, sent, asked };
}

const ids = (all: Action[]) => all.map((action) => action.id);
const find = (context: DeskContext, id: string) => actions(context).find((action) => action.id === id);

beforeEach(() => setWords("da", da));

describe("P4.3: which theme, and which of the two tools", () => {
  it("is the one thing to do before anybody writes", async () => {
    const { context, sent, asked } = on(item(null), [theme("a"), theme("b")], ["b", "turn_up_turn_down"]);
    expect(ids(actions(context))).toEqual(["posters.choose"]);
    await find(context, "posters.choose")?.run();
    expect(asked.map((question) => question.choices?.map(({ id }) => id))).toEqual([
      ["a", "b"],
      ["stop_more_new", "turn_up_turn_down"],
    ]);
    expect(sent).toEqual([
      {
        type: "agenda.become",
        item: "p",
        base: 1,
        activity: "turn_up_turn_down",
        title: "Skru op – skru ned",
        settings: { theme: "b", name: "", finish_seconds: 20 },
      },
    ]);
  });

  it("keeps a name that somebody gave the item", async () => {
    const { context, sent } = on(
      item(null, { title: "Om eftermiddagen" }),
      [theme("a")],
      ["a", "stop_more_new"],
    );
    await find(context, "posters.choose")?.run();
    expect(sent[0]).toMatchObject({ title: "Om eftermiddagen" });
  });

  it("asks for no tool where the theme has one", async () => {
    const before = item("a", { id: "before", state: "done", activity: "turn_up_turn_down" });
    const written = { ...writing("turned", 3), id: "writing:before", activity: "before" };
    const { context, sent, asked } = on(item(null), [theme("a"), before, written], ["a"]);
    await find(context, "posters.choose")?.run();
    expect(asked[0]?.choices?.[0]?.small).toBe("Er taget op med Skru op – skru ned");
    expect(sent[0]).toMatchObject({ activity: "turn_up_turn_down" });
  });

  it("can be asked again until the room knows of a note", () => {
    expect(find(on(item("a"), [theme("a"), writing("open")]).context, "posters.choose")).toBeDefined();
    expect(find(on(item("a"), [theme("a"), writing("open", 1)]).context, "posters.choose")).toBeUndefined();
    expect(find(on(item("a"), [theme("a"), writing("stopped")]).context, "posters.choose")).toBeUndefined();
  });

  it("has nothing to ask where there are no themes", () => {
    expect(find(on(item(null), []).context, "posters.choose")?.disabled).toBe(da["posters.desk.no_themes"]);
  });
});

describe("P4.4: how, again and again", () => {
  const turned = [theme("a"), writing("turned", 1), note("n", "more")];

  it("hangs an answer under the picked proposal, and the next under that answer", async () => {
    const { context, sent } = on(item("a"), [...turned, how("h", "n")], ["kl. 7.10", "på skift"]);
    context.selection.only("n");
    await find(context, "posters.how")?.run();
    context.selection.only("h");
    await find(context, "posters.how")?.run();
    expect(sent).toMatchObject([
      { type: "proposals.how", of: "n", text: "kl. 7.10" },
      { type: "proposals.how", of: "h", text: "på skift" },
    ]);
  });

  it("says why not after five of them", () => {
    const chain = ["h1", "h2", "h3", "h4", "h5"].map((id, n) => how(id, n === 0 ? "n" : `h${String(n)}`));
    const { context } = on(item("a"), [...turned, ...chain]);
    context.selection.only("h4");
    expect(find(context, "posters.how")?.disabled).toBeUndefined();
    context.selection.only("h5");
    expect(find(context, "posters.how")?.disabled).toBe(da["refused.too_deep"]);
    expect(orderOf(context)).toEqual(["n", "h1", "h2", "h3", "h4", "h5"]);
  });

  it("rewords an answer and takes it away, by its own keys", async () => {
    const { context, sent } = on(item("a"), [...turned, how("h", "n")], ["bedre"]);
    context.selection.only("h");
    await actions(context)
      .find(({ key }) => key === "R")
      ?.run();
    await actions(context)
      .find(({ key }) => key === "Delete")
      ?.run();
    expect(sent).toEqual([
      { type: "proposals.reword", how: "h", base: 5, text: "bedre" },
      { type: "proposals.drop", how: "h", base: 5 },
    ]);
  });

  it("A16: cannot be asked of what is not turned over", () => {
    const { context } = on(item("a"), [writing("stopped", 1), { ...note("n", "more"), face: "stopped" }]);
    context.selection.only("n");
    expect(find(context, "posters.how")).toBeUndefined();
    expect(find(context, "posters.pick")).toBeUndefined();
  });
});

it("P4.5: marks what is picked for the plan, and takes the marks off again", async () => {
  const mark: Seen = { kind: "picked", id: "picked:n", note: "n", theme: "a", poster: "more" };
  const { context, sent } = on(item("a"), [writing("turned"), note("n", "more"), note("m", "new"), mark]);
  context.selection.set(["n", "m"]);
  await find(context, "posters.pick")?.run();
  context.selection.only("n");
  await find(context, "posters.pick")?.run();
  expect(sent).toEqual([
    { type: "proposals.pick", note: "m" },
    { type: "proposals.unpick", note: "n" },
  ]);
});

it("P4.1: typed-in notes are asked for their poster first", async () => {
  const { context, sent } = on(item("a"), [theme("a"), writing("open")], ["new", "en\nto"]);
  await find(context, "notes.add_paper")?.run();
  expect(sent).toEqual([{ type: "notes.add_paper", activity: "p", texts: ["en", "to"], poster: "new" }]);
});

describe("what is said", () => {
  it.each([
    ["choose", item(null), []],
    ["before", item("a"), [writing("open")]],
    ["stopped", item("a"), [writing("stopped")]],
    ["turned", item("a"), [writing("turned")]],
  ] as [string, PosterItem, Seen[]][])(
    "%s: there is something to say, in both tools",
    (name, own, records) => {
      for (const activity of ["stop_more_new", "turn_up_turn_down"] as const) {
        const { stage } = script(on({ ...own, activity } as PosterItem, records).context);
        expect(Object.keys(da)).toEqual(expect.arrayContaining([stage, `${stage}.hint1`]));
        expect(stage).toContain(name);
      }
    },
  );

  it("W5: asks which strengths can be used, and W8: knows the next theme from the first", () => {
    const strong = { ...theme("s"), strength: true } as Seen;
    expect(script(on(item("a"), [theme("a"), strong, writing("open")]).context).more?.[0]).toContain(
      "Tema s",
    );
    expect(script(on(item("a"), [theme("a"), writing("open")]).context).more).toBeUndefined();
    expect(script(on(item(null), []).context).stage).toBe("posters.desk.say.choose");
    const before = item("a", { id: "before", state: "done" });
    expect(script(on(item(null), [before]).context).stage).toBe("posters.desk.say.further");
  });

  it("shows examples for every poster until the writing stops, and the theme in the agenda", () => {
    const { context } = on(item("a"), [theme("a"), writing("open")]);
    expect(examples(context)).toHaveLength(6);
    expect(fact(context)).toBe("Tema a");
    expect(examples(on(item("a"), [writing("stopped")]).context)).toEqual([]);
  });
});
