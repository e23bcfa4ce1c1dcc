import { beforeEach, describe, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import type { Ticker } from "../../engine/clock.svelte";
import type { RoomConnection } from "../../live/room-connection.svelte";
import type { Item, Seen } from "../../engine/types";
import type { DeskContext } from "../../desk/part";
import { setWords } from "../../words";
import { linesOf } from "../../parts/notes/desk-actions";
import { stateOf } from "../../parts/notes/desk-state";
import { isSmall, waiting } from "../../parts/notes/desk-waiting";
import { actions } from "./desk-actions";
import { answered } from "../../../tests/answered";
import { find, ids, item, note, on, primary, timer, writing } from "../../../tests/notes/desk";
import { script } from "./desk-script";

beforeEach(() => setWords("da", da));

describe("P2.1: silent writing", () => {
  it("begins with five minutes, whatever the activity is given in all", async () => {
    const { all, sent } = on([writing("open")]);
    expect(primary(all).map((action) => action.label)).toEqual(["Start fem minutter"]);
    await primary(all)[0]?.run();
    expect(sent).toEqual([{ type: "timer.start", activity: "q", seconds: 300 }]);
  });

  it.each(["running", "paused"] as const)("is stopped while the clock is %s", async (state) => {
    const { all, sent } = on([writing("open"), timer(state)]);
    expect(ids(primary(all))).toEqual(["notes.stop"]);
    await primary(all)[0]?.run();
    expect(sent).toEqual([{ type: "notes.stop_writing", activity: "q" }]);
  });

  it("A16: no action touches a note while people write", () => {
    const { all } = on([writing("open"), timer("running")]);
    expect(ids(all)).toEqual(["notes.stop", "notes.add_paper"]);
  });
});

describe("P2.2: turned over, all at once or one by one", () => {
  it("turns all, or one", async () => {
    const { all, sent } = on([
      writing("stopped"),
      note("a", "stopped"),
      note("b", "stopped"),
      note("c", "hidden"),
    ]);
    expect(primary(all)[0]).toMatchObject({ label: "Vend sedlerne", after: "2 sedler vises på tavlen" });
    await primary(all)[0]?.run();
    await find(all, "notes.turn_one")?.run();
    expect(sent.map((order) => order.type)).toEqual(["notes.turn_all", "notes.turn_one"]);
  });

  it("leaves the primary action to the agenda when all are turned, or only hidden ones are left", () => {
    expect(primary(on([writing("turned"), note("a", "up")]).all)).toEqual([]);
    expect(primary(on([writing("stopped"), note("a", "hidden")]).all)).toEqual([]);
    expect(primary(on([writing("stopped")]).all)).toEqual([]);
  });

  it("offers no turning where nothing is face down, whatever is late", () => {
    for (const late of [0, 3]) {
      const { all } = on([writing("stopped", late), note("a", "hidden")]);
      expect(ids(all)).not.toContain("notes.turn_all");
      expect(ids(all)).not.toContain("notes.turn_one");
    }
  });
});

describe("F1: what waits after the stop", () => {
  it.each([0, 3])("lets late notes in whether any are known of or not (%i)", async (late) => {
    const { all, sent, context } = on([writing("turned", late), note("a", "up")]);
    expect(find(all, "notes.let_in_late")?.label).toBe(da["notes.desk.let_in"]);
    await find(all, "notes.let_in_late")?.run();
    expect(sent).toEqual([{ type: "notes.let_in_late", activity: "q" }]);
    expect(context.announce).toHaveBeenCalledWith(da["notes.desk.let_in.done"]);
  });

  it("is not asked again once they are let in, nor while people write", () => {
    expect(ids(on([writing("turned", 3, true), note("a", "up")]).all)).not.toContain("notes.let_in_late");
    expect(ids(on([writing("open"), timer("running")]).all)).not.toContain("notes.let_in_late");
  });

  const said = (...records: Seen[]) => {
    const { context } = on(records);
    return waiting(context, stateOf(context));
  };

  it("is said with why, and with no number that was not told", () => {
    expect(said(writing("open"))).toBeUndefined();
    expect(said(writing("stopped"))).toEqual({
      text: da["notes.desk.waits.changes.stopped"],
      late: da["notes.desk.late.0"],
    });
    expect(said(writing("turned", 6))?.late).toContain("Mindst 6 sedler");
    expect(said(writing("turned", 6, true))).toEqual({ text: da["notes.desk.waits.both.turned"] });
    expect(said(writing("stopped", 0, true))).toEqual({ text: da["notes.desk.waits.both.stopped"] });
  });

  it("is over when the meeting is", () => {
    expect(said(writing("turned"), { kind: "workshop", id: "w", state: "ended" } as Seen)).toBeUndefined();
  });

  it("has no late notes when told in turn: nobody is late there", () => {
    const turned = { ...item, settings: { ...item.settings, mode: "in_turn" } } as Item;
    const { context, all } = on([writing("stopped")], { item: turned });
    expect(waiting(context, stateOf(context))).toEqual({ text: da["notes.desk.waits.in_turn"] });
    expect(ids(all)).not.toContain("notes.let_in_late");
  });
});

describe("2.5: a small group", () => {
  const small = (phones: number, records: Seen[], more: Partial<DeskContext> = {}) => {
    const connection = { presence: { phones, screens: 1, held: [] } } as unknown as RoomConnection;
    const { context } = on(records, { connection, ...more });
    return isSmall(context, stateOf(context));
  };

  it("is one to four phones, until the notes are turned", () => {
    expect([0, 1, 4, 5].map((phones) => small(phones, [writing("open")]))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(small(4, [writing("stopped"), note("a", "stopped")])).toBe(true);
    expect(small(4, [writing("turned"), note("a", "up")])).toBe(false);
    expect(small(4, [writing("open")], { live: false })).toBe(false);
  });

  it("A12 is as many as the company asks for, where that is more", () => {
    const workshop = { kind: "workshop", id: "w", state: "live", threshold: 8 } as Seen;
    expect([7, 8].map((phones) => small(phones, [writing("open"), workshop]))).toEqual([true, false]);
  });
});

describe("P2.2: told in turn", () => {
  const turned = { ...item, settings: { ...item.settings, mode: "in_turn" } } as Item;
  const telling: Seen = { kind: "telling", id: "telling:q", activity: "q", turn: 1 };
  const inTurn = (...records: Seen[]) => on(records, { item: turned });

  it("passes the word where notes would be turned, and says how many are not hung up", async () => {
    const first = inTurn(writing("stopped"));
    expect(primary(first.all)[0]).toMatchObject({ label: da["notes.desk.pass_word"] });
    expect(ids(first.all)).not.toContain("notes.turn_all");
    await primary(first.all)[0]?.run();
    expect(first.sent).toEqual([{ type: "notes.pass_word", activity: "q" }]);
    const next = inTurn(writing("stopped"), telling, note("a", "up"));
    expect(primary(next.all)[0]).toMatchObject({
      label: da["notes.desk.pass_on"],
      after: "2 sedler er ikke hængt op endnu",
    });
  });

  it("leaves the primary action to the agenda when every note hangs", () => {
    const { all } = inTurn(
      writing("stopped"),
      telling,
      note("a", "up"),
      note("b", "hidden"),
      note("c", "up"),
    );
    expect(primary(all)).toEqual([]);
    expect(ids(all)).toContain("notes.pass_word");
  });

  it("is exchanged for the other way until there is a note, by a kind that becomes itself", async () => {
    const empty = { ...writing("open"), cards: 0 };
    const { all, sent } = on([empty]);
    await find(all, "notes.mode")?.run();
    expect(sent[0]).toMatchObject({
      type: "agenda.become",
      activity: "notes",
      settings: { mode: "in_turn" },
    });
    expect(ids(on([writing("open")]).all)).not.toContain("notes.mode");
    expect(ids(inTurn(empty, timer("running")).all)).toEqual(["notes.stop", "notes.mode"]);
  });

  it("P2.3: has a script of its own", () => {
    expect(script(inTurn(writing("open")).context).stage).toBe("notes.desk.say.turn_before");
    expect(script(inTurn(writing("stopped"), telling).context).stage).toBe("notes.desk.say.turn_telling");
  });
});

describe("one note", () => {
  it("A13: masks the picked note, with the number it was seen at", async () => {
    const { context, sent } = on([writing("stopped"), note("a", "stopped")], {
      ask: (question) => answered(question, "uden navn"),
    });
    expect(find(actions(context), "notes.mask")).toBeUndefined();
    context.selection.only("a");
    await find(actions(context), "notes.mask")?.run();
    expect(sent).toEqual([{ type: "notes.mask", note: "a", base: 3, text: "uden navn" }]);
  });

  it("P2.2: is hidden, and shown again when it is hidden already", async () => {
    const { context, sent } = on([writing("turned"), note("a", "up"), note("b", "hidden")]);
    context.selection.set(["a", "b"]);
    await find(actions(context), "notes.hide")?.run();
    context.selection.only("b");
    await find(actions(context), "notes.hide")?.run();
    expect(sent).toEqual([
      { type: "notes.hide", note: "a", base: 3 },
      { type: "notes.show", note: "b", base: 4 },
    ]);
  });

  it("P2.2: is brought forward only once it is turned", () => {
    const { context } = on([writing("stopped"), note("a", "stopped"), note("b", "up")]);
    context.selection.only("a");
    expect(ids(actions(context))).not.toContain("notes.forward");
    context.selection.only("b");
    expect(ids(actions(context))).toContain("notes.forward");
  });

  it("A5: is deleted for good only after a yes, and only by the facilitator", async () => {
    const records = [writing("turned"), note("a", "up")];
    const no = on(records);
    no.context.selection.only("a");
    await find(actions(no.context), "notes.delete")?.run();
    expect(no.sent).toEqual([]);
    const yes = on(records, { ask: () => Promise.resolve("yes") });
    yes.context.selection.only("a");
    await find(actions(yes.context), "notes.delete")?.run();
    expect(yes.sent).toEqual([{ type: "notes.delete", note: "a" }]);
    expect(find(on(records, { facilitator: false }).all, "notes.delete")).toBeUndefined();
  });
});

describe("F6: several notes", () => {
  const many = (n: number) => Array.from({ length: n }, (_, at) => `n${at}`);
  const flood = (n: number, more: Partial<DeskContext> = {}) => {
    const made = on([writing("stopped"), ...many(n).map((id) => note(id, "stopped"))], more);
    made.context.selection.set(many(n));
    return { ...made, action: find(actions(made.context), "notes.delete") };
  };

  it("are deleted at once, with one confirmation that says how many", async () => {
    const ask = vi.fn(() => Promise.resolve("yes"));
    const { action, sent, context } = flood(7, { ask });
    expect(action).toMatchObject({ key: "Delete", label: "Slet 7 for altid", danger: true });
    await action?.run();
    expect(ask).toHaveBeenCalledTimes(1);
    expect(ask).toHaveBeenCalledWith(expect.objectContaining({ title: "Slet 7 sedler for altid?" }));
    expect(sent).toEqual([{ type: "notes.delete_many", notes: many(7) }]);
    expect(context.toast).toHaveBeenCalledWith("7 sedler er slettet");
  });

  it("stay without confirmation, and for co-facilitators", async () => {
    const { action, sent } = flood(7);
    await action?.run();
    expect(sent).toEqual([]);
    expect(flood(7, { facilitator: false }).action).toBeUndefined();
  });

  it("are at most two hundred", () => {
    expect(flood(200).action?.disabled).toBeUndefined();
    expect(flood(201).action?.disabled).toBe("Slet højst 200 ad gangen");
  });
});

describe("paper notes", () => {
  it("are one per line, without the blank ones", () => {
    expect(linesOf(" a \r\n\r\nb\n")).toEqual(["a", "b"]);
  });

  it("are put on the board together", async () => {
    const { all, sent } = on([writing("open")], { ask: (question) => answered(question, "a\nb") });
    await find(all, "notes.add_paper")?.run();
    expect(sent).toEqual([{ type: "notes.add_paper", activity: "q", texts: ["a", "b"] }]);
  });
});

describe("W11: a round that is open by link", () => {
  const now = new Date(2027, 0, 4, 9).getTime();
  const linked = {
    ...item,
    settings: { ...item.settings, open_until: "2027-01-08" },
  } as Item;
  const by = { item: linked, clock: { now } as Ticker };

  it("has the link as what there is to do, and no clock; stopping stays possible", () => {
    const { all, context } = on([writing("open")], by);
    expect(ids(primary(all))).toEqual(["by_link.copy"]);
    expect(primary(all)[0]?.after).toBe("Åben til og med fredag 8. januar");
    expect(ids(all)).not.toContain("notes.start");
    expect(ids(all)).toContain("notes.stop");
    expect(script(context).stage).toBe("notes.desk.say.by_link");
  });

  it("is turned over as any other once it has ended", () => {
    const { all } = on([writing("stopped"), note("a", "stopped")], by);
    expect(ids(primary(all))).toEqual(["notes.turn_all"]);
  });

  it("is made of one in the meeting by choosing a day, and the other way round", async () => {
    const clock = { now } as Ticker;
    const chosen = on([writing("open")], { clock, ask: () => Promise.resolve("2027-01-07") });
    await find(chosen.all, "by_link.days")?.run();
    expect(chosen.sent).toMatchObject([
      {
        type: "agenda.change",
        item: "q",
        settings: { open_until: "2027-01-07", question: "Hvad giver dig lyst?" },
      },
    ]);
    const back = on([writing("open")], { ...by, ask: () => Promise.resolve("meeting") });
    await find(back.all, "by_link.days")?.run();
    expect(back.sent).toMatchObject([{ settings: { open_until: null } }]);
  });
});
