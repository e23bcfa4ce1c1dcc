import { describe, expect, it } from "vitest";
import type { Step } from "../engine/types";
import { redoable, undoable } from "./steps";

const step = (order: number, state: Step["state"]): Step => ({
  kind: "step",
  id: `s${order}`,
  order,
  did: "x",
  many: 1,
  state,
});

describe("E5: undo and redo", () => {
  it("undoes the latest step that is not undone and redoes the one undone last", () => {
    const steps = [step(3, "undone"), step(1, "done"), step(2, "undone")];
    expect(undoable(steps)?.order).toBe(1);
    expect(redoable(steps)?.order).toBe(2);
  });

  it("has nothing in an empty list", () => {
    expect(undoable([])).toBeUndefined();
    expect(redoable([])).toBeUndefined();
  });
});
