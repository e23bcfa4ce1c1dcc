import { describe, expect, it } from "vitest";
import { endQuestion, withLate } from "./ending";

const items = [{ id: "q1" }, { id: "q2" }];
const writing = (activity: string, state: "open" | "stopped" | "turned", cards: number, late = 0) => ({
  activity,
  state,
  cards,
  late,
});

describe("F4 before the end", () => {
  it("asks yes or no where nothing waits", () => {
    const question = endQuestion(items, [writing("q1", "turned", 4)]);
    expect(question.choices).toBeUndefined();
    expect(question.yes).toBeDefined();
    expect(question.text).not.toContain("desk.end.unturned");
  });

  it("asks what becomes of late notes, of this meeting alone", () => {
    const writings = [writing("q1", "turned", 4, 2), writing("q9", "turned", 4, 5)];
    expect(withLate(items, writings)).toEqual(["q1"]);
    expect(endQuestion(items, writings).choices?.map((choice) => choice.id)).toEqual(["in", "out"]);
  });

  it("says that what was never turned over goes, late notes with it", () => {
    const question = endQuestion(items, [writing("q2", "stopped", 3, 1)]);
    expect(question.text).toContain("desk.end.unturned");
    expect(question.choices).toBeUndefined();
  });
});
