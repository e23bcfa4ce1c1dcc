import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import words from "virtual:words/phone";
import type { Answered, Item, PhoneCommand } from "../engine/types";
import { Connection } from "../live/connection.svelte";
import { Board } from "../engine/board.svelte";
import { Outbox } from "../live/outbox";
import { memoryShelf, type Shelf } from "../live/shelf";
import { loadWords, t } from "../words";
import Done from "./Done.svelte";

type Said = Extract<PhoneCommand, { type: "pace.done" }>;

const item = { kind: "item", id: "q1", activity: "notes", settings: {} } as Item;

beforeAll(() => loadWords(words, ["phone", "phone.mine"], "da"));
afterEach(cleanup);

function phone(shelf: Shelf = memoryShelf(), answer: Answered = { stored: true, told: [] }) {
  const said: Said[] = [];
  const connection = new Connection({ board: new Board(), token: () => Promise.resolve("") });
  connection.opened = 1;
  vi.spyOn(connection, "do").mockImplementation((command) => {
    if (command.type === "pace.done") said.push(command);
    return Promise.resolve(answer);
  });
  const outbox = new Outbox({ send: () => Promise.resolve(answer), shelf, channel: null });
  outbox.workshop = "w";
  const face = render(Done, { connection, outbox, item });
  const press = async (key: "say" | "back") =>
    fireEvent.click(await screen.findByText(t(`phone.done.${key}`)));
  return { said, outbox, connection, press, face };
}

it("U24 says that it is done, and takes it back, under one mark that is as long as a note on the way", async () => {
  const { said, press } = phone();
  await press("say");
  await press("back");
  await press("say");
  expect(said.map(({ done }) => done)).toEqual([true, false, true]);
  expect(new Set(said.map(({ mark }) => mark)).size).toBe(1);
  expect(said[0]?.mark).toMatch(/^[\w-]{22}$/);
  expect(JSON.stringify(said[0]).length).toBeGreaterThan(1_990);
});

it("U24 a phone that continues writing is not done", async () => {
  const { said, outbox, press } = phone();
  await press("say");
  await outbox.write("q1", "En til");
  await screen.findByText(t("phone.done.say"));
  expect(said.at(-1)?.done).toBe(false);
});

it("U24 a phone that reconnects says it again under the same mark, and after a reload too", async () => {
  const shelf = memoryShelf();
  const { said, press, connection, outbox } = phone(shelf);
  await press("say");
  connection.opened += 1;
  await waitFor(() => expect(said).toHaveLength(2));
  await waitFor(async () => expect(await outbox.draft("done q1")).not.toBe(""));
  const kept = await outbox.draft("done q1");
  // The page was turned: nothing was taken off it in good order.
  cleanup();
  await shelf.keepDraft("w done q1", kept);
  const later = phone(shelf);
  await screen.findByText(t("phone.done.text"));
  await waitFor(() => expect(later.said.map(({ mark }) => mark)).toEqual([said[0]?.mark]));
});

it("U24 asking again starts over, and a wiped phone keeps no mark", async () => {
  const { outbox, press, face } = phone();
  await press("say");
  await waitFor(async () => expect(await outbox.draft("done q1")).not.toBe(""));
  face.unmount();
  await waitFor(async () => expect(await outbox.draft("done q1")).toBe(""));
});
