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

/** The weeks of the month that contains this day, from Monday on, with the days around that fill them. */
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

/** A size as it is read at a glance: "48 kB", "1,2 MB", "68,4 GB"; the server has it alike (`app/words/sizes.py`). */
export function sizeOf(bytes: number): string {
  const [unit, size]: [string, number] =
    bytes <= 999e3
      ? ["kilobyte", Math.ceil(bytes / 1e3)]
      : bytes < 999.95e6
        ? ["megabyte", bytes / 1e6]
        : ["gigabyte", bytes / 1e9];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, maximumFractionDigits: 1 }).format(size);
}

/** Which greeting the hour asks for. */
export function greeting(hourOfDay: number): "morning" | "day" | "evening" {
  if (hourOfDay >= 5 && hourOfDay < 10) return "morning";
  return hourOfDay >= 10 && hourOfDay < 18 ? "day" : "evening";
}

const pad = (part: number): string => String(part).padStart(2, "0");

/** "2027-02-30" is no day. */
function existing(year: number, month: number, date: number): string | null {
  const iso = `${year}-${pad(month)}-${pad(date)}`;
  const at = noon(iso);
  return year >= 2000 && year < 2100 && !Number.isNaN(at.getTime()) && isoOf(at) === iso ? iso : null;
}

/** The names of the months in both languages, whichever the page speaks: people write dates as they do at home. */
const months = ["da-DK", "en-GB"].map((language) => {
  const name = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, month) => name.format(Date.UTC(2027, month)).toLowerCase());
});

/** The number of a month by its name or the first letters of it; 0 when it is none. */
function monthOf(name: string): number {
  if (name.length < 3) return 0;
  const found = months.map((names) => 1 + names.findIndex((month) => month.startsWith(name)));
  return found.find((month) => month > 0) ?? 0;
}

/**
 * A day as people write it: "30.11.2026", "30/11", "mandag 30. november 2026", "November 30", "2026-11-30". Without a
 * year it is the next such day. Null when it is no day.
 */
export function dayFrom(text: string, today: string): string | null {
  const said = text.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said);
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = said.match(/\p{L}+|\d+/gu) ?? [];
  const numbers = parts.filter((part) => /\d/.test(part)).map(Number);
  const month = parts.map(monthOf).find((found) => found > 0);
  const [date = 0, ...rest] = numbers;
  if (month !== undefined) rest.unshift(month);
  const [at = 0, year, ...more] = rest;
  if (more.length > 0) return null;
  if (year !== undefined) return existing(year < 100 ? 2000 + year : year, at, date);
  const soon = Number(today.slice(0, 4));
  // 29 February may be up to eight years away.
  const next = Array.from({ length: 9 }, (_, years) => existing(soon + years, at, date));
  return next.find((found) => found !== null && found >= today) ?? null;
}

/** A time of the day as people write it: "9", "9.30", "kl. 09:30", "0930"; as "09:30", or null when it is none. */
export function timeFrom(text: string): string | null {
  const found = /^\D*(\d{1,2})(?:\D?(\d{2}))?\D*$/.exec(text.trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  return hours < 24 && minutes < 60 ? `${pad(hours)}:${pad(minutes)}` : null;
}

/** "13:30" as 13.30 in Danish, 13:30 in English. */
export const timeIn = (time: string): string => (lang() === "da" ? time.replace(":", ".") : time);
