import { describe, expect, it } from "vitest";
import { slots } from "./wall-slots";

const up = (id: string) => ({ id, text: id });

describe("papers on the wall", () => {
  it("A11 are as many face-down cards as the count says, and fly in as it grows", () => {
    const first = slots("q", [], 3, "open", undefined);
    expect(first.slots.map(({ id }) => id)).toEqual(["card q 0", "card q 1", "card q 2"]);
    expect(first.flown.size).toBe(0);
    const next = slots("q", [], 6, "open", first);
    expect([...next.flown]).toEqual([
      ["card q 3", 0],
      ["card q 4", 90],
      ["card q 5", 180],
    ]);
    expect(slots("q", [], 6, "open", next).flown.size).toBe(0);
  });

  it("P2.2 become notes one by one: each takes the place of a card, the others stay", () => {
    const before = slots("q", [], 3, "stopped", undefined);
    const one = slots("q", [up("a")], 2, "stopped", before);
    expect(one.slots.map(({ id }) => id)).toEqual(["a", "card q 1", "card q 2"]);
    expect(one.slots[0]?.after).toBe("card q 0");
    expect([one.turned, one.read, [...one.fresh]]).toEqual([true, "a", ["a"]]);
    expect(one.flown.size).toBe(0);
    const two = slots("q", [up("a"), up("b")], 1, "stopped", one);
    expect([two.read, [...two.fresh]]).toEqual(["b", ["b"]]);
  });

  it("P2.2 turn all at once, and none of them is read aloud", () => {
    const before = slots("q", [], 3, "stopped", undefined);
    const all = slots("q", [up("a"), up("b"), up("c")], 0, "turned", before);
    expect([...all.fresh]).toEqual(["a", "b", "c"]);
    expect(all.read).toBeNull();
  });

  it("are not turned again for latecomers", () => {
    expect(slots("q", [up("a"), up("b")], 0, "turned", undefined).fresh.size).toBe(0);
  });
});
