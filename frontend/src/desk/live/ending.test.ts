import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { Answered, DeskOrder, Item, Seen, Writing } from "../../engine/types";
import { setWords } from "../../words";
import type { Driver } from "../driver.svelte";
import EndDialog from "./EndDialog.svelte";

const item = (id: string, mode: "anonymous" | "in_turn" = "anonymous") =>
  ({
    kind: "item",
    id,
    workshop: "w",
    activity: "notes",
    title: `Spørgsmål ${id}`,
    settings: { mode },
  }) as Item;
const writing = (of: string, more: Partial<Writing> = {}) =>
  ({
    kind: "writing",
    id: `writing:${of}`,
    activity: of,
    state: "turned",
    cards: 3,
    late: 0,
    ...more,
  }) as Seen;

let sent: DeskOrder[];
let answers: Answered[];

function meeting(items: Item[], records: Seen[]): Driver {
  const board = new Board();
  const held = records.map((record) => ({ seq: 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 1, all: true, activity: null, records: held, gone: [] });
  return {
    ...{ id: "w", items, board },
    send: (order: DeskOrder) => {
      sent.push(order);
      return Promise.resolve(answers.shift() ?? { stored: true, told: [] });
    },
  } as unknown as Driver;
}

beforeAll(() => {
  // happy-dom has no dialogs of its own.
  HTMLDialogElement.prototype.showModal ??= () => undefined;
  HTMLDialogElement.prototype.close ??= () => undefined;
});
beforeEach(() => {
  setWords("da", da);
  sent = [];
  answers = [];
});
afterEach(cleanup);

const shown = (driver: Driver) => {
  const onclose = vi.fn();
  render(EndDialog, { driver, onclose });
  return onclose;
};
const yes = () => fireEvent.submit(screen.getByText(da["desk.end.yes"]).closest("form") as HTMLFormElement);
const settled = () => new Promise((done) => setTimeout(done));

describe("F4: before the end", () => {
  it("asks what to do with late notes in the same words, whether the room knows of any or not", () => {
    const words = [0, 3].map((late) => {
      shown(meeting([item("a")], [writing("a", { late })]));
      const text = screen.getByRole("group").textContent;
      cleanup();
      return text;
    });
    expect(words[0]).toBe(words[1]);
    expect(words[0]).toContain(da["desk.end.late"]);
  });

  it("keeps them: lets them in everywhere first, then ends", async () => {
    const onclose = shown(
      meeting(
        [item("a"), item("b"), item("c")],
        [writing("a"), writing("b", { letting_in: true }), writing("c")],
      ),
    );
    await fireEvent.click(screen.getByLabelText(new RegExp(da["desk.end.late.take"])));
    await yes();
    await settled();
    expect(sent).toEqual([
      { type: "notes.let_in_late", activity: "a" },
      { type: "notes.let_in_late", activity: "c" },
      { type: "agenda.end", workshop: "w" },
    ]);
    expect(onclose).toHaveBeenCalled();
  });

  it("leaves them: only ends", async () => {
    shown(meeting([item("a")], [writing("a")]));
    await fireEvent.click(screen.getByLabelText(new RegExp(da["desk.end.late.leave"])));
    await yes();
    await settled();
    expect(sent).toEqual([{ type: "agenda.end", workshop: "w" }]);
  });

  it("does not end when letting in was refused, and stays open", async () => {
    answers = [{ stored: false, code: "busy", fresh: null, retryAfter: null }];
    const onclose = shown(meeting([item("a")], [writing("a")]));
    await fireEvent.click(screen.getByLabelText(new RegExp(da["desk.end.late.take"])));
    await yes();
    await settled();
    expect(sent.map(({ type }) => type)).toEqual(["notes.let_in_late"]);
    expect(onclose).not.toHaveBeenCalled();
  });

  it("does not ask where nobody wrote, or told in turn, or all is let in", () => {
    for (const records of [[], [writing("t")], [writing("a", { letting_in: true })]]) {
      shown(meeting([item("a"), item("t", "in_turn")], records));
      expect(screen.queryByText(da["desk.end.late"])).toBeNull();
      cleanup();
    }
  });

  it("names what was not turned, and says what is kept and what is deleted", () => {
    shown(meeting([item("a"), item("b")], [writing("a", { state: "stopped" }), writing("b")]));
    expect(screen.getByText("Spørgsmål a")).toBeTruthy();
    expect(screen.queryByText("Spørgsmål b")).toBeNull();
    for (const n of [1, 2, 3] as const) {
      expect(screen.getByText(da[`desk.end.kept.${n}`])).toBeTruthy();
      expect(screen.getByText(da[`desk.end.deleted.${n}`])).toBeTruthy();
    }
  });
});
