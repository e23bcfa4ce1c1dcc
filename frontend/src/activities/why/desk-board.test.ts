/** P1.1, P1.2, P1.6 on the desk: the questions, the length of the speech, and the exports. */
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import { WHY_PARTS } from "../../contract/why.gen";
import type { DeskContext } from "../../desk/part";
import { Board } from "../../engine/board.svelte";
import type { Item, Seen } from "../../engine/types";
import { setWords, t } from "../../words";
import DeskBoard from "./DeskBoard.svelte";
import type { Part } from "./pitch";

beforeEach(() => setWords("da", da));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function desk(written: Partial<Record<Part, string>>) {
  const board = new Board();
  const item = { kind: "item", id: "i", workshop: "w", activity: "why", title: "", settings: {} } as unknown;
  const parts = Object.entries(written).map(([part, text]) => ({
    ...{ kind: "why", id: `why:${part}`, part, text },
  }));
  const held = [item, ...parts].map((record, n) => ({ seq: n + 1, record: record as Seen }));
  board.apply({ type: "changes", epoch: "e", seq: 9, all: true, activity: null, records: held, gone: [] });
  const said: string[] = [];
  const context = {
    ...{ board, item: item as Item, workshop: "w" },
    toast: (text: string) => said.push(text),
  } as unknown as DeskContext;
  render(DeskBoard, { props: { context } });
  return said;
}

it("P1.1 P1.6 asks the six questions, the one sentence, and how it can be seen, each with a prompt", () => {
  desk({});
  const fields = screen.getAllByRole<HTMLTextAreaElement>("textbox");
  expect(fields).toHaveLength(WHY_PARTS.length);
  for (const part of [
    "seen",
    "stake",
    "act",
    "effort",
    "gain",
    "success",
    "headline",
    "attention",
  ] as const) {
    const field = screen.getByRole("textbox", { name: t(`why.desk.part.${part}`) });
    const prompt = document.getElementById(field.getAttribute("aria-describedby") ?? "");
    expect(prompt?.textContent).toBe(t(`why.desk.part.${part}.hint`));
  }
});

it("P1.2 says that it is too long, with how long, and shows what comes after the minute", () => {
  desk({ headline: "ord ".repeat(140), stake: "for sent ".repeat(35) });
  expect(screen.getByRole("status").textContent).toContain(t("why.desk.pitch.long", { n: 90 }));
  expect(document.querySelectorAll(".late")[1]?.textContent?.trim()).toMatch(/^for sent/);
});

it("P1.6 copies the speech as text, without what is not spoken", async () => {
  const taken: string[] = [];
  vi.stubGlobal("navigator", { clipboard: { writeText: async (text: string) => taken.push(text) } });
  const said = desk({ success: "Ingen rejser", headline: "Vi vil blive", attention: "Skilte" });
  await fireEvent.click(screen.getByText(t("why.desk.pitch.copy")));
  expect(taken).toEqual(["Vi vil blive\n\nIngen rejser"]);
  await vi.waitFor(() => expect(said).toEqual([t("why.desk.pitch.copied")]));
});

it("P1.6 says so where a browser copies nothing, as on plain http", async () => {
  vi.stubGlobal("navigator", {});
  const said = desk({ headline: "Vi vil blive" });
  await fireEvent.click(screen.getByText(t("why.desk.pitch.copy")));
  await vi.waitFor(() => expect(said).toEqual([t("why.desk.pitch.not_copied")]));
});
