/** W8: a free item needs its clock, and is named by what people do. */
import { expect, it } from "vitest";
import type { DeskContext } from "../../desk/part";
import type { Item, Timer } from "../../engine/types";
import part from "./desk";

const item = {
  id: "f",
  activity: "free",
  minutes: 15,
  settings: { what: "pause", text: "" },
} as unknown as Item;

function at(timer?: Partial<Timer>, live = true) {
  const sent: unknown[] = [];
  const context = {
    board: { timer: () => timer },
    clock: { now: 0 },
    item,
    live,
    send: (order: unknown) => Promise.resolve(sent.push(order) && { stored: true }),
  } as unknown as DeskContext;
  return { context, sent };
}

it("W8 the clock is started with its minutes, once; then the way on is next", async () => {
  const { context, sent } = at();
  const [start] = part.actions(context);
  expect(start?.primary).toBe(true);
  await start?.run();
  expect(sent).toEqual([{ type: "timer.start", activity: "f", seconds: 900 }]);
  expect(part.actions(at({ state: "running", ends_at: 9, length: 9 }).context)).toEqual([]);
  expect(part.actions(at(undefined, false).context)).toEqual([]);
});

it("W8 is called by what it is, and said so", () => {
  expect(part.form.named?.({ what: "pairs", text: "" })).toBe("free.desk.what.pairs");
  expect(part.script(at().context)).toMatchObject({ stage: "free.desk.say.pause", params: { n: 15 } });
});
