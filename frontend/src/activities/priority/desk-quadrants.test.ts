import { describe, expect, it } from "vitest";
import { TRAY } from "../../desk/fields/fields";
import { fieldOf, nextStep, place, QUADRANTS, sidesIn, UNPLACED, type Sides } from "./desk-quadrants";

const sides = (important: boolean | null, urgent: boolean | null): Sides => ({ important, urgent });

describe("P3.2 two passes", () => {
  it("first asks what is important: two halves, whatever is known of urgency", () => {
    expect(fieldOf("important", UNPLACED)).toBe(TRAY);
    expect(fieldOf("important", sides(true, null))).toBe("important");
    expect(fieldOf("important", sides(false, true))).toBe("other");
  });

  it("then asks what is urgent: what is not known yet waits in its column", () => {
    expect(fieldOf("urgent", sides(true, null))).toBe("ask_important");
    expect(fieldOf("urgent", sides(false, null))).toBe("ask_other");
    expect(fieldOf("urgent", UNPLACED)).toBe(TRAY);
    for (const [id, known] of Object.entries(QUADRANTS)) expect(fieldOf("urgent", known)).toBe(id);
  });

  it("loses nothing on the way back to the first pass", () => {
    const again = sidesIn("important", sides(false, true));
    expect(again).toEqual(sides(true, true));
    expect(fieldOf("urgent", again)).toBe("do");
  });

  it("places with the seq the record had, and not where it is already", () => {
    expect(place("t", "plan", UNPLACED, 4)).toEqual({
      type: "priority.place",
      theme: "t",
      base: 4,
      important: true,
      urgent: false,
    });
    expect(place("t", "important", sides(true, false), 4)).toBeNull();
    expect(place("t", TRAY, sides(true, false), 4)).toMatchObject(UNPLACED);
    expect(place("t", "ask_other", UNPLACED, 0)).toMatchObject(sides(false, null));
  });
});

describe("what comes next", () => {
  it("P3.2, P3.3 goes from placing to urgency to choosing", () => {
    expect(nextStep("important", [UNPLACED, sides(true, null)], 0)).toBe("place");
    expect(nextStep("important", [sides(false, null), sides(true, null)], 0)).toBe("urgent");
    expect(nextStep("urgent", [sides(false, null), sides(true, true)], 0)).toBe("place");
    expect(nextStep("urgent", [sides(false, true), sides(true, true)], 1)).toBe("choose");
    expect(nextStep("free", [sides(false, true), sides(true, true)], 2)).toBeNull();
  });

  it("asks for no more than there are", () => {
    expect(nextStep("urgent", [sides(true, true)], 1)).toBeNull();
    expect(nextStep("urgent", [], 0)).toBeNull();
  });
});
