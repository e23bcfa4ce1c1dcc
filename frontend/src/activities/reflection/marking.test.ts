import { expect, it, vi } from "vitest";
import type { Answered, DeskOrder } from "../../engine/types";
import type { DeskContext } from "../../desk/part";
import { Marking } from "./marking.svelte";

function desk() {
  const sent: DeskOrder[] = [];
  const answers: ((answer: Answered) => void)[] = [];
  const context = {
    board: { one: () => undefined, seqOf: () => sent.length },
    item: { id: "i" },
    send: (order: DeskOrder) => {
      sent.push(order);
      return new Promise<Answered>((answer) => answers.push(answer));
    },
  } as unknown as DeskContext;
  return { context, sent, answers };
}
const stored: Answered = { stored: true, told: [] };
const stale: Answered = { stored: false, code: "stale", fresh: null, retryAfter: null };

it("P5.4 sends quick presses one after the other, the last with its final value", async () => {
  const { context, sent, answers } = desk();
  const marking = new Marking();
  const first = marking.set(context, "t", { value: 3 });
  void marking.set(context, "t", { value: 4 });
  void marking.set(context, "t", { value: 5 });
  expect(marking.levels(context, "t")).toEqual({ value: 5, want: null });
  expect(sent).toHaveLength(1);
  answers[0]?.(stored);
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent).toMatchObject([
    { value: 3, base: 0 },
    { value: 5, base: 1 },
  ]);
  answers[1]?.(stored);
  await first;
});

it("P5.4 shows again what everybody has when it was refused", async () => {
  const { context, answers } = desk();
  const marking = new Marking();
  const done = marking.set(context, "t", { want: 8 });
  answers[0]?.(stale);
  await done;
  expect(marking.levels(context, "t")).toEqual({ value: null, want: null });
});
