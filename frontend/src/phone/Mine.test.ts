import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeAll, expect, it } from "vitest";
import words from "virtual:words/phone";
import { Board } from "../engine/board.svelte";
import { Ticker } from "../engine/clock.svelte";
import type { Connection } from "../live/connection.svelte";
import { Outbox } from "../live/outbox";
import { memoryShelf } from "../live/shelf";
import type { Answered, Seen } from "../engine/types";
import { loadWords, t } from "../words";
import Mine from "./Mine.svelte";

const SEEN = 5;
let told: string[];
let show: () => void;

beforeAll(() => loadWords(words, Object.keys(words), "da"));
afterEach(cleanup);

/** A phone whose two notes were turned over, and a server that has every later change wait. */
async function phone() {
  const board = new Board();
  const tell = (seq: number, records: Seen[], gone: string[] = []) =>
    board.apply({
      ...{ type: "changes", epoch: "e", seq, all: false, activity: "q1", gone },
      records: records.map((record) => ({ seq, record })),
    });
  told = [];
  const send = (): Promise<Answered> => Promise.resolve({ stored: true, told });
  const outbox = new Outbox({ send, shelf: memoryShelf(), channel: null });
  outbox.workshop = "w";
  outbox.board = board;
  const first = await outbox.write("q1", "Kolde fingre");
  const second = await outbox.write("q1", "Travlt om torsdagen");
  await expect.poll(() => outbox.notes.map(({ state }) => state)).toEqual(["stored", "stored"]);
  const up = (note: string): Seen => ({ kind: "note_state", id: note, activity: "q1", face: "up" });
  tell(SEEN, [up(first.note), up(second.note)]);
  told = ["waits"];
  show = () =>
    void render(Mine, {
      ...{ board, outbox, clock: new Ticker(() => 0) },
      connection: { state: "open" } as Connection,
      back: () => undefined,
    });
  show();
  return { tell, up, first, second };
}

it("F1: a changed note says that it comes with others, until the board shows it", async () => {
  const { tell, up, first } = await phone();
  await fireEvent.click(screen.getAllByLabelText(t("phone.mine.edit"))[0] as HTMLElement);
  await fireEvent.input(screen.getByLabelText(t("phone.mine.field")), {
    target: { value: "Kulde i hallen" },
  });
  await fireEvent.click(screen.getByText(t("phone.mine.save")));
  expect(await screen.findByText(t("phone.state.waits"))).toBeTruthy();
  tell(SEEN + 1, [up(first.note)]);
  await expect.poll(() => screen.queryAllByText(t("phone.state.turned"))).toHaveLength(2);
  expect(screen.queryByText(t("phone.state.waits"))).toBeNull();
});

it("F1: a deleted note leaves a slip without words, until it is gone from the board", async () => {
  const { tell, second } = await phone();
  await fireEvent.click(screen.getAllByLabelText(t("phone.mine.delete"))[1] as HTMLElement);
  await fireEvent.click(screen.getByText(t("phone.mine.delete_yes")));
  expect(await screen.findByText(t("phone.state.leaving"))).toBeTruthy();
  expect(screen.queryByText("Travlt om torsdagen")).toBeNull();
  tell(SEEN + 1, [], [second.note]);
  await expect.poll(() => screen.queryByText(t("phone.state.leaving"))).toBeNull();
});

it("G32 an edit of a note survives the page, until it is saved or discarded", async () => {
  await phone();
  const open = async () => {
    await fireEvent.click(screen.getAllByLabelText(t("phone.mine.edit"))[0] as HTMLElement);
    return screen.findByLabelText<HTMLTextAreaElement>(t("phone.mine.field"));
  };
  const again = async () => {
    cleanup();
    show();
    return open();
  };
  await fireEvent.input(await open(), { target: { value: "Kulde i" } });
  expect((await again()).value).toBe("Kulde i");
  await fireEvent.click(screen.getByText(t("phone.mine.leave")));
  expect((await again()).value).toBe("Kolde fingre");
  await fireEvent.input(screen.getByLabelText(t("phone.mine.field")), {
    target: { value: "Kulde i hallen" },
  });
  await fireEvent.click(screen.getByText(t("phone.mine.save")));
  await expect.poll(() => screen.queryByLabelText(t("phone.mine.field"))).toBeNull();
  await fireEvent.input(await again(), { target: { value: "Kulde" } });
  expect((await again()).value).toBe("Kulde");
});
