/** Days and clock times as people write them here. */
import { lang } from "../words";

const locale = () => (lang() === "da" ? "da-DK" : "en-GB");

/** "2027-01-04" → "mandag 4. januar" (with the year when it is another one). */
export function day(iso: string, now = new Date()): string {
  const [year = 0, month = 1, date = 1] = iso.split("-").map(Number);
  const text = new Intl.DateTimeFormat(locale(), {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(year === now.getFullYear() ? {} : { year: "numeric" }),
  }).format(new Date(year, month - 1, date));
  return text.replace(/ den /, " ");
}

const noon = (iso: string): Date => new Date(`${iso}T12:00:00Z`);
const isoOf = (date: Date): string => date.toISOString().slice(0, 10);

/** Parts of a day's name, such as its month or its day of the week. */
export const named = (iso: string, parts: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale(), { ...parts, timeZone: "UTC" }).format(noon(iso)).replace(/ den /, " ");

export function daysLater(iso: string, days: number): string {
  const date = noon(iso);
  date.setUTCDate(date.getUTCDate() + days);
  return isoOf(date);
}

/** The same day of another month, or its last. */
export function monthsLater(iso: string, months: number): string {
  const date = noon(iso);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0);
  date.setUTCDate(Math.min(day, date.getUTCDate()));
  return isoOf(date);
}

/** The weeks of the month in which this day lies, from Monday on, with the days around that fill them. */
export function weeksOf(iso: string): string[][] {
  const first = `${iso.slice(0, 8)}01`;
  const monday = daysLater(first, -((noon(first).getUTCDay() + 6) % 7));
  const weeks = Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => daysLater(monday, 7 * week + day)),
  );
  return weeks.filter((week) => week.some((day) => day.slice(0, 7) === first.slice(0, 7)));
}

/** 13.00 in Danish, 13:00 in English. */
export function hour(ms: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(new Date(ms));
}

/** A moment the server gives as ms or as text, as a day; "" when there is none. */
export function dayOf(moment: number | string | null | undefined): string {
  if (moment == null) return "";
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", year: "numeric" }).format(date);
}

/** A size as it is read at a glance: "48 kB", "1,2 MB". */
export function sizeOf(bytes: number): string {
  const small = bytes < 1e6;
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: small ? "kilobyte" : "megabyte",
    maximumFractionDigits: small ? 0 : 1,
  }).format(small ? Math.ceil(bytes / 1e3) : bytes / 1e6);
}

/** Which greeting the hour asks for. */
export function greeting(hourOfDay: number): "morning" | "day" | "evening" {
  if (hourOfDay >= 5 && hourOfDay < 10) return "morning";
  return hourOfDay >= 10 && hourOfDay < 18 ? "day" : "evening";
}
