import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const css = readFileSync(`${import.meta.dirname}/tokens.css`, "utf8");
const block = (from: string) => {
  const start = css.indexOf("{", css.indexOf(from)) + 1;
  return css.slice(start, css.indexOf("}", start)).replace(/\s+/g, " ").trim();
};

it("dark by the system and dark by hand are the same", () => {
  expect(block(":root:not([data-theme=light])")).toBe(block(":root[data-theme=dark]"));
});
