import { beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import type { Item } from "../../engine/types";
import { parse } from "../../desk/route.svelte";
import { setWords } from "../../words";
import { dayAfter, isLinked, untilOf, weekday } from "./by-link";

const item = (activity: string, settings: object) => ({ activity, settings }) as unknown as Item;
const noon = new Date(2027, 0, 30, 12).getTime();

beforeEach(() => setWords("da", da));

it("W11, U10 notes and a pulse are by link until the end of their day, and nothing else is", () => {
  for (const kind of ["notes", "pulse"]) {
    expect(isLinked(item(kind, { open_until: "2027-01-30" }), noon)).toBe(true);
    expect(isLinked(item(kind, { open_until: "2027-01-29" }), noon)).toBe(false);
    expect(isLinked(item(kind, { open_until: null }), noon)).toBe(false);
  }
  expect(untilOf(item("why", { open_until: "2027-01-30" }))).toBeNull();
  // Stored before there were links.
  expect(untilOf(item("notes", {}))).toBeNull();
});

it("U10 days go over the end of a month, and are said in words", () => {
  expect(dayAfter(noon, 2)).toBe("2027-02-01");
  expect(weekday("2027-02-01")).toBe("mandag 1. februar");
});

it("U10 the poster has an address of its own", () => {
  expect(parse("/desk", "#/w/abc/poster")).toEqual({ page: "poster", workshop: "abc" });
  expect(parse("/desk", "#/w/abc")).toEqual({ page: "workshop", workshop: "abc" });
});
