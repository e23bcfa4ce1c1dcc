import { expect, it } from "vitest";
import { byWords } from "./collation";
import { setWords } from "./words";

it.each([
  ["da", ["Anne", "anne", "bo", "Zenia", "Ærø", "Øjvind", "Aage", "Åse"]],
  ["en", ["Aage", "Ærø", "anne", "Anne", "Åse", "bo", "Øjvind", "Zenia"]],
] as const)("G52 sorts words as %s does", (language, sorted) => {
  setWords(language, {});
  expect([...sorted].reverse().sort(byWords)).toEqual(sorted);
});
