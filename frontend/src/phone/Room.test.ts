import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import words from "virtual:words/phone";
import { Board } from "../engine/board.svelte";
import { Ticker } from "../engine/clock.svelte";
import type { Connection } from "../live/connection.svelte";
import { Outbox } from "../live/outbox";
import { memoryShelf } from "../live/shelf";
import type { Item, NoteCommand, Seen, Workshop } from "../engine/types";
import { loadWords, t } from "../words";
// What comes later is here from the start: no test waits for it.
import "../activities/stop_more_new/Phone.svelte";
import "./inside";
import "./later";
import Room from "./Room.svelte";

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
const workshop = { kind: "workshop", id: "w", title: "", group: "", state: "live", live: "q1" } as Workshop;

afterEach(cleanup);

async function inside(live = item) {
  await loadWords(words, ["phone", "notes.phone", "phone.mine"], "da");
  const board = new Board();
  board.home = "w";
  const tell = (...records: Seen[]) =>
    board.apply({
      ...{ type: "changes", epoch: "e", seq: board.seq + 1, all: board.seq === 0, activity: null, gone: [] },
      records: records.map((record) => ({ seq: board.seq + 1, record })),
    });
  tell({ ...workshop, live: live.id }, live);
  const sent: NoteCommand[] = [];
  const outbox = new Outbox({
    send: (command) => {
      sent.push(command);
      return Promise.resolve({ stored: false, code: "lost", fresh: null, retryAfter: null });
    },
    shelf: memoryShelf(),
    channel: null,
  });
  outbox.workshop = "w";
  const connection = { state: "open", opened: 1 } as Connection;
  const given = { board, connection, outbox, clock: new Ticker(() => 0), again: () => undefined };
  const { rerender } = render(Room, { ...given, ended: false, view: "main" });
  const field = () => screen.findByLabelText<HTMLTextAreaElement>(t("notes.phone.field"));
  const goOn = () => tell({ ...live, state: "done" }, { ...item, id: "next" }, { ...workshop, live: "next" });
  return { outbox, sent, field, goOn, end: () => rerender({ ...given, ended: true, view: "main" }) };
}

it("G17 what another tab has forgotten leaves the field of this one, and is not kept again", async () => {
  const { outbox, field } = await inside();
  await fireEvent.input(await field(), { target: { value: "En halv sæt" } });
  await waitFor(async () => expect(await outbox.draft("q1")).toBe("En halv sæt"));
  await outbox.wipe();
  await waitFor(async () => expect((await field()).value).toBe(""));
  expect(await outbox.draft("q1")).toBe("");
});

it("G22 half a proposal, when the meeting goes on, is sent late to the poster it was meant for", async () => {
  const settings = { theme: "t", name: "Tonen", finish_seconds: 20 };
  const { sent, field, goOn } = await inside({ ...item, activity: "stop_more_new", settings } as Item);
  await field();
  await fireEvent.click(screen.getByRole("button", { name: "Nyt" }));
  await fireEvent.input(await field(), { target: { value: "Rødt mærke" } });
  goOn();
  await fireEvent.click(await screen.findByText(t("phone.half.send")));
  await waitFor(() =>
    expect(sent).toEqual([
      expect.objectContaining({ type: "notes.write", activity: "q1", text: "Rødt mærke", poster: "new" }),
    ]),
  );
  expect(screen.queryByText(t("phone.half.send"))).toBeNull();
});

it("says at the end that it has forgotten, and offers no list of own notes", async () => {
  const { outbox, end } = await inside();
  await outbox.write("q1", "En seddel");
  await end();
  expect(await screen.findByText(t("phone.ended.text"))).toBeTruthy();
  expect(screen.queryByText(t("phone.look.mine", { n: 1 }))).toBeNull();
});
