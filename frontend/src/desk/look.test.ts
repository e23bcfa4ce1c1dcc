import { describe, expect, it } from "vitest";
import { hint } from "./look";

describe("A13: notes to look at", () => {
  it.each([
    ["Spørg Ole, han ved det godt", "name"],
    ["Ask Peter about it", "name"],
    ["Skriv til ole@firma.dk", "email"],
    ["Ring 22 33 44 55", "number"],
    ["Jeg har sagt det til Åse", "name"],
  ])("%s", (text, expected) => expect(hint(text)).toBe(expected));

  it.each([
    "Alt haster om torsdagen",
    "Vi griner sammen. Det er godt.",
    "Kan I ikke sige det før?",
    "Vi mødes i Teams hver mandag",
    "30 minutter i 2026",
    "Ingen ser det, der lykkes",
    "When I am interrupted",
  ])("%s is no reason to look", (text) => expect(hint(text)).toBeNull());
});
