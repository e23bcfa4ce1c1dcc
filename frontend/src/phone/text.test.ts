import { describe, expect, it } from "vitest";
import { looksLike } from "./looks";
import { room, signs } from "./text";

describe("length", () => {
  it("[B24] counts what a reader sees: a family, a flag and a letter with its marks are one each", () => {
    expect(signs("👨‍👩‍👧‍👦🇩🇰e\u0301å")).toBe(4);
  });
  it("[B25] has room for 280 signs, and for 2 000 bytes whatever the signs", () => {
    expect(room("a".repeat(280))).toBe(0);
    expect(room("a".repeat(281))).toBe(-1);
    expect(room("👨‍👩‍👧‍👦".repeat(100))).toBeLessThan(0);
    expect(room("å".repeat(280))).toBe(0);
  });
});

describe("what a note looks like it holds", () => {
  it.each([
    ["Spørg Ole, han ved det godt", "name"],
    ["Mettes plan holder aldrig", "name"],
    ["min kollega Xanthe er sød", "name"],
    ["Chefen Bruno siger nej", "name"],
    ["ring 12 34 56 78", "number"],
    ["ring +45 12345678.", "number"],
    ["cpr 010190-1234", "number"],
    ["skriv til en@firma.dk", "mail"],
  ])("%s", (text, found) => expect(looksLike(text)).toBe(found));

  it.each([
    "Telefonen ringer, mens jeg monterer",
    "Chefen er god til at lytte",
    "min leder siger tak",
    "Vi fik 12345 kr. og 3 dage",
    "ordre 123456789012",
    "Maj er travl, og per dag er vi fem",
    "@ er en tast",
    "",
  ])("nothing in “%s”", (text) => expect(looksLike(text)).toBeNull());
});
