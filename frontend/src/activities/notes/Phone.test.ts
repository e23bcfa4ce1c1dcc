import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import words from "virtual:words/phone";
import { Board } from "../../engine/board.svelte";
import { Ticker } from "../../engine/clock.svelte";
import type { Connection } from "../../live/connection.svelte";
import { Outbox } from "../../live/outbox";
import { memoryShelf } from "../../live/shelf";
import type { Answered, Item, PhoneCommand, Seen, Writing } from "../../engine/types";
import { loadWords, t } from "../../words";
import Phone from "./Phone.svelte";

const item: Item = {
  kind: "item",
  id: "q1",
  workshop: "w",
  activity: "notes",
  title: "Skriv sedler",
  minutes: 5,
  position: 1,
  settings: {
    question: "Hvad gør dagen god?",
    paper: "korn",
    about: "draws",
    mode: "anonymous",
    open_until: null,
    finish_seconds: 20,
  },
  state: "live",
  started_at: null,
  ended_at: null,
};
let board: Board;
let sent: PhoneCommand[];
let answers: ((answer: Answered) => void)[];
let outbox: Outbox;
let opened: number;

function told(state: Writing["state"], ...more: Seen[]) {
  const writing: Writing = {
    kind: "writing",
    id: "writing:q1",
    activity: "q1",
    state,
    cards: 0,
    late: 0,
    letting_in: false,
    posters: {},
    again: false,
  };
  board.apply({
    type: "changes",
    epoch: "e",
    seq: board.seq + 1,
    all: false,
    activity: "q1",
    gone: [],
    records: [item, writing, ...more].map((record) => ({ seq: board.seq + 1, record })),
  });
}
function shown() {
  return render(Phone, {
    board,
    outbox,
    item,
    connection: { state: "open" } as Connection,
    clock: new Ticker(() => 0),
    mine: () => void opened++,
  });
}
const field = () => screen.getByLabelText(t("notes.phone.field")) as HTMLTextAreaElement;
const write = (text: string) => fireEvent.input(field(), { target: { value: text } });
const send = () => fireEvent.click(screen.getByText(t("notes.phone.send")));

beforeAll(() => loadWords(words, Object.keys(words), "da"));
beforeEach(() => {
  board = new Board();
  sent = [];
  answers = [];
  opened = 0;
  outbox = new Outbox({
    send: (command) => {
      sent.push(command);
      return new Promise((answer) => answers.push(answer));
    },
    shelf: memoryShelf(),
    channel: null,
  });
  outbox.workshop = "w";
  told("open");
});
afterEach(cleanup);

it("[P2.1] shows the question and an empty note that has the focus", () => {
  shown();
  expect(screen.getByRole("heading").textContent).toBe("Hvad gør dagen god?");
  expect(document.activeElement).toBe(field());
  expect((screen.getByText(t("notes.phone.send")) as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByText(t("notes.phone.safe"))).toBeTruthy();
});

it("[R1] a sent note leaves the hand at once, and is on the board only when the server has it", async () => {
  shown();
  await write("  Kaffen sammen  ");
  await send();
  expect(field().value).toBe("");
  expect(document.activeElement).toBe(field());
  await waitFor(() => expect(screen.getByText("1 på vej")).toBeTruthy());
  expect(sent[0]).toMatchObject({ type: "notes.write", text: "Kaffen sammen", rev: 1 });
  expect(screen.queryByText("1 på tavlen")).toBeNull();
  answers[0]?.({ stored: true, told: [] });
  await waitFor(() => expect(screen.getByText("1 på tavlen")).toBeTruthy());
  await fireEvent.click(screen.getByText("1 på tavlen"));
  expect(opened).toBe(1);
});

it("[R2] what is half written is there again after a reload", async () => {
  const page = shown();
  await new Promise((done) => setTimeout(done, 0));
  await write("En halv sæt");
  await waitFor(async () => expect(await outbox.draft("q1")).toBe("En halv sæt"));
  page.unmount();
  shown();
  await waitFor(() => expect(field().value).toBe("En halv sæt"));
});

it("keeps the last letters typed right before switching pages", async () => {
  const page = shown();
  await new Promise((done) => setTimeout(done, 0));
  await write("Lige skrevet");
  page.unmount();
  await waitFor(async () => expect(await outbox.draft("q1")).toBe("Lige skrevet"));
});

it("[B25] counts down near the limit, and keeps what is too long", async () => {
  shown();
  await write("a".repeat(270));
  expect(screen.getByText("10 tegn tilbage")).toBeTruthy();
  await write("a".repeat(282));
  expect(screen.getByText(t("notes.phone.too_long", { n: 2 }))).toBeTruthy();
  await send();
  expect([field().value.length, sent.length]).toEqual([282, 0]);
});

it("a refused note goes back to the field with the reason above it", async () => {
  shown();
  await new Promise((done) => setTimeout(done, 0));
  await write("Har et tegn for meget");
  await send();
  await waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.({ stored: false, code: "text", fresh: null, retryAfter: null });
  await waitFor(() => expect(field().value).toBe("Har et tegn for meget"));
  expect(screen.getByRole("alert").textContent).toContain(t("refused.text"));
  expect(outbox.notes).toEqual([]);
});

it("hints at a name and lets it be sent all the same (B30)", async () => {
  shown();
  await write("Spørg Ole om det");
  await waitFor(() => expect(screen.getByText(t("notes.phone.looks.name"))).toBeTruthy());
  await send();
  await waitFor(() => expect(sent).toHaveLength(1));
});

it("[R13] when writing has stopped the phone looks up, and a late note is said to be late", async () => {
  shown();
  told("stopped");
  await waitFor(() => expect(screen.getByText(t("phone.look.title"))).toBeTruthy());
  await fireEvent.click(screen.getByText(t("notes.phone.one_more")));
  expect(screen.getByText(t("notes.phone.late"))).toBeTruthy();
  await write("Kom for sent");
  await send();
  await waitFor(() => expect(screen.getByText(t("phone.look.title"))).toBeTruthy());
  expect(sent).toHaveLength(1);
});

it("[R13] a half-written note is not swept away when writing stops", async () => {
  shown();
  await write("Var lige ved at være fær");
  told("stopped");
  await waitFor(() => expect(screen.getByText(t("notes.phone.late"))).toBeTruthy());
  expect(field().value).toBe("Var lige ved at være fær");
});
