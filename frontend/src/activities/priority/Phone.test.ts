import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import { PLACING_DONE } from "../../contract/placing.gen";
import { Board } from "../../engine/board.svelte";
import { Ticker } from "../../engine/clock.svelte";
import type { Connection } from "../../live/connection.svelte";
import { Outbox } from "../../live/outbox";
import { memoryShelf } from "../../live/shelf";
import type { Command, Item, Seen } from "../../engine/types";
import { setWords, t } from "../../words";
import Phone from "./Phone.svelte";

type Cast = Extract<Command, { type: "ballots.cast" }>;
const item = {
  ...{ kind: "item", id: "p", workshop: "w", activity: "priority", title: "", minutes: 30, position: 1 },
  ...{ settings: {}, state: "live", started_at: null, ended_at: null },
} as Item;
let sent: Cast[];
let outbox: Outbox;

function shown(...more: Seen[]) {
  const board = new Board();
  const records = [
    { kind: "balloting", id: "balloting:p", activity: "p", state: "open", count: 0 },
    {
      ...{ kind: "placing", id: "placing:p", activity: "p" },
      themes: ["a", "b"].map((theme) => ({ theme, name: `Tema ${theme}`, paper: "mos" })),
    },
    ...more,
  ] as Seen[];
  const held = records.map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: "p", records: held, gone: [] });
  const connection = {
    ...{ state: "open", opened: 1 },
    do: (command: Command) => {
      sent.push(command as Cast);
      return Promise.resolve({ stored: true, told: [] });
    },
  } as unknown as Connection;
  return render(Phone, {
    ...{ board, outbox, item, connection, clock: new Ticker(() => 0), mine: () => undefined },
  });
}
const tap = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));
/** A field as it is read aloud: its place, then what it means. */
const field = (place: "important_urgent" | "small_later", means: "do" | "leave") =>
  `${t(`priority.phone.${place}`)}: ${t(`priority.phone.placing.four.${means}`)}`;
const at = (n: number) => screen.findByText(t("placing.phone.where", { n, of: 2 }));

beforeEach(() => {
  setWords("da", da);
  sent = [];
  const send = () => Promise.resolve({ stored: true as const, told: [] });
  outbox = new Outbox({ send, shelf: memoryShelf(), channel: null });
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it("U14 one tap places a theme and the next one follows; being done is sent automatically", async () => {
  shown();
  await at(1);
  await tap(field("important_urgent", "do"));
  await at(2);
  await tap(field("small_later", "leave"));
  await screen.findByRole("heading", { name: t("placing.phone.done") });
  await waitFor(() => expect(sent).toHaveLength(3));
  expect(Object.fromEntries(sent.map(({ of, value }) => [of, value]))).toEqual({
    a: 3,
    b: 0,
    [PLACING_DONE]: 1,
  });
  // A1: nothing in the three shows that they are from one phone, and being done does not count as an answer.
  expect(new Set(sent.flatMap(({ ballot, secret }) => [ballot, secret])).size).toBe(6);
  await screen.findByText(t("placing.phone.stored", { n: 2 }));
});

it("U14 people who prefer one thing at a time get two questions", async () => {
  shown();
  await tap(t("placing.phone.to_two"));
  await tap(t("priority.phone.placing.urgent.yes"));
  expect(sent).toEqual([]);
  await tap(t("priority.phone.placing.important.no"));
  await at(2);
  await waitFor(() => expect(sent[0]).toMatchObject({ of: "a", value: 1 }));
});

it("U14 when the time is up people who place themes are not asked to finish a sentence", async () => {
  const timer = { kind: "timer", id: "timer:p", activity: "p", state: "running", left: null, length: 9 };
  shown({ ...timer, ends_at: 0 } as Seen);
  await at(1);
  expect(screen.queryByText(t("shared.finish"))).toBeNull();
});

it("U14 the notes of a theme are on its card where phones have their words", async () => {
  const note = {
    kind: "note",
    id: "n",
    activity: "q",
    text: "To stille timer",
    face: "up",
    theme: "a",
    rank: 1,
  };
  shown(note as unknown as Seen);
  await at(1);
  expect(screen.getByText("To stille timer")).toBeTruthy();
  cleanup();
  shown();
  await at(1);
  expect(screen.queryByText("To stille timer")).toBeNull();
});

it("G19 continues at the first unanswered theme, even if answers are found late", async () => {
  const shelf = memoryShelf();
  const send = () => Promise.resolve({ stored: true as const, told: [] });
  outbox = new Outbox({ send, shelf, channel: null });
  const page = shown();
  await at(1);
  await tap(field("important_urgent", "do"));
  await at(2);
  await waitFor(() => expect(sent).toHaveLength(1));
  page.unmount();
  let give = () => {};
  const given = new Promise<void>((done) => (give = done));
  outbox = new Outbox({
    ...{ send, channel: null },
    shelf: { ...shelf, draft: async (key) => given.then(() => shelf.draft(key)) },
  });
  shown();
  await screen.findByText(t("placing.phone.where", { n: 1, of: 2 }), {}, { timeout: 20_000 });
  give();
  await at(2);
});
