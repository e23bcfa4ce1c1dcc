import { afterEach, describe, expect, it } from "vitest";
import { setWords } from "../words";
import { dayFrom, daysLater, monthsLater, named, sizeOf, timeFrom, timeIn, weeksOf } from "./dates";

afterEach(() => setWords("da", {}));

it.each([
  [0, "0 kB", "0 kB"],
  [48_001, "49 kB", "49 kB"],
  [999_001, "1 MB", "1 MB"],
  [1_250_000, "1,3 MB", "1.3 MB"],
  [999_949_999, "999,9 MB", "999.9 MB"],
  [999_950_000, "1 GB", "1 GB"],
  [1_234_500_000_000, "1.234,5 GB", "1,234.5 GB"],
])("writes the size %i as the server does", (bytes, danish, english) => {
  expect(sizeOf(bytes)).toBe(danish);
  setWords("en", {});
  expect(sizeOf(bytes)).toBe(english);
});

describe("U19: a calendar in the language of the page", () => {
  it("has whole weeks from Monday on, as many as the month needs", () => {
    expect(weeksOf("2027-02-14")).toHaveLength(4);
    expect(weeksOf("2027-08-31")).toHaveLength(6);
    expect(weeksOf("2026-11-29")[0]?.[0]).toBe("2026-10-26");
    expect(weeksOf("2026-11-29").flat()).toContain("2026-11-30");
  });

  it("goes over months, years and summer time, and keeps to the days there are", () => {
    expect(daysLater("2026-12-31", 1)).toBe("2027-01-01");
    expect(daysLater("2027-03-27", 1)).toBe("2027-03-28");
    expect(monthsLater("2027-01-31", 1)).toBe("2027-02-28");
    expect(monthsLater("2027-01-15", -1)).toBe("2026-12-15");
  });

  it("names days as the page does, whatever the browser speaks", () => {
    const whole = { weekday: "long", day: "numeric", month: "long" } as const;
    setWords("da", {});
    expect(named("2027-03-26", whole)).toBe("fredag 26. marts");
    setWords("en", {});
    expect(named("2027-03-26", whole)).toBe("Friday 26 March");
  });
});

describe("U19: days and times as people write them", () => {
  const today = "2026-11-30";
  const whole = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;

  it.each([
    ["30.11.2026", "2026-11-30"],
    ["1/12-26", "2026-12-01"],
    ["30-11", "2026-11-30"],
    ["29.11", "2027-11-29"],
    ["29.2.", "2028-02-29"],
    ["2027-01-04", "2027-01-04"],
    ["mandag den 4. januar 2027", "2027-01-04"],
    ["Monday 4 January 2027", "2027-01-04"],
    ["January 4", "2027-01-04"],
    ["4. jan.", "2027-01-04"],
    ["3. maj", "2027-05-03"],
  ])("reads %s", (text, day) => {
    expect(dayFrom(text, today)).toBe(day);
  });

  it.each(["", "snart", "30", "31.11.2026", "30.2.2027", "13.13.2026", "1.2.3.4", "4. jubel", "1.1.1999"])(
    "reads no day in %j",
    (text) => {
      expect(dayFrom(text, today)).toBeNull();
    },
  );

  it("reads every day that it writes, in both languages", () => {
    for (const language of ["da", "en"] as const) {
      setWords(language, {});
      for (let n = 0; n < 800; n += 13) {
        const day = daysLater(today, n);
        expect(dayFrom(named(day, whole), today)).toBe(day);
        expect(dayFrom(named(day, { dateStyle: "short" }), today)).toBe(day);
      }
    }
  });

  it("reads times", () => {
    const read = { "9": "09:00", "9.30": "09:30", "kl. 09:30": "09:30", "0930": "09:30", "13 h": "13:00" };
    for (const [text, time] of Object.entries(read)) expect(timeFrom(text)).toBe(time);
    for (const text of ["", "24.00", "9.60", "efter frokost", "9.30.15"]) expect(timeFrom(text)).toBeNull();
    setWords("da", {});
    expect(timeIn("13:30")).toBe("13.30");
    setWords("en", {});
    expect(timeIn("13:30")).toBe("13:30");
  });
});

it("U19: leaves no day and no time to the fields of the browser, which speak its own language", () => {
  const sources = import.meta.glob<string>("../**/*.svelte", {
    query: "?raw",
    import: "default",
    eager: true,
  });
  expect(Object.keys(sources).length).toBeGreaterThan(100);
  const native = /type="(date|time|datetime-local|month|week)"/;
  expect(Object.keys(sources).filter((name) => native.test(sources[name] ?? ""))).toEqual([]);
});
