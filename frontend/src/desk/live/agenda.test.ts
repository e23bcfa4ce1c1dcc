/** F4: the agenda, with the time that has gone and that is left. */
import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { Item, Seen } from "../../engine/types";
import type { RoomConnection } from "../../live/room-connection.svelte";
import { setWords, t } from "../../words";
import { Driver } from "../driver.svelte";
import Agenda from "./Agenda.svelte";

const MINUTE = 60_000;
beforeEach(() => setWords("da", da));
afterEach(cleanup);

const item = (id: string, position: number, minutes: number, more: Partial<Item> = {}): Seen =>
  ({
    ...{ kind: "item", id, workshop: "w", activity: "notes", title: id, minutes, position, settings: {} },
    ...{ state: "planned", started_at: null, ended_at: null, ...more },
  }) as Seen;

/** The agenda at a minute of the meeting, which began with nought. */
function shown(minute: number, ...items: Seen[]): string[] {
  const board = new Board();
  const held = items.map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: null, records: held, gone: [] });
  const driver = new Driver("w", board, { now: () => minute * MINUTE } as unknown as RoomConnection);
  render(Agenda, {
    ...{ driver, fact: () => undefined, ongo: () => undefined },
    ...{ onedit: () => undefined, onadd: () => undefined },
  });
  return screen.getAllByRole("listitem").map((row) => row.textContent?.replace(/\s+/g, " ").trim() ?? "");
}

it("F4 tells of what is live how long it has taken and what it is given, and of the meeting when it ends", () => {
  const [why, notes] = shown(
    16,
    item("Hvorfor", 1, 10, { state: "live", started_at: 0 }),
    item("Sedler", 2, 20),
  );
  expect(why).toContain(t("desk.agenda.elapsed", { n: 16 }));
  expect(why).toContain(t("desk.minutes", { n: 10 }));
  expect(notes).toContain(t("desk.minutes", { n: 20 }));
  expect(notes).not.toContain(t("desk.agenda.elapsed", { n: 16 }));
  expect(screen.getByText(t("desk.agenda.over", { n: 6 }))).toBeTruthy();
});

it("F4 says how long it takes in all before it has begun", () => {
  shown(5, item("Hvorfor", 1, 10), item("Sedler", 2, 20));
  expect(screen.getByText(t("desk.agenda.total", { n: 30 }))).toBeTruthy();
});
