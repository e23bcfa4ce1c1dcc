import { describe, expect, it } from "vitest";
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
    // Word and phones turn three full stops into one character, and the server back into three.
    expect(room(`${"a".repeat(277)}…`)).toBe(0);
  });
});
