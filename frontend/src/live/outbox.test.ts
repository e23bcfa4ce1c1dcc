import type { FaultCode } from "../protocol.gen";
import fc from "../../tests/repeatable";
import { beforeEach, describe, expect, it } from "vitest";
import { Outbox } from "./outbox";
import { memoryShelf, shelf, type Shelf } from "./shelf";
import type { Answered, NoteCommand } from "../engine/types";

const stored = (...told: string[]): Answered => ({ stored: true, told });
const refused = (code: FaultCode, retryAfter: number | null = null): Answered => ({
  stored: false,
  code,
  fresh: null,
  retryAfter,
});

/** The server's side of B41–B45, as far as a phone can see it. */
class Server {
  notes = new Map<string, { secret: string; rev: number; text: string | null }>();
  seen: NoteCommand[] = [];
  answer(command: NoteCommand): Answered {
    this.seen.push(command);
    const known = this.notes.get(command.note);
    const { secret, rev, text } = command;
    if (command.type === "notes.write") {
      if (!known) {
        this.notes.set(command.note, { secret, rev, text });
        return stored();
      }
      if (known.text === null) return refused("gone");
      if (known.secret !== secret) return refused("taken");
      return known.text === text ? stored() : refused("stale");
    }
    if (!known) return refused("unknown");
    if (known.text === null) return refused("gone");
    if (known.secret !== secret) return refused("not_yours");
    if (rev <= known.rev) return rev === known.rev && text === known.text ? stored() : refused("stale");
    this.notes.set(command.note, { secret, rev, text });
    return stored();
  }
  get texts() {
    return [...this.notes.values()].map((note) => note.text).filter((text) => text !== null);
  }
}

const settle = async () => {
  for (let n = 0; n < 40; n++) await Promise.resolve();
};

function outbox(send: (command: NoteCommand) => Answered | Promise<Answered>, kept: Shelf = memoryShelf()) {
  const box = new Outbox({
    send: async (command) => send(command),
    shelf: kept,
    sleep: () => Promise.resolve(),
    random: () => 0.5,
    channel: null,
  });
  box.workshop = "w";
  return box;
}

describe("sending", () => {
  it("[R2] keeps a note on the phone before anything leaves it", async () => {
    const order: string[] = [];
    const kept = memoryShelf();
    const put = kept.put;
    kept.put = async (mine) => {
      order.push("kept");
      await put(mine);
    };
    const box = outbox(() => {
      order.push("sent");
      return stored();
    }, kept);
    await box.write("q1", "a");
    await settle();
    expect(order[0]).toBe("kept");
    expect(order).toContain("sent");
  });

  it("says `stored` only after the server did", async () => {
    let answer: (given: Answered) => void = () => undefined;
    const box = outbox(() => new Promise((given) => (answer = given)));
    await box.write("q1", "a");
    await settle();
    expect(box.notes[0]?.state).toBe("unsent");
    answer(stored());
    await settle();
    expect(box.notes[0]?.state).toBe("stored");
  });

  it("a lost answer leaves the note unsent, and the next flush sends the same id and secret again", async () => {
    const server = new Server();
    let cut = true;
    const box = outbox((command) => {
      const answer = server.answer(command);
      return cut ? refused("lost") : answer;
    });
    await box.write("q1", "a");
    await settle();
    expect(box.unsent).toBe(1);
    cut = false;
    await box.flush();
    expect(server.texts).toEqual(["a"]);
    expect(box.notes[0]?.state).toBe("stored");
  });

  it("[R13] a late note is reported as late", async () => {
    const box = outbox(() => stored("late"));
    await box.write("q1", "a");
    await settle();
    expect(box.notes[0]?.state).toBe("late");
  });

  it("[F1] a change after the stop is reported as waiting, with the seq its note has meanwhile", async () => {
    const answers = [stored(), stored("waits"), stored()];
    const box = outbox(() => answers.shift() ?? stored());
    const { note } = await box.write("q1", "a");
    await settle();
    box.board = { seqOf: () => 7 };
    await box.edit(note, "b");
    await settle();
    expect(box.notes[0]).toMatchObject({ text: "b", board: "b", state: "late", seq: 7 });
    await box.edit(note, "c");
    await settle();
    expect(box.notes[0]?.state).toBe("stored");
  });

  it("[F1] of a deletion that waits nothing is kept but that it does", async () => {
    const answers = [stored(), stored("waits")];
    const kept = memoryShelf();
    const box = outbox(() => answers.shift() ?? stored(), kept);
    const { note } = await box.write("q1", "a");
    await settle();
    await box.remove(note);
    await settle();
    expect(box.notes).toEqual([]);
    expect(box.all).toMatchObject([{ note, text: null, state: "late" }]);
    expect(JSON.stringify(await kept.all())).not.toContain('"a"');
    await box.wipe("w");
    expect(await kept.all()).toEqual([]);
  });

  it("[X11] a full or busy server is retried automatically", async () => {
    const answers = [refused("slow_down", 3), refused("busy"), refused("full"), stored()];
    const box = outbox(() => answers.shift() ?? stored());
    await box.write("q1", "a");
    await settle();
    expect(answers).toEqual([]);
    expect(box.notes[0]?.state).toBe("stored");
  });

  it("[A1] sends nothing of one meeting to another", async () => {
    const sent: string[] = [];
    const kept = memoryShelf();
    const first = outbox(() => refused("lost"), kept);
    await first.write("q1", "a");
    await settle();
    const second = outbox((command) => {
      sent.push(command.note);
      return stored();
    }, kept);
    second.workshop = "another";
    await second.flush();
    expect(sent).toEqual([]);
    expect(second.notes).toEqual([]);
  });

  it("[T7] every frame is filled up to the same length", async () => {
    const lengths: number[] = [];
    const box = outbox((command) => {
      lengths.push(JSON.stringify(command).length);
      return stored();
    });
    await box.write("q1", "a");
    await box.write("q1", "a much longer note ".repeat(10));
    await settle();
    expect(new Set(lengths).size).toBe(1);
  });
});

describe("revisions", () => {
  it("[B41] `stale` is answered with the next revision, as an edit", async () => {
    const server = new Server();
    const box = outbox((command) => server.answer(command));
    const { note, secret } = await box.write("q1", "a");
    server.notes.set(note, { secret, rev: 4, text: "from another tab" });
    await settle();
    expect(server.notes.get(note)?.text).toBe("a");
    expect(server.seen.at(-1)).toMatchObject({ type: "notes.edit", rev: 5 });
  });

  it("[B42] an id that somebody else has is given up for a new one", async () => {
    const server = new Server();
    let first = true;
    const box = outbox((command) => {
      if (!first) return server.answer(command);
      first = false;
      return refused("taken");
    });
    await box.write("q1", "a");
    await settle();
    expect(server.texts).toEqual(["a"]);
  });

  it("[B45] deleting twice, or what is gone already, is the same as deleted", async () => {
    const server = new Server();
    const box = outbox((command) => server.answer(command));
    const { note } = await box.write("q1", "a");
    await settle();
    await box.remove(note);
    await settle();
    expect(server.notes.get(note)?.text).toBeNull();
    expect(box.notes).toEqual([]);
    await box.remove(note);
    expect(box.notes).toEqual([]);
  });

  it("a note that never left is deleted without a word to the server", async () => {
    const kept = memoryShelf();
    const box = outbox(() => stored(), kept);
    await kept.put({
      note: "n",
      secret: "s",
      workshop: "w",
      activity: "q1",
      paper: "korn",
      rev: 1,
      text: "a",
      tried: false,
      made: 0,
      state: "unsent",
    });
    await box.reload();
    await box.remove("n");
    expect(await kept.all()).toEqual([]);
  });

  it("ends where the last wish was, whatever is lost, doubled or sent in between (R8)", async () => {
    const wish = fc.oneof(fc.string({ minLength: 1, maxLength: 4 }), fc.constant(null));
    const fate = fc.constantFrom("through", "answer lost", "never arrived", "twice");
    await fc.assert(
      fc.asyncProperty(
        fc.array(wish, { maxLength: 6 }),
        fc.array(fate, { maxLength: 20 }),
        async (wishes, fates) => {
          const server = new Server();
          const left = [...fates];
          const box = outbox((command) => {
            const now = left.shift() ?? "through";
            if (now === "never arrived") return refused("lost");
            if (now === "twice") server.answer(command);
            const answer = server.answer(command);
            return now === "answer lost" ? refused("lost") : answer;
          });
          const { note } = await box.write("q1", "first");
          for (const next of wishes) {
            if (next === null) await box.remove(note);
            else await box.edit(note, next);
          }
          for (let n = 0; n < 25; n++) await box.flush("now");
          const deleted = wishes.includes(null);
          const last = deleted ? undefined : (wishes.at(-1) ?? "first");
          expect(server.texts).toEqual(last === undefined ? [] : [last]);
          expect(box.unsent).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("refusals", () => {
  it("a refused note comes back with its text and the reason", async () => {
    const box = outbox(() => refused("too_long"));
    const { note } = await box.write("q1", "far too long");
    await settle();
    expect(box.notes[0]).toMatchObject({ state: "returned", code: "too_long" });
    expect(await box.takeBack(note)).toBe("far too long");
    expect(box.notes).toEqual([]);
  });

  it("a refused change leaves what hangs, and says why", async () => {
    const server = new Server();
    const box = outbox((command) => (command.rev > 1 ? refused("closed") : server.answer(command)));
    const { note } = await box.write("q1", "hangs");
    await settle();
    await box.edit(note, "other");
    await settle();
    expect(box.notes[0]).toMatchObject({ text: "hangs", state: "stored", code: "closed" });
    await box.remove(note);
    await settle();
    expect(box.notes[0]).toMatchObject({ text: "hangs", state: "stored", code: "closed" });
  });
});

describe("on the phone", () => {
  beforeEach(async () => {
    await shelf().wipe("");
  });

  it("[R2] another page of the same phone finds the note and sends it once", async () => {
    const server = new Server();
    const first = outbox(() => refused("lost"), shelf());
    await first.write("q1", "kept");
    await new Promise((done) => setTimeout(done, 20));
    const second = outbox((command) => server.answer(command), shelf());
    await second.ready;
    await second.flush("now");
    await first.flush("now");
    expect(server.texts).toEqual(["kept"]);
  });

  it("keeps drafts by activity", async () => {
    const box = outbox(() => stored(), shelf());
    await box.keepDraft("q1", "half a sen");
    expect(await outbox(() => stored(), shelf()).draft("q1")).toBe("half a sen");
    expect(await box.draft("q2")).toBe("");
  });

  it("[T2] handing on wipes notes, secrets and drafts", async () => {
    const box = outbox(() => stored(), shelf());
    await box.write("q1", "mine");
    await box.keepDraft("q1", "more");
    await new Promise((done) => setTimeout(done, 20));
    await box.wipe();
    expect(box.notes).toEqual([]);
    const after = outbox(() => stored(), shelf());
    await after.ready;
    expect(after.notes).toEqual([]);
    expect(await after.draft("q1")).toBe("");
  });

  it("an answer that comes after the wipe brings nothing back", async () => {
    let answer: (given: Answered) => void = () => undefined;
    const box = outbox(() => new Promise((given) => (answer = given)), shelf());
    await box.write("q1", "mine");
    await new Promise((done) => setTimeout(done, 20));
    await box.wipe();
    answer(stored());
    await new Promise((done) => setTimeout(done, 20));
    const after = outbox(() => stored(), shelf());
    await after.ready;
    expect(after.notes).toEqual([]);
  });

  it("[G17] at the end everything of that meeting is forgotten at once, sent or not, and nothing of another", async () => {
    const box = outbox((command) => (command.text === "hangs" ? stored() : refused("lost")), shelf());
    await box.write("q1", "hangs");
    await box.write("q1", "never sent");
    await box.keepDraft("q1", "half a sen");
    await box.keepDraft("ballots q1", "with its secret");
    box.workshop = "other";
    await box.write("q2", "of another");
    await box.keepDraft("q2", "half of another");
    await new Promise((done) => setTimeout(done, 30));
    box.workshop = "w";
    await box.wipe("w");
    expect(box.notes).toEqual([]);
    const after = outbox(() => refused("lost"), shelf());
    await after.ready;
    expect(after.notes).toEqual([]);
    expect([await after.draft("q1"), await after.draft("ballots q1")]).toEqual(["", ""]);
    after.workshop = "other";
    expect(after.notes.map((mine) => mine.text)).toEqual(["of another"]);
    expect(await after.draft("q2")).toBe("half of another");
  });

  it("[G17] what is forgotten in one tab is forgotten in the others, out of their own memory too", async () => {
    const tabs: { postMessage(said: unknown): void; onmessage: BroadcastChannel["onmessage"] }[] = [];
    const tab = (kept: Shelf) => {
      const channel: (typeof tabs)[number] = {
        onmessage: null,
        postMessage: (said) => {
          for (const other of tabs.filter((each) => each !== channel))
            other.onmessage?.call({} as BroadcastChannel, new MessageEvent("message", { data: said }));
        },
      };
      tabs.push(channel);
      const box = new Outbox({ send: () => Promise.resolve(refused("lost")), shelf: kept, channel });
      box.workshop = "w";
      return box;
    };
    const kept = memoryShelf();
    const [first, second] = [tab(memoryShelf()), tab(kept)];
    await second.write("q1", "never sent");
    await second.keepDraft("q1", "half a sen");
    const life = second.life;
    void first.wipe();
    expect(second.notes).toEqual([]);
    expect(second.life).toBe(life + 1);
    await settle();
    expect([await kept.all(), await second.draft("q1")]).toEqual([[], ""]);
  });
});
