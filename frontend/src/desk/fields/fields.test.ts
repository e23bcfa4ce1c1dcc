import { expect, it } from "vitest";
import { cardsIn, chooseField, nextCard, TRAY, under, type Card } from "./fields";

const card = (id: string, field: string): Card => ({
  id,
  name: id,
  unnamed: false,
  paper: "korn",
  field,
  notes: [],
});
const cards = [card("a", "can"), card("b", TRAY), card("c", TRAY)];
const places = new Map([
  ["can", { x: 0, y: 0, w: 100, h: 100 }],
  ["cannot", { x: 120, y: 0, w: 100, h: 100 }],
  [TRAY, { x: 0, y: 120, w: 220, h: 40 }],
]);

it("P3.1 speaks of the first card in the tray next", () => {
  expect(nextCard(cards)?.id).toBe("b");
  expect(nextCard(cards, ["strip", "can"])?.id).toBe("a");
  expect(nextCard([], [TRAY])).toBeUndefined();
  expect(cardsIn(cards, TRAY)).toHaveLength(2);
});

it("finds the field under the pointer", () => {
  expect(under(places, { x: 130, y: 20 })).toBe("cannot");
  expect(under(places, { x: 110, y: 20 })).toBeNull();
});

it("goes to the field an arrow points at, and wraps around when there is none", () => {
  expect(chooseField(places, "can", "right")).toBe("cannot");
  expect(chooseField(places, "cannot", "down")).toBe(TRAY);
  expect(chooseField(places, TRAY, "up")).toBe("can");
  expect(chooseField(places, "can", "left")).toBe(TRAY);
});
