import type { FaultCode } from "../../protocol.gen";
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { Answered, DeskOrder, Held, Item, Seen } from "../../engine/types";
import type { DeskContext } from "../../desk/part";
import { Selection } from "../../desk/selection.svelte";
import { States } from "../../desk/states";
import { keepWords, keptWords } from "../../desk/words-kept";
import { setWords } from "../../words";
import { Drafts } from "../../desk/drafts.svelte";
import { answers } from "./desk-answers";
import { actions } from "./desk-actions";
import { nameKept, sorting } from "./desk-sorting.svelte";
import DeskBoard from "./DeskBoard.svelte";

const stored: Answered = { stored: true, told: [] };
const refused = (code: FaultCode, fresh: Held | null = null): Answered => ({
  stored: false,
  code,
  fresh,
  retryAfter: null,
});

let nth = 0;
/** A board with one theme of two notes and three free ones, and everything a desk gives its part. */
function desk() {
  const board = new Board();
  const item = {
    kind: "item",
    id: `c${++nth}`,
    workshop: "w",
    activity: "clustering",
    title: "Saml",
    minutes: 10,
    position: 1,
    settings: { of: "q" },
    state: "live",
    started_at: null,
    ended_at: null,
  } as Item;
  const note = (id: string, theme: string | null, more = {}) => ({
    ...{
      kind: "note",
      id,
      activity: "q",
      text: `Seddel ${id}`,
      face: "up",
      theme,
      rank: Number(id.slice(1)),
    },
    ...{ edited: false, masked: false, ...more },
  });
  const theme = {
    kind: "theme",
    id: "t1",
    name: "Afbrydelser",
    paper: "mos",
    of: "q",
    position: 1,
    agenda_place: 0,
    strength: false,
  };
  let seq = 0;
  const tell = (records: object[], gone: string[] = []) => {
    seq += 1;
    const held = records.map((record) => ({ seq, record: record as Seen }));
    board.apply({ type: "changes", epoch: "e", seq, all: false, activity: null, records: held, gone });
  };
  tell([
    item,
    theme,
    note("n1", null),
    note("n2", null),
    note("n3", null),
    note("n4", "t1"),
    note("n5", "t1"),
  ]);
  const states = new States();
  const sent: DeskOrder[] = [];
  const said: string[] = [];
  const desk = {
    ...{ board, item, sent, said, tell, note, theme },
    answer: (_command: DeskOrder): Answered | Promise<Answered> => stored,
    choose: null as string | null,
    held: [] as (string | null)[],
    context: {} as DeskContext,
  };
  desk.context = {
    ...{ board, item, live: true, facilitator: true, selection: new Selection() },
    connection: {
      presence: { phones: 0, screens: 0, held: [] },
      hold: (id: string | null) => desk.held.push(id),
    },
    state: <State>(kind: new () => State) => states.of(item.id, kind),
    send: async (command: DeskOrder) => {
      sent.push(command);
      return desk.answer(command);
    },
    ask: async () => desk.choose,
    announce: (text: string) => said.push(text),
    toast: (text: string) => said.push(text),
  } as unknown as DeskContext;
  return desk;
}

beforeEach(() => setWords("da", da));
afterEach(cleanup);

const named = (name: RegExp) => screen.getByRole("button", { name });
const settled = () => new Promise((done) => setTimeout(done));

it("P2.6 the board is a list of themes with lists of notes that say where they are", () => {
  render(DeskBoard, { props: { context: desk().context } });
  expect(screen.getByRole("heading", { name: "Afbrydelser" })).toBeTruthy();
  const described = named(/Seddel n5/).getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toBe("tema Afbrydelser, 2 af 2");
});

it("P2.6 a note is moved by keyboard: Space, arrows choose the target, Space", async () => {
  const { context, sent, said, held } = desk();
  render(DeskBoard, { props: { context } });
  const note = named(/Seddel n2/);
  note.focus();
  await fireEvent.keyDown(note, { key: " " });
  expect(held).toEqual(["n2"]);
  await fireEvent.keyDown(note, { key: "ArrowRight" });
  expect(said.at(-1)).toBe("Afbrydelser, 2 sedler");
  await fireEvent.keyDown(note, { key: " " });
  await settled();
  expect(sent).toEqual([
    {
      type: "clustering.move_notes",
      activity: context.item.id,
      notes: [{ note: "n2", base: 1 }],
      theme: "t1",
    },
  ]);
  expect(said.at(-1)).toBe("Seddel flyttet til Afbrydelser");
  expect(held.at(-1)).toBeNull();
  expect(document.activeElement?.textContent).toContain("Seddel n2");
});

it("Esc puts back what is in the hand, and nothing is sent", async () => {
  const { context, sent, said } = desk();
  render(DeskBoard, { props: { context } });
  const note = named(/Seddel n1/);
  note.focus();
  await fireEvent.keyDown(note, { key: " " });
  await fireEvent.keyDown(note, { key: "ArrowRight" });
  await fireEvent.keyDown(note, { key: "Escape" });
  expect(sent).toEqual([]);
  expect(said.at(-1)).toBe("Lagt tilbage");
});

it("Ctrl+A takes the pile, and the picked ones become a theme whose name has the caret", async () => {
  const { context, sent } = desk();
  render(DeskBoard, { props: { context } });
  const note = named(/Seddel n1/);
  note.focus();
  await fireEvent.keyDown(note, { key: "a", ctrlKey: true });
  expect(context.selection.size).toBe(3);
  await actions(context)
    .find(({ key }) => key === "T")
    ?.run();
  await tick();
  expect(sent[0]).toMatchObject({ type: "clustering.make_theme", name: "" });
  expect(screen.getByLabelText("Temaets navn")).toBe(document.activeElement);
});

it("what is dropped is there at once, and goes back with a label when somebody else was first", async () => {
  const at = desk();
  let settle: (answer: Answered) => void = () => undefined;
  at.answer = () => new Promise((done) => (settle = done));
  const now = sorting(at.context);
  const moving = now.putNotes(at.context, ["n1"], { to: "theme", id: "t1" });
  expect(now.piles(at.context).themes[0]?.notes.map(({ id }) => id)).toEqual(["n4", "n5", "n1"]);
  settle(refused("stale"));
  await moving;
  expect(now.piles(at.context).free.map(({ id }) => id)).toEqual(["n1", "n2", "n3"]);
  expect(now.hand.taken.has("n1")).toBe(true);
  expect(at.said.at(-1)).toContain("Flyttet af en anden");
});

it("a change while something is in the hand is somebody else's: the number it had when taken is sent", async () => {
  const at = desk();
  const now = sorting(at.context);
  now.hand.take(at.context, ["n1"], "pointer");
  now.hand.target = { to: "theme", id: "t1" };
  at.tell([at.note("n1", null, { rank: 9 })]);
  await now.down(at.context);
  expect(at.sent[0]).toMatchObject({ notes: [{ note: "n1", base: 1 }] });
});

it("a hidden note stays where it is", async () => {
  const at = desk();
  at.tell([at.note("n1", null, { face: "hidden" })]);
  await sorting(at.context).putNotes(at.context, ["n1", "n2"], { to: "theme", id: "t1" });
  expect(at.sent[0]).toMatchObject({ notes: [{ note: "n2" }] });
  await sorting(at.context).putNotes(at.context, ["n1"], { to: "theme", id: "t1" });
  expect(at.sent).toHaveLength(1);
});

it("a name waits for its theme", async () => {
  const at = desk();
  const now = sorting(at.context);
  let settle: (answer: Answered) => void = () => undefined;
  at.answer = () => new Promise((done) => (settle = done));
  void now.putNotes(at.context, ["n1", "n2"], { to: "fresh" });
  const made = at.sent[0] as Extract<DeskOrder, { type: "clustering.make_theme" }>;
  const naming = now.rename(at.context, made.theme, "  Kulde i   hallen ");
  at.tell([{ ...at.theme, id: made.theme, name: "" }]);
  at.answer = () => stored;
  settle(stored);
  await naming;
  expect(at.sent[1]).toEqual({
    type: "clustering.rename",
    theme: made.theme,
    base: 2,
    name: "Kulde i hallen",
  });
});

it("G32 a name that is refused is kept, and one that is stored is not", async () => {
  const at = desk();
  const now = sorting(at.context);
  const kept = () => keptWords(nameKept(at.context, "t1"));
  keepWords(nameKept(at.context, "t1"), "Kulde");
  at.answer = () => refused("busy");
  await now.rename(at.context, "t1", "Kulde");
  expect(kept()).toBe("Kulde");
  at.answer = () => stored;
  await now.rename(at.context, "t1", "Kulde");
  expect(kept()).toBeNull();
});

it("P2.6 an answer is saved when the field is left, and two that were written at once are both kept", async () => {
  const at = desk();
  const id = `answer:${at.item.id}:1`;
  const drafts = new Drafts(answers);
  drafts.open(at.context, 1);
  drafts.write(1, "Mit svar");
  const theirs = { kind: "answer", id, activity: at.item.id, question: 1, text: "Deres svar" };
  at.tell([theirs]);
  at.answer = () => refused("stale", { seq: 2, record: theirs as Seen });
  await drafts.save(at.context, 1);
  expect(at.sent[0]).toMatchObject({ type: "clustering.answer", question: 1, base: 0, text: "Mit svar" });
  expect([drafts.text(1), drafts.other(1)]).toEqual(["Mit svar", "Deres svar"]);
  at.answer = () => stored;
  await drafts.join(at.context, 1);
  expect(at.sent[1]).toMatchObject({ base: 2, text: "Deres svar\nMit svar" });
  expect(drafts.saved(1)).toBe(true);
});

it("P2.6 the text of a field when the meeting moves on is saved where it was written", async () => {
  const at = desk();
  const drafts = new Drafts(answers);
  drafts.open(at.context, 1);
  drafts.write(1, "Mit svar");
  const moved = { ...at.context, item: { ...at.context.item, id: "another" } } as typeof at.context;
  await drafts.save(moved, 1);
  expect(at.sent[0]).toMatchObject({ type: "clustering.answer", activity: at.item.id, text: "Mit svar" });
});

it("the primary goes from gathering to naming to the questions, then it is the shell's", () => {
  const at = desk();
  const primary = () => actions(at.context).find((action) => action.primary)?.id;
  at.tell([], ["t1"]);
  expect(primary()).toBe("begin");
  at.tell([{ ...at.theme, name: "" }]);
  expect(primary()).toBe("sort");
  sorting(at.context).leftLoose = true;
  expect(primary()).toBe("name");
  sorting(at.context).leftLoose = false;
  at.tell([at.theme]);
  // U9: three notes lie loose still.
  expect(primary()).toBe("sort");
  sorting(at.context).leftLoose = true;
  expect(primary()).toBe("answer");
  sorting(at.context).answering = true;
  expect(primary()).toBeUndefined();
});

it("every action that cannot be done says why", () => {
  const at = desk();
  for (const action of actions(at.context))
    if (
      !action.primary &&
      !["A", "6", "/"].includes(action.key ?? "") &&
      !["fold_all", "clustering.desk.zoom_out", "alike"].includes(action.id)
    )
      expect(action.disabled, action.id).toBeTruthy();
});

it("F6, U20 picked notes are deleted at once, by the facilitator, under the dots", async () => {
  const { context, sent, said } = desk();
  context.selection.set(["n1", "n4"]);
  const deletes = (on: DeskContext) => actions(on).find(({ id }) => id === "notes.delete");
  expect(deletes({ ...context, facilitator: false })).toBeUndefined();
  render(DeskBoard, { props: { context } });
  const remove = async () => {
    expect(screen.queryByRole("button", { name: /^Slet 2/ })).toBeNull();
    await fireEvent.click(named(/^Mere, du kan gøre/));
    await fireEvent.click(screen.getByRole("menuitem", { name: /^Slet 2 for altid/ }));
  };
  await remove();
  await settled();
  expect(sent).toEqual([]);
  Object.assign(context, { ask: async () => "yes" });
  await remove();
  await settled();
  expect(sent).toEqual([{ type: "notes.delete_many", notes: ["n1", "n4"] }]);
  expect(said.at(-1)).toBe("2 sedler er slettet");
});
