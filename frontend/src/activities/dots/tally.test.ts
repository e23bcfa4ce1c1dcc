import { expect, it } from "vitest";
import { dotted, laidOn, lay, rowsOf, slateOf, stageOf, take, votersOf } from "./tally";

type Boarded = Parameters<typeof stageOf>[0];
const board = (records: Record<string, unknown>): Boarded =>
  ({ one: (_: string, id: string) => records[id] }) as unknown as Boarded;
const slate = {
  themes: ["a", "b", "c"].map((theme) => ({ theme, name: theme.toUpperCase(), paper: "mos" })),
};

it("dots: a vote is open, then counted or too small", () => {
  expect(stageOf(board({}), "i")).toBe("none");
  expect(stageOf(board({ "balloting:i": { state: "open" } }), "i")).toBe("open");
  expect(stageOf(board({ "balloting:i": { state: "closed" } }), "i")).toBe("few");
  const counted = { "balloting:i": { state: "closed", count: 7 }, "dots_result:i": { voters: 6, sums: {} } };
  expect(stageOf(board(counted), "i")).toBe("counted");
  expect(votersOf(board(counted), "i")).toBe(6);
});

it("dots: the most first, and ties in the order of the slate", () => {
  const rows = rowsOf(
    board({ "dots_slate:i": slate, "dots_result:i": { voters: 5, sums: { a: 2, b: 7, c: 2 } } }),
    "i",
  );
  expect(rows.map(({ theme, sum }) => [theme, sum])).toEqual([
    ["b", 7],
    ["a", 2],
    ["c", 2],
  ]);
});

it("dots: a theme is called what it is called now, and on a phone what it was called then", () => {
  const named = board({
    "dots_slate:i": slate,
    a: { name: "Tonen", paper: "korn" },
    b: { name: "", paper: "mos" },
  });
  expect(slateOf(named, "i").map(({ name }) => name)).toEqual(["Tonen", "shared.unnamed", "C"]);
});

it("dots: no more are placed than there are, and they can be moved", () => {
  let laid: readonly string[] = [];
  for (const theme of ["b", "a", "b", "c"]) laid = lay(laid, theme, 3);
  expect(laid).toEqual(["a", "b", "b"]);
  expect(laidOn(laid, "b")).toBe(2);
  expect(lay(take(laid, "b"), "c", 3)).toEqual(["a", "b", "c"]);
  expect(take(laid, "z")).toBe(laid);
});

it("dots: each is drawn while there is room for it, then they are a bar", () => {
  expect(dotted(3, 5, 500, 40)).toHaveLength(3);
  const last = dotted(20, 20, 500, 40)?.at(-1);
  expect((last?.x ?? 0) + (last?.r ?? 0)).toBeLessThanOrEqual(500);
  expect(dotted(40, 60, 500, 40)).toBeNull();
});
