/** P5.1, W11: until when something is answered by link; pure. */
import type { Item } from "../../engine/types";
import { lang } from "../../words";

/** The last day (ISO) of an item that is answered by link; null: in the meeting. */
export const untilOf = (item: Item): string | null =>
  item.activity === "pulse" || item.activity === "notes" ? (item.settings.open_until ?? null) : null;

/** "fredag 7. maj". */
export const weekday = (day: string): string =>
  new Intl.DateTimeFormat(lang() === "da" ? "da-DK" : "en-GB", {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
  })
    .format(new Date(`${day}T12:00:00Z`))
    .replace(/ den /, " ");

/** The day (ISO) a number of days after a moment, in the screen's time zone. */
export function dayAfter(now: number, many: number): string {
  const at = new Date(now);
  at.setDate(at.getDate() + many);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Whether an item is open by link today; the server has the last word. */
export function isLinked(item: Item, now: number): boolean {
  const until = untilOf(item);
  return until !== null && until >= dayAfter(now, 0);
}
