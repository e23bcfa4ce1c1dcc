/** U3: what comes next in a process, and the facts that show where it is. */
import { t } from "../words";
import type { ProcessRow, Template } from "./api";

/** The template that is offered first: the server works it out from what lies on the board (W1). */
export const comesNext = (
  row: Pick<ProcessRow, "next"> | undefined,
  templates: readonly Template[],
): Template | undefined => templates.find(({ id }) => id === row?.next) ?? templates[0];

const FACTS = ["notes", "themes", "chosen", "actions", "done"] as const;

/** "67 sedler · 14 temaer · 3 valgt": what there is none of is not said. */
export const factsOf = (facts: ProcessRow["facts"]): string =>
  FACTS.filter((each) => facts[each] > 0)
    .map((each) => t(`desk.facts.${each}`, { n: facts[each] }))
    .join(" · ");
