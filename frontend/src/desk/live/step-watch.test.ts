import { beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import type { Step } from "../../engine/types";
import { setWords } from "../../words";
import { StepWatch } from "./step-watch";

beforeEach(() => setWords("da", da));

const step = (id: string, state: Step["state"]): Step => ({
  ...{ kind: "step", id, order: 1, did: "clustering.move_notes", many: 1, state },
});
function desk(own: readonly string[], undoing = 0, step = "s") {
  const said: string[] = [];
  const connection = { stepped: { step, by: "Bo", of: "Anna" } };
  const toast = (text: string) => void said.push(text);
  return { watch: new StepWatch({ own: new Set(own), undoing, toast, connection }), said };
}

it("G40 a desk is told that another one undid what was done here", () => {
  const { watch, said } = desk(["s"]);
  watch.look([step("s", "done")]);
  watch.look([step("s", "undone")]);
  expect(said).toEqual(["Bo har fortrudt noget, du gjorde: flytning"]);
});

it("G40 a desk that undoes somebody else's step is told so", () => {
  const { watch, said } = desk([], 1);
  watch.look([step("s", "done")]);
  watch.look([step("s", "undone")]);
  watch.look([step("s", "done")]);
  expect(said).toEqual([
    "Du fortrød noget, Anna havde gjort: flytning",
    "Du gentog noget, Anna havde gjort: flytning",
  ]);
});

it("G40 neither one's own undo nor steps from before the page was opened are announced", () => {
  const { watch, said } = desk(["s"], 1);
  watch.look([step("s", "undone")]);
  watch.look([step("s", "done"), step("new", "done")]);
  watch.look([step("s", "undone"), step("new", "done")]);
  expect(said).toEqual([]);
});

it("G40 a third desk hears of both", () => {
  const { watch, said } = desk([]);
  watch.look([step("s", "done")]);
  watch.look([step("s", "undone")]);
  expect(said).toEqual(["Bo har fortrudt: flytning"]);
});

it('G40 without a name for this step it says "another facilitator"', () => {
  const [theirs, mine] = [desk([], 1, "another"), desk(["s"], 0, "another")];
  for (const { watch } of [theirs, mine]) {
    watch.look([step("s", "done")]);
    watch.look([step("s", "undone")]);
  }
  expect([...theirs.said, ...mine.said]).toEqual([
    "Du fortrød noget, en anden mødeleder havde gjort: flytning",
    "En anden, der styrer mødet, har fortrudt noget, du gjorde: flytning",
  ]);
});
