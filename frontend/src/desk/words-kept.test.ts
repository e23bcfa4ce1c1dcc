/** G32, G34, G35: words on the desk are lost by nothing but being stored, let go of, or signed out from. */
import { beforeEach, describe, expect, it } from "vitest";
import { Board } from "../engine/board.svelte";
import type { Connection } from "../live/connection.svelte";
import type { Answered, Command } from "../engine/types";
import { fitting } from "../parts/notes/desk-actions";
import { Drafts } from "./drafts.svelte";
import { Driver } from "./driver.svelte";
import type { DeskContext } from "./part";
import { fieldKey, forgetWords, keepWords, keptWords } from "./words-kept";

beforeEach(() => localStorage.clear());

function driver(answer: Answered) {
  const connection = { do: (_: Command) => Promise.resolve(answer), now: () => 0 } as unknown as Connection;
  return new Driver("w", new Board(), connection);
}
const stored: Answered = { stored: true, told: [] };
const refused: Answered = { stored: false, code: "too_long", fresh: null, retryAfter: null };

describe("G34 a dialog", () => {
  const order = { type: "notes.add_paper", activity: "q", texts: ["a"] } as const;
  async function answered(by: Driver, how: string | null) {
    const typed = by.ask({ title: "Sedler fra papir", field: "Linjer", lines: 8, keep: "paper q" });
    const key = by.asking?.kept ?? "";
    keepWords(key, "en\nto");
    by.asking?.answer(how);
    if ((await typed) !== null) await by.send({ ...order, texts: [...order.texts] });
    return keptWords(key);
  }

  it("that is shut keeps what was typed in it", async () => {
    expect(await answered(driver(stored), null)).toBe("en\nto");
  });
  it("whose answer is refused keeps it too", async () => {
    expect(await answered(driver(refused), "en\nto")).toBe("en\nto");
  });
  it("whose answer is stored keeps nothing", async () => {
    expect(await answered(driver(stored), "en\nto")).toBeNull();
  });
});

it("G32 an answer that was typed when the session ended is in its field again", async () => {
  const answers = {
    record: (activity: string, question: string) => `${activity}:${question}`,
    read: () => "",
    order: () => ({ type: "why.write", activity: "i", part: "headline", base: 0, text: "" }) as never,
  };
  const context = {
    ...{ item: { id: "i" }, workshop: "w", board: { seqOf: () => 7 } },
    send: () => Promise.resolve(stored),
  } as unknown as DeskContext;
  const before = new Drafts<string>(answers);
  before.open(context, "headline");
  before.write("headline", "Tre gode kolleger");
  const after = new Drafts<string>(answers);
  after.restore(context, "headline");
  expect(after.text("headline")).toBe("Tre gode kolleger");
  await after.save(context, "headline");
  expect(keptWords(fieldKey("w", "i:headline"))).toBeNull();
});

it("G35 of many lines those that fit are stored, and the others stay", () => {
  const long = "x".repeat(281);
  expect(fitting(["en", long, "to"])).toEqual({ texts: ["en", "to"], rest: [long] });
  const many = Array.from({ length: 101 }, (_, nth) => `linje ${nth}`);
  const { texts, rest } = fitting(many);
  expect([texts.length, rest]).toEqual([100, ["linje 100"]]);
});

it("G17 what ends forgets its own words, and signing out all", () => {
  keepWords(fieldKey("w", "a"), "a");
  keepWords(fieldKey("v", "a"), "a");
  forgetWords("w");
  expect([keptWords(fieldKey("w", "a")), keptWords(fieldKey("v", "a"))]).toEqual([null, "a"]);
  forgetWords();
  expect(localStorage.length).toBe(0);
});
