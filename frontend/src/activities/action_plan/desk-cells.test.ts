import { describe, expect, it } from "vitest";
import type { Answered, DeskOrder, Held, PlanAction } from "../../engine/types";
import type { DeskContext } from "../../desk/part";
import { Cells } from "./desk-cells.svelte";

const ROW: PlanAction = {
  kind: "action",
  id: "row",
  theme: null,
  text: "Møde",
  responsible: ["Dorte"],
  who: "",
  how: "",
  when: "",
  day: null,
  either: [],
  status: "not_started",
  position: 1,
  made_from: null,
  sign_up: true,
};

/** A desk whose board holds one row; what is sent is kept, and answered by `answer`. */
class Desk {
  row: PlanAction = ROW;
  seq = 5;
  sent: DeskOrder[] = [];
  answers: Answered[] = [];
  said: string[] = [];
  readonly context = {
    item: { id: "plan" },
    workshop: "w",
    board: { one: () => this.row, seqOf: () => this.seq },
    send: (order: DeskOrder) => {
      this.sent.push(order);
      return Promise.resolve(this.answers.shift() ?? { stored: true, told: [] });
    },
    announce: (text: string) => this.said.push(text),
  } as unknown as DeskContext;
}

const stale = (record: PlanAction, seq: number): Answered => ({
  stored: false,
  code: "stale",
  fresh: { seq, record } satisfies Held,
  retryAfter: null,
});

describe("a field of the plan", () => {
  it("P4.5 is saved when it is left, several names as several", async () => {
    const desk = new Desk();
    const cells = new Cells();
    cells.open(desk.context, desk.row, "responsible");
    cells.write("row", "responsible", "Dorte, Emil ");
    await cells.save(desk.context, "row", "responsible");
    expect(desk.sent).toEqual([
      {
        type: "action_plan.change",
        activity: "plan",
        action: "row",
        base: 5,
        responsible: ["Dorte", "Emil"],
      },
    ]);
    expect(cells.text("row", "responsible")).toBeUndefined();
  });

  it("P4.5 sends nothing when nothing was typed", async () => {
    const desk = new Desk();
    const cells = new Cells();
    cells.open(desk.context, desk.row, "text");
    cells.write("row", "text", "Møde ");
    await cells.save(desk.context, "row", "text");
    expect(desk.sent).toEqual([]);
  });

  it("P4.5 is sent again automatically when somebody changed another field of the row", async () => {
    const desk = new Desk();
    desk.answers = [stale({ ...ROW, who: "Alle" }, 9)];
    const cells = new Cells();
    cells.open(desk.context, desk.row, "text");
    cells.write("row", "text", "Møde hver dag");
    await cells.save(desk.context, "row", "text");
    expect(desk.sent.map((order) => "base" in order && order.base)).toEqual([5, 9]);
    expect(cells.other("row", "text")).toBeUndefined();
  });

  it("P4.5 keeps both when two write in it, until somebody says which", async () => {
    const desk = new Desk();
    desk.answers = [stale({ ...ROW, text: "Morgenmøde" }, 9)];
    const cells = new Cells();
    cells.open(desk.context, desk.row, "text");
    cells.write("row", "text", "Møde hver dag");
    await cells.save(desk.context, "row", "text");
    expect(cells.other("row", "text")).toBe("Morgenmøde");
    expect(cells.text("row", "text")).toBe("Møde hver dag");
    desk.row = { ...ROW, text: "Morgenmøde" };
    desk.seq = 9;
    await cells.keep(desk.context, "row", "text");
    expect(desk.sent.at(-1)).toMatchObject({ base: 9, text: "Møde hver dag" });
    expect(cells.text("row", "text")).toBeUndefined();
  });
});
