/** U8: which pages of the wall's picture the room has not seen, as reported by the walls. */
import type { Leaf } from "../../engine/types";
import { t } from "../../words";
import type { Driver } from "../driver.svelte";

/** A page to turn to, counted from 0, and the words for it: "19–33" where all walls would show the same. */
export interface Turn {
  readonly page: number;
  readonly what: string;
}

/** The walls' reports about the shown picture; walls of different sizes have different pages. */
export const leavesOf = ({ connection, live }: Pick<Driver, "connection" | "live">): Leaf[] =>
  connection.presence.leaves.filter(({ item }) => item === live?.id);

/** The next page; null when no wall has any. The smallest wall sets the pace: it has the most pages. */
export function pageOn(leaves: readonly Leaf[]): Turn | null {
  const further = leaves.filter(({ page, pages }) => page + 1 < pages);
  const [most] = [...further].sort((a, b) => b.pages - a.pages || a.page - b.page);
  if (most === undefined) return null;
  const { page, pages, to, until } = most;
  const same = leaves.length === 1 && until > to;
  const what = same
    ? t("desk.page.range", { from: to + 1, to: until })
    : t("desk.page.nth", { n: page + 2, of: pages });
  return { page: page + 1, what };
}

/** The page before; null on the first. */
export function pageBack(leaves: readonly Leaf[]): Turn | null {
  const [last] = leaves.filter(({ page }) => page > 0).sort((a, b) => b.pages - a.pages || b.page - a.page);
  return last ? { page: last.page - 1, what: t("desk.page.nth", { n: last.page, of: last.pages }) } : null;
}

/** Turn the walls to a page. A note being read aloud pins its page, so it is put back first. */
export async function turnTo(driver: Driver, page: number): Promise<void> {
  const { board, wall, id } = driver;
  const aloud = board.one("note", wall?.forward) !== undefined;
  await driver.send({ type: "wall.change", workshop: id, page, ...(aloud && { forward: null }) });
}
