import { expect, it } from "vitest";
import type { Note, Theme } from "../../engine/types";
import { foundIn, looking, plain } from "./desk-search";

const note = (id: string, text: string) => ({ id, text }) as Note;
const all = {
  free: [note("a", "Kaffe på TRÆET"), note("b", "Ro om formiddagen")],
  themes: [{ theme: { id: "t", name: "Pauser" } as Theme, notes: [note("c", "Fælles frokost")] }],
  unturned: 0,
};

it("U24 finds notes and themes by their text as it is typed, whatever the case", () => {
  expect(foundIn(all, "på træ")).toEqual(["a"]);
  expect(foundIn(all, "pau")).toEqual(["t"]);
  expect(foundIn(all, "fro")).toEqual(["c"]);
  expect(foundIn(all, "xyz")).toEqual([]);
});

it("U24 nothing is faded until something is typed", () => {
  expect(foundIn(all, null)).toEqual([]);
  expect(looking("  ").isAside("anything")).toBe(false);
  expect(looking("kaffe").isAside("Ro")).toBe(true);
});

it("U24 Danish letters are letters of their own, accents are ignored", () => {
  expect(plain("Idé på Ål")).toBe("ide på ål");
  expect(looking("pa").isAside("på")).toBe(true);
});
