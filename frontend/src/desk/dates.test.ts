import { afterEach, describe, expect, it } from "vitest";
import { setWords } from "../words";
import { daysLater, monthsLater, named, weeksOf } from "./dates";

afterEach(() => setWords("da", {}));

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
