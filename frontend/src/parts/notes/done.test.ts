import { expect, it } from "vitest";
import type { Workshop } from "../../engine/types";
import { doneOf } from "./done";

const room = (people: number | null) => ({ workshop: { people } as Workshop });

it("U24 counts how many are done of those connected, and of those whose phones are asleep", () => {
  expect(doneOf(room(null), { done: 7, phones: 12 })).toEqual({ n: 7, of: 12 });
  expect(doneOf(room(12), { done: 7, phones: 5 })).toEqual({ n: 7, of: 12 });
});

it("U24 is never more than there are, whatever one phone pretends", () => {
  expect(doneOf(room(12), { done: 300, phones: 12 })).toEqual({ n: 12, of: 12 });
});
