/** The current script: the texts of a stage, and the sentence that leads on to the next item. */
import { has, t, type Key, type Params } from "../words";
import { day } from "../ui/dates";
import type { DeskContext } from "./part";
import { following } from "./plan";

/** A stage of a script. The server prints the same texts on the run sheet (`app/exports/run_sheet.py`). */
export interface Said {
  /** The key of the text to read aloud; `….hint1` and on are its hints. */
  readonly stage: string;
  readonly params?: Params;
  /** The last stage of its item, followed by the sentence that leads on. */
  readonly last?: boolean;
  /** Further hints, of this meeting only. */
  readonly more?: readonly string[];
}

const MOST_HINTS = 9;

/** As texts: first the one to read aloud, then the hints. */
export function lines({ stage, params, more = [] }: Said): string[] {
  const hints = Array.from({ length: MOST_HINTS }, (_, n) => `${stage}.hint${String(n + 1)}`).filter(has);
  return [t(stage as Key, params), ...hints.map((key) => t(key, params)), ...more];
}

/** The sentence that leads on to the next item or the next meeting. It promises nothing that does not follow. */
export function bridge({ board, item, workshop }: Pick<DeskContext, "board" | "item" | "workshop">): string {
  const own = board.items.filter((each) => each.workshop === workshop);
  const next = following(own, item.id);
  if (next) return t(`desk.bridge.${next.activity}`, { title: next.title });
  const today = board.one("workshop", workshop)?.date ?? "";
  const later = board
    .all("workshop")
    .map(({ date }) => date)
    .filter((date) => date > today)
    .sort()[0];
  return later ? t("desk.bridge.again", { day: day(later) }) : t("desk.bridge.end");
}
