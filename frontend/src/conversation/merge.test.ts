import { describe, expect, it } from "vitest";
import { merged } from "./merge";

describe("D2 an answer written on two devices", () => {
  it("D2 is what changed, where only one did", () => {
    expect(merged("a", "a", "b")).toBe("b");
    expect(merged("a", "b", "a")).toBe("b");
    expect(merged("a", "a ", "a")).toBe("a");
  });

  it("D2 is the same words once", () => {
    expect(merged("", "Lageret", "Lageret")).toBe("Lageret");
    expect(merged("", "Lageret ", "Lageret")).toBe("Lageret");
  });

  it("D2 is the longer where one holds the other", () => {
    expect(merged("Lag", "Lageret og butikken", "Lageret")).toBe("Lageret og butikken");
    expect(merged("Lag", "Lageret", "Lageret og butikken")).toBe("Lageret og butikken");
  });

  it("D2 loses nobody's words", () => {
    expect(merged("a", "mine", "theirs")).toBe("theirs\n\nmine");
  });
});
