import { beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { DeskOrder, Seen, Theme } from "../../engine/types";
import type { DeskContext, Question } from "../../desk/part";
import { setWords } from "../../words";
import { showAction, showSix, tagTheme } from "./desk-actions";

const busy: Theme = {
  kind: "theme",
  id: "t",
  name: "Travlt",
  paper: "mos",
  of: "q",
  position: 1,
  agenda_place: 0,
  strength: false,
};

function desk(choices: (string | null)[], ...records: object[]) {
  const board = new Board();
  board.home = "w";
  const held = records.map((record) => ({ seq: 1, record: record as Seen }));
  board.apply({ type: "changes", epoch: "e", seq: 1, all: false, activity: null, records: held, gone: [] });
  const sent: DeskOrder[] = [];
  const asked: Question[] = [];
  const toasts: string[] = [];
  const context = {
    ...{
      board,
      item: { workshop: "w" },
      announce: () => undefined,
      toast: (text: string) => void toasts.push(text),
    },
    send: async (order: DeskOrder) => {
      sent.push(order);
      return { stored: true, told: [] };
    },
    ask: async (question: Question) => {
      asked.push(question);
      return choices.shift() ?? null;
    },
  } as unknown as DeskContext;
  return { context, sent, asked, toasts };
}
beforeEach(() => setWords("da", da));

it("P2.10 several of the six are chosen one after the other, and choosing again takes one off", async () => {
  const tagged = { kind: "tagged", id: "tagged:t", theme: "t", factors: ["meaning"] };
  const { context, sent, asked } = desk(["demands", "meaning", "demands", null], tagged);
  await tagTheme(context, busy);
  expect(sent).toEqual([
    { type: "clustering.tag", theme: "t", factor: "demands" },
    { type: "clustering.untag", theme: "t", factor: "meaning" },
    { type: "clustering.untag", theme: "t", factor: "demands" },
  ]);
  const marked = asked.map(({ choices }) => choices?.filter(({ on }) => on).length);
  expect(marked).toEqual([1, 2, 1, 0]);
  expect(asked[0]?.choices?.every(({ small }) => (small?.length ?? 0) > 50)).toBe(true);
});

it("P2.10 by one key the six are on the wall, and off it again", async () => {
  const off = desk([], busy, { kind: "tagged", id: "tagged:t", theme: "t", factors: ["meaning"] });
  await showAction(off.context).run();
  expect(off.sent).toEqual([{ type: "wall.change", workshop: "w", forward: "the-six" }]);
  const on = desk([], { kind: "wall", id: "wall:w", workshop: "w", forward: "the-six" });
  expect(showAction(on.context).key).toBe("6");
  await showAction(on.context).run();
  expect(on.sent).toEqual([{ type: "wall.change", workshop: "w", forward: null }]);
});

it("U21 while no theme has one of the six nothing comes on the wall, and the desk says why", async () => {
  const { context, sent, toasts } = desk([], busy);
  expect(showAction(context).disabled).toBe(da["factors.desk.untagged_all"]);
  await showSix(context);
  expect(sent).toEqual([]);
  expect(toasts).toEqual([da["factors.desk.untagged_all"]]);
});
