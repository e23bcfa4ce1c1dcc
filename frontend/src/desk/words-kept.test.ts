/** G32, G34, G35: words on the desk are dropped only when they are stored or discarded, or on signing out. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import da from "../../../app/locales/da.json";
import { Board } from "../engine/board.svelte";
import type { RoomConnection } from "../live/room-connection.svelte";
import type { Answered, Command, PlanAction } from "../engine/types";
import { Cells } from "../activities/action_plan/desk-cells.svelte";
import { fitting, linesOf } from "../parts/notes/desk-actions";
import { reason, setWords, t } from "../words";
import { Left } from "./attempt.svelte";
import { Drafts } from "./drafts.svelte";
import { Driver } from "./driver.svelte";
import Ask from "./live/Ask.svelte";
import type { DeskContext } from "./part";
import Rename from "./process/Rename.svelte";
import { session } from "./session.svelte";
import { fieldKey, forgetWords, keepWords, keptWords, typesHere } from "./words-kept";

beforeEach(() => {
  setWords("da", da);
  localStorage.clear();
  typesHere("anna");
  // Neither draws dialogs as a browser does.
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});
afterEach(cleanup);

const stored: Answered = { stored: true, told: [] };
const refused: Answered = { stored: false, code: "too_long", fresh: null, retryAfter: null };
const kept = () => Object.values(localStorage as unknown as Record<string, string>);

describe("G34 a dialog", () => {
  /** A desk that asks how, and a server with scripted answers. */
  function desk(say?: (text: string) => void) {
    const answers: ((answer: Answered) => void)[] = [];
    const connection = { do: (_: Command) => new Promise((answer) => answers.push(answer)), now: () => 0 };
    const driver = new Driver("w", new Board(), connection as unknown as RoomConnection);
    const ask = () => {
      void driver.ask({
        ...{ title: "Hvordan?", field: "Sådan", lines: 3, keep: "how n" },
        store: async (text: string) => {
          await driver.store({ type: "proposals.how", how: "h", of: "n", text });
          say?.(text);
        },
      });
      const { asking } = driver;
      if (asking) render(Ask, { asking, workshop: "w" });
    };
    ask();
    return { driver, answers, ask };
  }
  const field = () => screen.getByLabelText<HTMLTextAreaElement>("Sådan");
  const write = (text: string) => fireEvent.input(field(), { target: { value: text } });
  const send = () => fireEvent.click(screen.getByText(t("desk.save")));

  it("that is shut has what was typed the next time, and says that it is not stored", async () => {
    const { driver, ask } = desk();
    await write("Fast afløser");
    await fireEvent.click(screen.getByText(t("desk.cancel")));
    expect(driver.asking).toBeNull();
    cleanup();
    ask();
    expect(field().value).toBe("Fast afløser");
    expect(screen.getByText(t("desk.kept"))).toBeTruthy();
  });

  it("stays until its answer is stored, and cannot be sent twice meanwhile", async () => {
    const { driver, answers } = desk();
    await write("Fast afløser");
    await send();
    await send();
    expect(answers).toHaveLength(1);
    expect(driver.asking).not.toBeNull();
    expect(screen.getByText(t("desk.save")).getAttribute("aria-busy")).toBe("true");
    answers[0]?.(stored);
    await waitFor(() => expect(driver.asking).toBeNull());
    await waitFor(() => expect(kept()).toEqual([]));
  });

  it("whose answer is refused says why next to the text, and nowhere else", async () => {
    const { driver, answers } = desk();
    await write("Fast afløser");
    await send();
    answers[0]?.(refused);
    expect((await screen.findByRole("alert")).textContent).toBe(reason("too_long"));
    expect([driver.asking === null, driver.said, field().value]).toEqual([false, null, "Fast afløser"]);
    expect(kept()).toEqual(["Fast afløser"]);
  });

  it("that was shut before it was refused has the desk say so", async () => {
    const { driver, answers } = desk();
    await write("Fast afløser");
    await send();
    driver.asking?.answer(null);
    answers[0]?.(refused);
    await waitFor(() => expect(driver.said?.text).toBe(reason("too_long")));
    expect(kept()).toEqual(["Fast afløser"]);
  });

  it("G35 of which a part is stored keeps the rest", async () => {
    const { driver, answers } = desk(() => {
      throw new Left("En linje er for lang.", "den lange");
    });
    await write("kort\nden lange");
    await send();
    answers[0]?.(stored);
    expect((await screen.findByRole("alert")).textContent).toBe("En linje er for lang.");
    expect([driver.asking === null, field().value, kept()]).toEqual([false, "den lange", ["den lange"]]);
  });
});

describe("G32 what was typed when the session ended", () => {
  const answers = {
    record: (activity: string, question: string) => `${activity}:${question}`,
    read: () => "",
    order: (_activity: string, _question: string, base: number, text: string) =>
      ({ type: "why.write", activity: "i", part: "headline", base, text }) as never,
  };
  function desk(answer: Answered, records: Record<string, unknown> = {}) {
    const sent: unknown[] = [];
    const send = (order: unknown) => {
      sent.push(order);
      return Promise.resolve(answer);
    };
    const board = { seqOf: () => 7, one: (_: string, id: string) => records[id] };
    const context = { item: { id: "i" }, workshop: "w", board, send } as unknown as DeskContext;
    return { context, sent };
  }

  it("is in its field again, and saved, on the ground it was typed on", async () => {
    const { context } = desk(stored);
    const before = new Drafts<string>(answers);
    before.open(context, "headline");
    before.write("headline", "Tre gode kolleger");
    const again = desk(refused);
    const after = new Drafts<string>(answers);
    await after.restore(again.context, "headline");
    expect([after.text("headline"), again.sent]).toEqual([
      "Tre gode kolleger",
      [expect.objectContaining({ base: 7, text: "Tre gode kolleger" })],
    ]);
    expect(kept()).toHaveLength(1);
    const last = desk(stored);
    await new Drafts<string>(answers).restore(last.context, "headline");
    expect([last.sent.length, kept()]).toEqual([1, []]);
  });

  it("is in the plan again, and saved", async () => {
    const row = { id: "row", text: "Møde", responsible: ["Dorte"], when: "" } as unknown as PlanAction;
    const { context } = desk(stored, { row });
    const before = new Cells();
    before.open(context, row, "responsible");
    before.write("row", "responsible", "Dorte, Emil");
    const again = desk(stored, { row });
    await new Cells().restore(again.context, row, "responsible");
    expect(again.sent).toEqual([expect.objectContaining({ action: "row", responsible: ["Dorte", "Emil"] })]);
    expect(kept()).toEqual([]);
  });

  it("is nobody else's: another account at this browser sees none of it, its own finds it", () => {
    keepWords(fieldKey("w", "a"), "Tre gode kolleger");
    typesHere("bent");
    expect(keptWords(fieldKey("w", "a"))).toBeNull();
    typesHere("anna");
    expect(keptWords(fieldKey("w", "a"))).toBe("Tre gode kolleger");
  });
});

describe("G32 a form on a page", () => {
  const rename = () =>
    render(Rename, {
      ...{ process: "p", company: "Bageriet", group: "Natholdet" },
      ...{ onrenamed: () => Promise.resolve(), onclose: () => undefined },
    });
  const group = () => screen.getByLabelText<HTMLInputElement>(t("desk.process.group"));

  it("has what was typed in it again, and keeps nothing of what stood there", async () => {
    rename();
    expect(kept()).toEqual([]);
    await fireEvent.input(group(), { target: { value: "Natholdet i Vejle" } });
    cleanup();
    rename();
    expect(group().value).toBe("Natholdet i Vejle");
    await fireEvent.input(group(), { target: { value: "Natholdet" } });
    expect(kept()).toEqual([]);
  });
});

it("G35 an invisible line is ignored, and makes no other one refused", () => {
  expect(linesOf("en\n\u200b\n \u00ad\n\u2800\nto")).toEqual(["en", "to"]);
});

it("G35 of many lines those that fit are stored, and the others stay", () => {
  const long = "x".repeat(281);
  expect(fitting(["en", long, "to"])).toEqual({ texts: ["en", "to"], rest: [long] });
  const many = Array.from({ length: 101 }, (_, nth) => `linje ${nth}`);
  const { texts, rest } = fitting(many);
  expect([texts.length, rest]).toEqual([100, ["linje 100"]]);
  // A hundred long lines in a script with three bytes per character exceed one message (64 KiB).
  const wide = fitting(Array.from({ length: 100 }, () => "字".repeat(280)));
  expect(new TextEncoder().encode(wide.texts.join("")).length).toBeLessThan(56 * 1024);
  expect([wide.texts.length > 40, wide.texts.length + wide.rest.length]).toEqual([true, 100]);
});

describe("G17", () => {
  it("what ends forgets its own words, and signing out all", () => {
    keepWords(fieldKey("w", "a"), "a");
    keepWords(fieldKey("wv", "a"), "a");
    forgetWords("w");
    expect([keptWords(fieldKey("w", "a")), keptWords(fieldKey("wv", "a"))]).toEqual([null, "a"]);
    typesHere("bent");
    forgetWords();
    expect(localStorage.length).toBe(0);
  });

  it("signing out in one tab signs out the others", () => {
    session.account = { id: "anna", name: "Anna", email: "", admin: false, by_link: false, may_begin: true };
    dispatchEvent(new StorageEvent("storage", { key: "trivsel-desk-out" }));
    expect(session.account).toBeNull();
  });
});
