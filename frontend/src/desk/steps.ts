/** E5: which step is undone next, and which is done again. */
import type { Step } from "../engine/types";

/** The latest step that is not undone. */
export function undoable(steps: readonly Step[]): Step | undefined {
  return steps.filter((step) => step.state === "done").reduce(later, undefined);
}

/** The earliest undone step after all done ones: the one undone last. */
export function redoable(steps: readonly Step[]): Step | undefined {
  const stands = undoable(steps)?.order ?? -Infinity;
  return steps.filter((step) => step.state === "undone" && step.order > stands).reduce(earlier, undefined);
}

const later = (a: Step | undefined, b: Step): Step => (a === undefined || b.order > a.order ? b : a);
const earlier = (a: Step | undefined, b: Step): Step => (a === undefined || b.order < a.order ? b : a);
