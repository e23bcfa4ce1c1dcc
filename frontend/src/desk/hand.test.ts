import type { FaultCode } from "../protocol.gen";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import da from "../../../app/locales/da.json";
import type { Answered, DeskOrder } from "../engine/types";
import { setWords } from "../words";
import { Hand, type Move } from "./hand.svelte";
import type { DeskContext } from "./part";

beforeEach(() => {
  setWords("da", da);
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

function desk() {
  const at = {
    seq: { a: 3, b: 4 } as Record<string, number>,
    held: [] as (string | null)[],
    said: [] as string[],
    presence: [] as string[],
    answer: { stored: true, told: [] } as Answered,
    context: {} as DeskContext,
  };
  at.context = {
    item: { workshop: "w" },
    board: { seqOf: (id: string) => at.seq[id] ?? 0, one: () => ({ forward: "f" }) },
    connection: { hold: (id: string | null) => at.held.push(id), presence: { held: at.presence } },
    announce: (text: string) => at.said.push(text),
    send: () => Promise.resolve(at.answer),
  } as unknown as DeskContext;
  return at;
}
const ORDER: DeskOrder = { type: "undo", workshop: "w" };
const refused = (code: FaultCode): Answered => ({ stored: false, code, fresh: null, retryAfter: null });
const moves = (base: number) => new Map<string, Move>([["a", { record: "a", base, to: "t" }]]);

it("what is dropped has the numbers it had when it was taken", () => {
  const at = desk();
  const hand = new Hand<string>("desk.fields");
  hand.take(at.context, ["a", "b"], "pointer");
  hand.target = "field";
  at.seq = { a: 9, b: 9, c: 7 };
  const dropped = hand.drop();
  expect(dropped).toMatchObject({ ids: ["a", "b"], target: "field" });
  expect(["a", "b", "c"].map((id) => dropped?.base(id))).toEqual([3, 4, 7]);
  expect([hand.holding, hand.target, hand.lead]).toEqual([null, null, null]);
  expect(at.held).toEqual(["a", null]);
});

it("without a target everything is put back, and that is said; nothing is said of an empty hand", () => {
  const at = desk();
  const hand = new Hand<string>("desk.fields");
  expect(hand.drop()).toBeNull();
  hand.take(at.context, ["a"], "keys");
  expect(hand.drop()).toBeNull();
  expect(at.said).toEqual(["Lagt tilbage"]);
});

it("a move takes effect at once, until its record confirms it or five seconds have passed", async () => {
  const at = desk();
  const hand = new Hand<string>("desk.fields");
  const sent = hand.send(at.context, ORDER, ["a"], moves(3));
  expect([...hand.ahead(at.context.board)]).toEqual([["a", "t"]]);
  expect(await sent).toBe(true);
  at.seq = { a: 4 };
  expect(hand.ahead(at.context.board).size).toBe(0);
  at.seq = { a: 3 };
  expect(hand.ahead(at.context.board).size).toBe(1);
  vi.advanceTimersByTime(5_000);
  expect(hand.ahead(at.context.board).size).toBe(0);
});

it("an older move that ends late leaves a newer one of the same paper alone", async () => {
  const at = desk();
  const hand = new Hand<string>("desk.fields");
  await hand.send(at.context, ORDER, ["a"], moves(3));
  vi.advanceTimersByTime(4_000);
  await hand.send(at.context, ORDER, ["a"], moves(3));
  vi.advanceTimersByTime(2_000);
  expect(hand.ahead(at.context.board).size).toBe(1);
});

it("E1 a refused move goes back; that somebody else was first is announced, and shown on the paper for a while", async () => {
  const at = desk();
  const hand = new Hand<string>("desk.fields");
  at.answer = refused("role");
  expect(await hand.send(at.context, ORDER, ["a"], moves(3))).toBe(false);
  expect(at.said).toEqual([]);
  at.answer = refused("stale");
  await hand.send(at.context, ORDER, ["a"], moves(3));
  expect(hand.ahead(at.context.board).size).toBe(0);
  expect(at.said[0]).toContain("Flyttet af en anden");
  expect(hand.word(at.context, "a")).toBe("flyttet af en anden");
  vi.advanceTimersByTime(5_000);
  expect(hand.word(at.context, "a")).toBeUndefined();
});

it("what somebody else moves while it is dragged is dropped, and the paper's label says who has it", () => {
  const at = desk();
  const hand = new Hand<string>("clustering.desk");
  hand.take(at.context, ["a"], "pointer");
  at.presence.push("a", "b");
  expect(hand.word(at.context, "a")).toBeUndefined();
  expect(hand.word(at.context, "b")).toBe("en anden flytter den lige nu");
  expect(hand.word(at.context, "f")).toBe("stort på tavlen");
  hand.lost();
  expect(at.held.at(-1)).toBeNull();
  expect(hand.word(at.context, "a")).toBe("flyttet af en anden");
});
