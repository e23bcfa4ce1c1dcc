/** U3: what comes next in a process, and the facts that show where it is. */
import { t } from "../words";
import type { ProcessRow, Template } from "./api";

/** The template offered first, which the server derives from the board (W1). */
export const comesNext = (
  row: Pick<ProcessRow, "next"> | undefined,
  templates: readonly Template[],
): Template | undefined => templates.find(({ id }) => id === row?.next) ?? templates[0];

const FACTS = ["notes", "themes", "chosen", "actions", "done"] as const;

/** "67 sedler · 14 temaer · 3 valgt": zeros are left out. */
export const factsOf = (facts: ProcessRow["facts"]): string =>
  FACTS.filter((each) => facts[each] > 0)
    .map((each) => t(`desk.facts.${each}`, { n: facts[each] }))
    .join(" · ");
