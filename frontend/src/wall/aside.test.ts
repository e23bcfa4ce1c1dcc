import { beforeAll, expect, it } from "vitest";
import type { Note } from "../engine/types";
import { setWords } from "../words";
import { MARK, putAside, spoken, told } from "./aside";

const note = (face: Note["face"], masked = false) => ({ text: "Spørg nogen", face, masked }) as Note;

beforeAll(() => setWords("da", { "wall.masked": "ord er skiftet ud" }));

it("A13 a masked note says so on the wall, and no other does", () => {
  expect(told(note("up", true)).text).toBe(`Spørg nogen${MARK}ord er skiftet ud`);
  expect(spoken(told(note("up", true)).text)).toBe("Spørg nogen. ord er skiftet ud");
  expect(told(note("up"))).toEqual(note("up"));
});

it("A13 counts what was put aside", () => {
  expect(putAside([note("hidden"), note("up"), note("hidden", true)])).toBe(2);
});
