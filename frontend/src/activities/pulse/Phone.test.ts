import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import { Ticker } from "../../engine/clock.svelte";
import type { Connection } from "../../live/connection.svelte";
import { Outbox } from "../../live/outbox";
import { memoryShelf } from "../../live/shelf";
import type { Answered, Command, Item, Seen } from "../../engine/types";
import { setWords, t } from "../../words";
import Phone from "./Phone.svelte";

type Cast = Extract<Command, { type: "ballots.cast" }>;
const item = {
  kind: "item",
  id: "p",
  workshop: "w",
  activity: "pulse",
  title: "Puls",
  minutes: 10,
  position: 1,
  settings: { theme: "t", name: "Tonen", open_until: null, span: 3, threshold: 5 },
  state: "live",
  started_at: null,
  ended_at: null,
} as Item;
let sent: Cast[];
let outbox: Outbox;
let answer: Answered;

function shown(state: "open" | "few" | null = "open") {
  const board = new Board();
  const records: Seen[] = state ? [{ kind: "pulse", id: "pulse:p", activity: "p", state }] : [];
  const held = records.map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: "p", records: held, gone: [] });
  return render(Phone, {
    board,
    outbox,
    item,
    connection: {
      state: "open",
      opened: 1,
      do: (command: Command) => {
        sent.push(command as Cast);
        return Promise.resolve(answer);
      },
    } as unknown as Connection,
    clock: new Ticker(() => 0),
    mine: () => undefined,
  });
}
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));
const choose = async (step: number) =>
  fireEvent.click(await screen.findByRole("radio", { name: new RegExp(String(step)) }));

async function answered(needed: number, better: number, words: string) {
  await choose(needed);
  await press(t("pulse.phone.next"));
  await choose(better);
  await press(t("pulse.phone.next"));
  await fireEvent.input(screen.getByLabelText(t("pulse.phone.field")), { target: { value: words } });
  await press(t("pulse.phone.send"));
}

beforeEach(() => {
  setWords("da", da);
  sent = [];
  answer = { stored: true, told: [] };
  outbox = new Outbox({ send: () => Promise.resolve(answer), shelf: memoryShelf(), channel: null });
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it("W7: what is needed comes before what became better; each names the theme, and nothing is sent yet", async () => {
  shown();
  const asked = async () => (await screen.findByRole("heading")).textContent;
  expect(await asked()).toContain("brug for at gøre mere ved ”Tonen”?");
  await choose(4);
  await press(t("pulse.phone.next"));
  expect(await asked()).toContain("er ”Tonen” blevet bedre de sidste tre måneder?");
  await press(t("pulse.phone.skip"));
  expect(await asked()).toContain("når det gælder ”Tonen”?");
  expect(sent).toEqual([]);
});

it("A1: the three go as three ballots with nothing in common", async () => {
  shown();
  await answered(4, 2, " Mere af det ");
  await waitFor(() => expect(sent).toHaveLength(3));
  const by = Object.fromEntries(sent.map(({ of, value }) => [of, value]));
  expect(by).toEqual({ needed: 4, better: 2, more: "Mere af det" });
  expect(new Set(sent.flatMap(({ ballot, secret }) => [ballot, secret])).size).toBe(6);
  expect(new Set(sent.map((cast) => JSON.stringify(cast).length)).size).toBe(1);
  expect(screen.getByRole("heading").textContent).toContain(t("pulse.phone.done.title"));
});

it("P5.1: only what is changed is sent again, after a reload too, with its own id", async () => {
  const page = shown();
  await answered(4, 2, "Mere");
  await waitFor(() => expect(screen.getByText(t("pulse.phone.stored", { n: 3 }))).toBeTruthy());
  page.unmount();
  shown();
  await press(t("pulse.phone.change"));
  const first = sent.find(({ of }) => of === "needed");
  await choose(1);
  await press(t("pulse.phone.next"));
  await press(t("pulse.phone.next"));
  await press(t("pulse.phone.send"));
  await waitFor(() => expect(sent).toHaveLength(4));
  expect(sent[3]).toMatchObject({ of: "needed", value: 1, rev: 2, ballot: first?.ballot });
});

it("G19: answers that the phone finds late are there all the same", async () => {
  const shelf = memoryShelf();
  const send = () => Promise.resolve(answer);
  outbox = new Outbox({ send, shelf, channel: null });
  const page = shown();
  await answered(4, 2, "Mere");
  await waitFor(() => expect(screen.getByText(t("pulse.phone.stored", { n: 3 }))).toBeTruthy());
  page.unmount();
  let give = () => {};
  const given = new Promise<void>((done) => (give = done));
  const draft = async (key: string) => given.then(() => shelf.draft(key));
  outbox = new Outbox({ send, shelf: { ...shelf, draft }, channel: null });
  shown();
  await screen.findAllByRole("radio", {}, { timeout: 20_000 });
  give();
  await screen.findByRole("heading", { name: t("pulse.phone.done.title") });
  await press(t("pulse.phone.change"));
  expect((await screen.findByRole<HTMLInputElement>("radio", { name: /4/ })).checked).toBe(true);
});

it("G19: what was half answered is there, also when the phone finds it late", async () => {
  const shelf = memoryShelf();
  const send = () => Promise.resolve(answer);
  outbox = new Outbox({ send, shelf, channel: null });
  const page = shown();
  await choose(4);
  await waitFor(async () => expect(await outbox.draft("pulse p")).toContain("4"));
  page.unmount();
  let give = () => {};
  const given = new Promise<void>((done) => (give = done));
  const draft = async (key: string) => given.then(() => shelf.draft(key));
  outbox = new Outbox({ send, shelf: { ...shelf, draft }, channel: null });
  shown();
  await screen.findAllByRole("radio", {}, { timeout: 20_000 });
  give();
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>("radio", { name: /4/ }).checked).toBe(true));
});

it("P5.1: what is skipped is not sent", async () => {
  shown();
  await press(t("pulse.phone.skip"));
  await choose(3);
  await press(t("pulse.phone.next"));
  await press(t("pulse.phone.send"));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ of: "better", value: 3 });
});

it("what is half answered is there again after a reload", async () => {
  const page = shown();
  await choose(5);
  await waitFor(async () => expect(await outbox.draft("pulse p")).toContain("5"));
  page.unmount();
  shown();
  const radio = await screen.findByRole("radio", { name: /5/ });
  expect((radio as HTMLInputElement).checked).toBe(true);
  expect(sent).toEqual([]);
});

it("an answer that came after the end is said to be late", async () => {
  answer = { stored: false, code: "not_asked", fresh: null, retryAfter: null };
  shown();
  await answered(4, 2, "Mere");
  await waitFor(() => expect(screen.getByText(t("pulse.phone.refused", { n: 3 }))).toBeTruthy());
});

it("A12: says when it waits for its theme, and when there were too few", async () => {
  const page = shown(null);
  expect(screen.getByText(t("pulse.phone.soon.text"))).toBeTruthy();
  page.unmount();
  shown("few");
  expect(screen.getByText(t("pulse.phone.closed.few"))).toBeTruthy();
  expect(screen.queryByRole("radio")).toBeNull();
});
