import { expect, it } from "vitest";
import { PACE, seconds, speech, SPOKEN, timed, verdict, type Part } from "./pitch";

const many = (n: number) => Array.from({ length: n }, (_, at) => `ord${at}`).join(" ");

it("P1.2 puts together what is written, in the order it is said; what shows attention is not spoken", () => {
  const written: Partial<Record<Part, string>> = {
    success: "Sidst",
    headline: " Først ",
    attention: "Skilte",
  };
  expect(speech((part) => written[part] ?? "")).toEqual(["Først", "Sidst"]);
  expect(speech(() => "")).toEqual([]);
});

it("P1.2 reckons with 130 to 150 words a minute", () => {
  expect(PACE).toBeGreaterThanOrEqual(130);
  expect(PACE).toBeLessThanOrEqual(150);
  expect([seconds([]), seconds([many(70), many(70)]), seconds([many(280)])]).toEqual([0, 60, 120]);
  expect(seconds(["– Ja , nej ."])).toBe(1);
});

it("P1.2 says that it fits once all of it is written, and that it is too long at once", () => {
  const whole = SPOKEN.map(() => many(10));
  expect(verdict(whole)).toBe("fits");
  expect(verdict(whole.slice(0, 2))).toBe("so_far");
  expect([verdict([many(200)]), verdict(SPOKEN.map(() => many(40)))]).toEqual(["long", "long"]);
});

it("P1.2 says where the minute is up", () => {
  const [first, second, third] = timed([many(100), many(50), many(3)]);
  expect(first).toEqual({ said: many(100), late: "" });
  expect(second?.said.trim().split(" ")).toHaveLength(40);
  expect(second?.late.split(" ")[0]).toBe("ord40");
  expect(third).toEqual({ said: "", late: many(3) });
  expect(timed([many(PACE)])).toEqual([{ said: many(PACE), late: "" }]);
});

it("loses no letter and no line break", () => {
  const text = `En linje\nog en til. ${many(200)}`;
  const [only] = timed([text]);
  expect(`${only?.said}${only?.late}`).toBe(text);
});
