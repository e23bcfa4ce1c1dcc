import { describe, expect, it } from "vitest";
import { between, inside, neighbour, overlap, type Place } from "./places";

const at = (x: number, y: number, w = 10, h = 10): Place => ({ x, y, w, h });
const board = new Map([
  ["a", at(0, 0)],
  ["b", at(20, 0)],
  ["c", at(0, 20)],
  ["d", at(24, 22)],
  ["far", at(200, 0)],
]);
const from = (id: string) => board.get(id) as Place;

describe("neighbour", () => {
  it("goes along the row and down the column", () => {
    expect(neighbour(board, from("a"), "right", "a")).toBe("b");
    expect(neighbour(board, from("a"), "down", "a")).toBe("c");
    expect(neighbour(board, from("d"), "up", "d")).toBe("b");
  });

  it("prefers what shares the row to what is nearer but askew", () => {
    expect(neighbour(board, from("b"), "right", "b")).toBe("far");
  });

  it("stays at the edge", () => {
    expect(neighbour(board, from("a"), "left", "a")).toBeUndefined();
    expect(neighbour(board, from("a"), "up", "a")).toBeUndefined();
  });
});

it("draws a rectangle either way", () => {
  expect(between({ x: 9, y: 2 }, { x: 1, y: 8 })).toEqual({ x: 1, y: 2, w: 8, h: 6 });
});

it("knows what a rectangle touches and what a point hits", () => {
  expect(overlap(at(0, 0), at(9, 9))).toBe(true);
  expect(overlap(at(0, 0), at(10, 0))).toBe(false);
  expect(inside(at(0, 0), { x: 10, y: 10 })).toBe(true);
});
