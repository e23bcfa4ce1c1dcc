import { expect, it } from "vitest";
import { chain, stems } from "./desk-alike";

const note = (id: string, text: string) => ({ id, text });

it("U24 notes with words in common follow each other, whatever their endings", () => {
  const order = chain([
    note("a", "Støjen i hallen"),
    note("b", "Gode kollegaer"),
    note("c", "Kulde i hallen om vinteren"),
    note("d", "Mine kolleger og kollegaerne på kontoret"),
    note("e", "Der er støj hele dagen"),
  ]);
  const at = (id: string) => order.indexOf(id);
  expect(Math.abs(at("b") - at("d"))).toBe(1);
  expect(Math.abs(at("a") - at("c"))).toBeLessThanOrEqual(2);
  expect([...order].sort()).toEqual(["a", "b", "c", "d", "e"]);
});

it("U24 notes about the same follow each other though they share no word", () => {
  const order = chain([
    note("a", "Larm fra kompressoren"),
    note("b", "For meget at lave, jeg bliver stresset"),
    note("c", "Man kan ikke høre sig selv for støj"),
    note("d", "Tidspres op til hver levering"),
  ]);
  expect(order).toEqual(["a", "c", "b", "d"]);
});

it("U24 A15 the order follows from the texts and the order of their random ids alone", () => {
  const notes = [
    "Støj i hallen",
    "Ro på kontoret",
    "Gode kollegaer",
    "Kollegaerne hjælper",
    "Larm hele dagen",
  ].map((text, n) => note(`n${n}`, text));
  expect(chain(notes)).toEqual(chain(notes.map(({ id, text }) => ({ text, id }))));
  expect(new Set(chain(notes))).toEqual(new Set(notes.map(({ id }) => id)));
});

it("U24 words that every note has bring nothing together, and the order is the same on every desk", () => {
  expect([...stems("Det er fordi vi ikke har tid til det")]).toEqual(["tid"]);
  const notes = [note("a", "og det"), note("b", "ikke os"), note("c", "")];
  expect(chain(notes)).toEqual(["a", "b", "c"]);
  expect(chain([])).toEqual([]);
});

it("U24 three hundred notes are put in order before anybody notices", () => {
  const notes = Array.from({ length: 300 }, (_, n) =>
    note(String(n), `ord${n % 17} ting${n % 31} sag${n % 5}`),
  );
  const start = performance.now();
  expect(chain(notes)).toHaveLength(300);
  expect(performance.now() - start).toBeLessThan(2_000);
});
