import type { FaultCode } from "../../protocol.gen";
import { expect, it } from "vitest";
import { Ballots } from "./ballots.svelte";
import type { Answered, PhoneCommand } from "../../engine/types";

type Cast = Extract<PhoneCommand, { type: "ballots.cast" }>;
const stored: Answered = { stored: true, told: [] };
const refused = (code: FaultCode): Answered => ({ stored: false, code, fresh: null, retryAfter: null });

function phone(answer: (cast: Cast) => Answered = () => stored, kept = new Map<string, string>()) {
  const sent: Cast[] = [];
  const waits: number[] = [];
  const ballots = new Ballots({
    activity: "p",
    send: async (command) => {
      sent.push(command as Cast);
      return answer(command as Cast);
    },
    shelf: {
      draft: async (of) => kept.get(of) ?? "",
      keepDraft: async (of, text) => void kept.set(of, text),
    },
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
  });
  return { ballots, sent, waits, kept };
}
const settled = () => new Promise((done) => setTimeout(done));

it("A1 two answers of one phone share neither id nor secret, and each waits for a while of its own", async () => {
  const { ballots, sent, waits } = phone();
  await ballots.answer("a", 3);
  await ballots.answer("b", 3);
  await settled();
  expect(sent.map(({ of, value, rev }) => [of, value, rev])).toEqual([
    ["a", 3, 1],
    ["b", 3, 1],
  ]);
  expect(new Set(sent.flatMap(({ ballot, secret }) => [ballot, secret])).size).toBe(4);
  expect(waits).toEqual([5_000, 5_000]);
  expect(ballots.count("stored")).toBe(2);
});

it("T7 what is sent is as long whatever is answered", async () => {
  const { ballots, sent } = phone();
  await ballots.answer("a", 0);
  await ballots.answer("a much longer name", 3);
  await settled();
  expect(new Set(sent.map((cast) => JSON.stringify(cast).length)).size).toBe(1);
});

it("2.5 answering again replaces, after a reload too", async () => {
  const first = phone();
  await first.ballots.answer("a", 3);
  await settled();
  const again = phone(undefined, first.kept);
  await again.ballots.ready;
  expect(again.ballots.value("a")).toBe(3);
  await again.ballots.answer("a", 3);
  await again.ballots.answer("a", 1);
  await settled();
  expect(again.sent).toHaveLength(1);
  expect(again.sent[0]).toMatchObject({ ballot: first.sent[0]?.ballot, rev: 2, value: 1 });
});

it("R2 what the line lost is sent when it is back, and what came too late is said", async () => {
  let answer = refused("lost");
  const { ballots, sent } = phone(() => answer);
  await ballots.answer("a", 2);
  await settled();
  expect(ballots.count("unsent")).toBe(1);
  answer = refused("not_asked");
  await ballots.flush();
  await settled();
  expect(sent).toHaveLength(2);
  expect(ballots.count("refused")).toBe(1);
});

it("E2 a stale answer goes again one revision up, a busy server is asked again", async () => {
  const answers = [refused("busy"), refused("stale"), stored];
  const { ballots, sent } = phone(() => answers.shift() ?? stored);
  await ballots.answer("a", 2);
  await settled();
  expect(sent.map(({ rev }) => rev)).toEqual([1, 1, 2]);
  expect(ballots.count("stored")).toBe(1);
});

it("A1 a face that was taken off the page sends nothing more", async () => {
  const { ballots, sent } = phone();
  const answering = ballots.answer("a", 2);
  ballots.stop();
  await answering;
  await settled();
  expect(sent).toEqual([]);
});

it("2.5 marks are one ballot, which replaces the one before", async () => {
  const sent: Cast[] = [];
  const waits: number[] = [];
  const kept = new Map<string, string>();
  const ballots = new Ballots<readonly string[]>({
    activity: "p",
    apart: 1_000,
    send: async (command) => {
      sent.push(command as Cast);
      return stored;
    },
    shelf: {
      draft: async (of) => kept.get(of) ?? "",
      keepDraft: async (of, text) => void kept.set(of, text),
    },
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
  });
  await ballots.answer("dots", ["a", "a", "b"]);
  await settled();
  await ballots.answer("dots", ["a", "a", "b"]);
  await ballots.answer("dots", ["b"]);
  await settled();
  expect(sent.map(({ value, rev }) => [value, rev])).toEqual([
    [["a", "a", "b"], 1],
    [["b"], 2],
  ]);
  expect(new Set(sent.map(({ ballot }) => ballot)).size).toBe(1);
  expect(waits).toEqual([500, 500]);
});
