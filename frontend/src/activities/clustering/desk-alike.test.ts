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
