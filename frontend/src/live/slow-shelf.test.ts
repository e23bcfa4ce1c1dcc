/** G19: nobody waits for the shelf. After a second this page's memory does its work, until it answers. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Ballots } from "../parts/ballots/ballots.svelte";
import { Outbox } from "./outbox";
import { memoryShelf, patient, shelf, type Shelf } from "./shelf";
import type { NoteCommand, PhoneCommand } from "../engine/types";

let sent: NoteCommand[];
const outbox = (kept?: Shelf, lost = false) => {
  const made = new Outbox({
    send: (command) => {
      sent.push(command);
      return Promise.resolve(
        lost ? { stored: false, code: "lost", fresh: null, retryAfter: null } : { stored: true, told: [] },
      );
    },
    shelf: kept as Shelf,
    channel: null,
  });
  made.workshop = "w";
  return made;
};

/** A shelf that does nothing until it is released, then what it was asked, in that order. */
function asleep() {
  const behind = memoryShelf();
  let wake = (): void => undefined;
  const woken = new Promise<void>((done) => (wake = done));
  const late =
    <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
    (...args: A) =>
      woken.then(() => work(...args));
  const slow: Shelf = {
    all: late(() => behind.all()),
    put: late(behind.put),
    remove: late(behind.remove),
    draft: late((key: string) => behind.draft(key)),
    keepDraft: late(behind.keepDraft),
    wipe: late(behind.wipe),
  };
  return { behind, slow, wake: () => wake() };
}

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});
const second = () => vi.advanceTimersByTimeAsync(1_100);

describe("G19 a shelf that never answers", () => {
  it.each(["open", "transaction"])("is not waited for: the note is sent (%s)", async (what) => {
    if (what === "open") vi.spyOn(indexedDB, "open").mockReturnValue({} as IDBOpenDBRequest);
    else {
      const db = {
        close: () => undefined,
        transaction: () => ({ objectStore: () => ({ put: () => ({}), getAll: () => ({}) }) }),
      };
      vi.spyOn(indexedDB, "open").mockImplementation(() => {
        const request = { result: db } as unknown as IDBOpenDBRequest;
        queueMicrotask(() => request.onsuccess?.(new Event("success")));
        return request;
      });
    }
    const box = outbox(shelf());
    void box.write("q", "Kaffen sammen");
    await second();
    expect(sent.map((command) => command.text)).toEqual(["Kaffen sammen"]);
    await second();
    expect(box.notes.map((mine) => mine.state)).toEqual(["stored"]);
    // Once it has kept somebody waiting, nobody else does.
    void box.write("q", "og pausen");
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toHaveLength(2);
    void box.flush("now");
    await second();
    expect(box.notes).toHaveLength(2);
  });

  it("is asked for a draft, and the field does not wait", async () => {
    const box = outbox(asleep().slow);
    let read: string | undefined;
    void box.draft("q").then((text) => (read = text));
    await second();
    expect(read).toBe("");
    void box.keepDraft("q", "halv");
    void box.draft("q").then((text) => (read = text));
    await second();
    expect(read).toBe("halv");
  });

  it("keeps nobody from handing the phone on", async () => {
    const box = outbox(asleep().slow);
    void box.write("q", "min");
    void box.keepDraft("q", "halv");
    await second();
    await second();
    const wiped = box.wipe();
    await second();
    await wiped;
    expect(box.notes).toEqual([]);
    const draft = box.draft("q");
    await second();
    expect(await draft).toBe("");
  });
});

describe("G19 a shelf that answers late", () => {
  it("has then all that was written, and brings what it had", async () => {
    const { behind, slow, wake } = asleep();
    const earlier = outbox(behind);
    await earlier.write("q", "fra før");
    await behind.keepDraft("w q", "halv fra før");
    const box = outbox(slow);
    const late: string[] = [];
    void box.draft("q", (text) => late.push(text));
    void box.write("q", "ny");
    await second();
    expect(box.notes.map((mine) => mine.text)).toEqual(["ny"]);
    wake();
    await second();
    expect(box.notes.map((mine) => mine.text)).toEqual(["fra før", "ny"]);
    expect((await behind.all()).map((mine) => mine.text)).toEqual(["fra før", "ny"]);
    expect(late).toEqual(["halv fra før"]);
  });

  it("R2 sends what it had that was not sent", async () => {
    const { behind, slow, wake } = asleep();
    await outbox(behind, true).write("q", "fra før");
    await second();
    sent = [];
    const box = outbox(slow);
    // The line opens before the shelf has answered.
    void box.flush("now");
    await second();
    expect(sent).toEqual([]);
    wake();
    await second();
    expect(sent.map((command) => command.text)).toEqual(["fra før"]);
    expect((await behind.all()).map((mine) => mine.state)).toEqual(["stored"]);
  });

  it("brings nothing back that was wiped meanwhile", async () => {
    const { behind, slow, wake } = asleep();
    const box = outbox(slow);
    void box.write("q", "min");
    await second();
    void box.wipe();
    await second();
    wake();
    await second();
    expect([box.notes, await behind.all()]).toEqual([[], []]);
  });

  it("R2 sends an answer by tap that it had and that was not sent", async () => {
    const { behind, slow, wake } = asleep();
    const before = { ballot: "b", secret: "s", rev: 2, value: 1, state: "unsent" };
    await behind.keepDraft("w ballots i", JSON.stringify({ x: before }));
    const casts: PhoneCommand[] = [];
    const send = (command: PhoneCommand) => {
      casts.push(command);
      return Promise.resolve({ stored: true as const, told: [] });
    };
    const ballots = new Ballots({ activity: "i", send, shelf: outbox(slow), random: () => 0, apart: 10_000 });
    void ballots.flush();
    await second();
    expect(casts).toEqual([]);
    wake();
    await second();
    expect(casts).toMatchObject([{ ballot: "b", rev: 2, value: 1 }]);
  });

  it("of an answer by tap has one ballot, also of one given before it was read", async () => {
    const { behind, slow, wake } = asleep();
    const before = { ballot: "b", secret: "s", rev: 2, value: 1, state: "stored" };
    await behind.keepDraft("w ballots i", JSON.stringify({ x: before }));
    const casts: PhoneCommand[] = [];
    const ballots = new Ballots({
      activity: "i",
      send: async (command) => {
        casts.push(command);
        return { stored: true, told: [] };
      },
      shelf: outbox(slow),
      random: () => 1,
      apart: 10_000,
    });
    void ballots.answer("x", 2);
    await second();
    wake();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(casts).toMatchObject([{ ballot: "b", secret: "s", rev: 3, value: 2 }]);
  });
});

it("G19 a shelf without room keeps the newer words in memory, not the older ones on the disk", async () => {
  const full = memoryShelf();
  const box = outbox({
    ...full,
    put: (mine) => (mine.rev > 1 ? Promise.reject(new Error("quota")) : full.put(mine)),
  });
  const { note } = await box.write("q", "først");
  await box.edit(note, "rettet");
  await box.reload();
  expect(box.notes.map((mine) => mine.text)).toEqual(["rettet"]);
});

it("G19 what a shelf could not delete does not come back", async () => {
  const stuck = patient({ ...memoryShelf(), remove: () => Promise.reject(new Error("broken")) });
  const box = outbox(stuck);
  const { note } = await box.write("q", "væk");
  await box.takeBack(note);
  await box.reload();
  expect(box.notes).toEqual([]);
});
