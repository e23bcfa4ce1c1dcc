import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it } from "vitest";
import words from "virtual:words/phone";
import { pulseId } from "../contract/ids/pulse.gen";
import { Board } from "../engine/board.svelte";
import { Ticker } from "../engine/clock.svelte";
import type { Connection } from "../live/connection.svelte";
import { Outbox } from "../live/outbox";
import { memoryShelf } from "../live/shelf";
import type { Item, NoteCommand, Seen, Workshop } from "../engine/types";
import { loadWords, t, type Key } from "../words";
// What comes later is here from the start: no test waits for it.
import "../activities/pulse/Phone.svelte";
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

async function inside(live = item, ...more: Seen[]) {
  await loadWords(words, ["phone", "notes.phone", "phone.mine"], "da");
  const board = new Board();
  board.home = "w";
  const tell = (...records: Seen[]) =>
    board.apply({
      ...{ type: "changes", epoch: "e", seq: board.seq + 1, all: board.seq === 0, activity: null, gone: [] },
      records: records.map((record) => ({ seq: board.seq + 1, record })),
    });
  tell({ ...workshop, live: live.id }, live, ...more);
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
  // What accompanies every face is loaded after the first one.
  await waitFor(async () => expect(await outbox.draft("been")).toContain(live.id));
  let at = live;
  const goOn = (to = "next") => {
    tell({ ...at, state: "done" }, { ...item, id: to }, { ...workshop, live: to });
    at = { ...item, id: to };
  };
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

it("G22 half a proposal, when the meeting moves on, is sent late to the poster it was meant for", async () => {
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

/** What is begun and offered, until the button is pressed under it. */
async function offered(text: string, button: Key) {
  const pressed = await screen.findByRole("button", { name: t(button) });
  expect(screen.getByText(text)).toBeTruthy();
  await fireEvent.click(pressed);
  await waitFor(() => expect(screen.queryByText(text)).toBeNull());
}

it("G22 two half notes, from one item and the next, are both offered", async () => {
  const { outbox, sent, field, goOn } = await inside();
  await fireEvent.input(await field(), { target: { value: "Den første" } });
  goOn("q2");
  await screen.findByText("Den første");
  await fireEvent.input(await field(), { target: { value: "Den anden" } });
  goOn("q3");
  await offered("Den første", "phone.half.send");
  await offered("Den anden", "phone.half.drop");
  expect(sent.map(({ activity, text }) => [activity, text])).toEqual([["q1", "Den første"]]);
  expect([await outbox.draft("q1"), await outbox.draft("q2")]).toEqual(["", ""]);
});

it("G22 half an edit of one's own note is offered when the meeting moves on, and not once it was saved", async () => {
  const { outbox, sent, field, goOn } = await inside();
  const { note } = await outbox.write("q1", "Kolde fingre");
  const other = await outbox.write("q1", "Travlt om torsdagen");
  await outbox.keepDraft(`edit ${note}`, "Kulde i hallen");
  await outbox.keepDraft(`edit ${other.note}`, "Travlt");
  await field();
  goOn();
  await offered("Kulde i hallen", "phone.half.change");
  expect(outbox.notes.map(({ text }) => text)).toEqual(["Kulde i hallen", "Travlt om torsdagen"]);
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ note, text: "Kulde i hallen" }));
  await screen.findByText("Travlt");
  await outbox.edit(other.note, "Travlt hver torsdag");
  await waitFor(() => expect(screen.queryByText("Travlt")).toBeNull());
});

describe("G22 half an answer to a pulse", () => {
  const settings = { theme: "t", name: "Tonen", threshold: 5, span: 6, open_until: null };
  const asked = { ...item, activity: "pulse", settings } as Item;
  const open = { kind: "pulse", id: pulseId("q1"), activity: "q1", state: "open" } as Seen;

  async function writes(text: string) {
    const given = await inside(asked, open);
    await screen.findByRole("radiogroup");
    for (const _ of ["needed", "better"])
      await fireEvent.click(await screen.findByText(t("pulse.phone.skip")));
    const field = await screen.findByLabelText(t("pulse.phone.field"));
    await fireEvent.input(field, { target: { value: text } });
    return given;
  }

  it("which nobody takes any more can still be read", async () => {
    const { outbox, goOn } = await writes("Mere af tavlen");
    goOn();
    expect(await screen.findByText(t("phone.half.closed"))).toBeTruthy();
    expect(screen.queryByText(t("phone.half.send"))).toBeNull();
    await offered("Mere af tavlen", "phone.half.gone");
    expect(await outbox.draft("pulse q1")).toBe("");
  });

  it("is no longer half once it was sent", async () => {
    const { field, goOn } = await writes("Mere af tavlen");
    await fireEvent.click(screen.getByText(t("pulse.phone.send")));
    await fireEvent.click(await screen.findByText(t("pulse.phone.change")));
    goOn();
    await field();
    goOn("q3");
    await field();
    expect(screen.queryByText("Mere af tavlen")).toBeNull();
  });
});

it("says at the end that it has forgotten, and offers no list of own notes", async () => {
  const { outbox, end } = await inside();
  await outbox.write("q1", "En seddel");
  await end();
  expect(await screen.findByText(t("phone.ended.text"))).toBeTruthy();
  expect(screen.queryByText(t("phone.look.mine", { n: 1 }))).toBeNull();
});
