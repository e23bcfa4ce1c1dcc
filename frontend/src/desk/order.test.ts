import { describe, expect, it } from "vitest";
import { before } from "./order";

const list = ["a", "b", "c"].map((id) => ({ id }));

describe("F4: moving in the agenda", () => {
  it.each([
    ["c", 0, "a"],
    ["a", 1, "c"],
    ["a", 2, null],
    ["b", 1, undefined],
    ["a", 3, undefined],
    ["x", 0, undefined],
  ])("%s to place %i stands before %s", (id, to, expected) => {
    expect(before(list, id, to)).toBe(expected);
  });
});
