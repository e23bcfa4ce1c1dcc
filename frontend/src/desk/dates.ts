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
