import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { Answered, DeskOrder, Item, Seen } from "../../engine/types";
import type { DeskContext, Question } from "../../desk/part";
import { Selection } from "../../desk/selection.svelte";
import { States } from "../../desk/states";
import { setWords } from "../../words";
import { actions, choose, phones, put, script } from "./desk-actions";
import DeskBoard from "./DeskBoard.svelte";

let nth = 0;
function desk() {
  const board = new Board();
  const id = `p${++nth}`;
  const item = {
    kind: "item",
    id,
    workshop: "w",
    activity: "priority",
    title: "",
    position: 1,
    settings: {},
  };
  let seq = 0;
  const tell = (...records: object[]) => {
    seq += 1;
    const held = records.map((record) => ({ seq, record: record as Seen }));
    board.apply({ type: "changes", epoch: "e", seq, all: false, activity: null, records: held, gone: [] });
  };
  const ids = ["a", "b", "c", "d", "e"];
  tell(
    item,
    ...ids.map((theme, position) => ({
      kind: "theme",
      id: theme,
      name: theme,
      paper: "mos",
      of: "q",
      position,
    })),
    ...ids.map((theme) => ({
      kind: "influence",
      id: `influence:${theme}`,
      theme,
      field: theme === "e" ? "cannot" : "can",
    })),
  );
  const states = new States();
  const sent: DeskOrder[] = [];
  const asked: Question[] = [];
  const at = { sent, asked, tell, id, yes: true, context: {} as DeskContext };
  const stored: Answered = { stored: true, told: [] };
  at.context = {
    ...{ board, item: item as unknown as Item, live: true, facilitator: true, selection: new Selection() },
    connection: { presence: { phones: 11, screens: 0, held: [], leaves: [] }, hold: () => undefined },
    state: <State>(kind: new () => State) => states.of(id, kind),
    send: async (command: DeskOrder) => {
      sent.push(command);
      return stored;
    },
    ask: async (question: Question) => {
      asked.push(question);
      return at.yes ? "yes" : null;
    },
    announce: () => undefined,
    toast: () => undefined,
  } as unknown as DeskContext;
  return at;
}
const priority = (theme: string, important: boolean | null, urgent: boolean | null) => ({
  ...{ kind: "priority", id: `priority:${theme}`, theme, important, urgent, cycle: 1 },
});

beforeEach(() => setWords("da", da));
afterEach(cleanup);

it("P3.2 shows only what can be influenced, in two halves first", () => {
  render(DeskBoard, { props: { context: desk().context } });
  expect(
    screen.getAllByRole("heading").map((heading) => heading.textContent?.replace(/\d+/, "").trim()),
  ).toEqual(["Vigtigt", "Ikke vigtigt", "Ikke placeret endnu"]);
  expect(screen.queryByRole("button", { name: "e" })).toBeNull();
  expect(screen.getByRole("button", { name: "a" })).toBeTruthy();
});

it("P3.2 a theme is placed by keyboard: Space, arrow, Space", async () => {
  const at = desk();
  render(DeskBoard, { props: { context: at.context } });
  const card = screen.getByRole("button", { name: "b" });
  card.focus();
  await fireEvent.keyDown(card, { key: " " });
  await fireEvent.keyDown(card, { key: "1" });
  expect(at.sent).toEqual([{ type: "priority.place", theme: "b", base: 0, important: true, urgent: null }]);
});

it("P3.2 the second pass keeps what the first one said", async () => {
  const at = desk();
  at.tell(priority("a", true, null), {
    kind: "guide",
    id: `guide:${at.id}`,
    activity: at.id,
    step: "urgent",
  });
  await put(at.context, "a", "plan");
  expect(at.sent[0]).toMatchObject({ important: true, urgent: false, base: 2 });
});

it("P3.3 a fourth theme is asked about, and only then sent as confirmed", async () => {
  const at = desk();
  at.tell(...["a", "b", "c"].map((theme) => ({ kind: "chosen", id: `chosen:${theme}`, theme, cycle: 1 })));
  at.yes = false;
  await choose(at.context, "d");
  expect(at.asked).toHaveLength(1);
  expect(at.sent).toEqual([]);
  at.yes = true;
  await choose(at.context, "d");
  expect(at.sent).toEqual([{ type: "priority.choose", theme: "d", confirmed: true }]);
  await choose(at.context, "a");
  expect(at.sent[1]).toEqual({ type: "priority.unchoose", theme: "a" });
});

it("P3.2, P3.3 the primary says what comes next", () => {
  const at = desk();
  const primary = () => actions(at.context).find((action) => action.primary)?.label;
  expect(primary()).toBe("Næste: a");
  at.tell(...["a", "b", "c", "d"].map((theme) => priority(theme, true, null)));
  expect(primary()).toBe("Spørg nu, hvad der haster");
  at.tell({ kind: "guide", id: `guide:${at.id}`, activity: at.id, step: "urgent" });
  expect(primary()).toBe("Næste: a");
  at.tell(...["a", "b", "c", "d"].map((theme) => priority(theme, true, true)));
  expect(primary()).toBe("Vælg de to-tre temaer");
  at.tell(...["a", "b"].map((theme) => ({ kind: "chosen", id: `chosen:${theme}`, theme, cycle: 1 })));
  expect(primary()).toBeUndefined();
});

const asked = (item: string, state: "open" | "closed") => ({
  ...{ kind: "balloting", id: `balloting:${item}`, activity: item, state, count: 7 },
});
const placing = (item: string) => ({
  ...{ kind: "placing", id: `placing:${item}`, activity: item },
  themes: ["a", "b"].map((theme) => ({ theme, name: theme, paper: "mos" })),
});
const spread = (item: string, theme: string) => ({
  ...{ kind: "spread", id: `spread:${item}:${theme}`, activity: item, theme, n: 6, important: 6, urgent: 3 },
  ...{ important_agreement: "agreed", urgent_agreement: "divided" },
});

it("P3.4 by one key the phones are asked, and asked no more", async () => {
  const at = desk();
  const key = (name: string) => actions(at.context).find((action) => action.key === name);
  expect(key("G")?.disabled).toBeTruthy();
  await key("O")?.run();
  expect(at.sent).toEqual([{ type: "placing.open", activity: at.id }]);
  at.tell(placing(at.id), asked(at.id, "open"));
  expect(
    actions(at.context)
      .filter((action) => action.primary)
      .map(({ id }) => id),
  ).toEqual(["placing"]);
  expect(phones(at.context)).toBe("priority.desk.phones");
  expect(script(at.context).stage).toBe("priority.desk.say.placing");
  render(DeskBoard, { props: { context: at.context } });
  // U14: people who are done, not taps.
  expect(screen.getByText("7 af 11 er færdige")).toBeTruthy();
  await key("O")?.run();
  expect(at.sent[1]).toEqual({ type: "placing.close", activity: at.id });
});

it("P3.4 the group's placement is next to each name, a theme that too few placed has no number, and one key adopts it", async () => {
  const at = desk();
  at.tell(placing(at.id), asked(at.id, "closed"), spread(at.id, "a"));
  render(DeskBoard, { props: { context: at.context } });
  expect(screen.getByRole("button", { name: "a" }).textContent).toContain("Gruppen: vigtigt 6/6, haster 3/6");
  expect(screen.getByRole("button", { name: "b" }).textContent).not.toContain("Gruppen");
  await actions(at.context)
    .find((action) => action.key === "L")
    ?.run();
  expect(at.sent).toEqual([{ type: "priority.follow", activity: at.id }]);
});

it("U14 what the group placed is taken over with one press, and the fields are there to adjust in", async () => {
  const at = desk();
  const wall = (forward: string | null) => ({
    ...{ kind: "wall", id: "wall:w", workshop: "w", forward, join: false, black: false, size: "M", page: 0 },
  });
  at.tell(
    {
      kind: "workshop",
      id: "w",
      title: "",
      group: "",
      language: "da",
      date: "2027-01-04",
      state: "live",
      cycle: 1,
    },
    placing(at.id),
    asked(at.id, "closed"),
    spread(at.id, "a"),
    wall(`placing:${at.id}`),
  );
  at.context.board.home = "w";
  const primary = () => actions(at.context).find((action) => action.primary);
  expect(primary()?.label).toBe("Læg dem som gruppen");
  await primary()?.run();
  expect(at.sent).toMatchObject([
    { type: "priority.follow", activity: at.id },
    { type: "wall.change", forward: null },
  ]);
  // It is where the group placed it: the same place is not offered again.
  at.tell(priority("a", true, null));
  expect(primary()?.id).toBe("group");
});

it("U15 1-2-1 places one theme after the other, and the focus goes to the next that waits", async () => {
  const at = desk();
  const key = (name: string) => actions(at.context).find((action) => action.key === name);
  const placed: Record<string, boolean> = {};
  for (const name of ["1", "2", "1"]) {
    await key(name)?.run();
    const last = at.sent.at(-1) as { theme: string; important: boolean };
    placed[last.theme] = last.important;
    at.tell(priority(last.theme, last.important, null));
  }
  expect(placed).toEqual({ a: true, b: false, c: true });
  expect(at.context.selection.focused).toBe("d");
  // What is placed already and taken up again is moved, and the focus stays with it.
  at.context.selection.want("a");
  await key("2")?.run();
  expect(at.sent.at(-1)).toMatchObject({ theme: "a", important: false });
  expect(at.context.selection.focused).toBe("a");
});

it("U15 while the phones are asked no key places anything unseen", () => {
  const at = desk();
  at.tell(placing(at.id), asked(at.id, "open"));
  expect(actions(at.context).some(({ key }) => key === "1")).toBe(false);
});
