/**
 * The phone's own notes: kept on the phone before they are sent, sent until the server has them (R2), and kept
 * with their secrets so that only this phone can edit or delete them (A1). Every tab reads the same outbox.
 */
import { createSubscriber } from "svelte/reactivity";
import type { Board } from "./board.svelte";
import { newId, newSecret } from "./ids";
import type { Answered, Paper, NoteCommand } from "./types";

export type Mine = {
  note: string;
  secret: string;
  /** Which meeting it belongs to: nothing is ever sent to another. */
  workshop: string;
  activity: string;
  /** The paper it was written on, for looks. */
  paper: Paper;
  /** The poster it hangs on (P4.1, P4.2), with its name as it was read. */
  poster?: { readonly id: string; readonly name: string } | undefined;
  rev: number;
  /** What it is to say; null: to be deleted. */
  text: string | null;
  /** What the server has for certain; undefined: nothing. */
  board?: string | null;
  /** Whether it may have arrived at all. */
  tried: boolean;
  /** Made at, for the order on this phone only; never sent. */
  made: number;
  /**
   * `late`: stored after the stop, and waits for others (a new note, a change, or with `text` null a deletion).
   * `returned`: refused, the text is back with its writer.
   */
  state: "unsent" | "stored" | "late" | "returned";
  /** The number its note had on the board when it was stored; while it waits there is no other. */
  seq?: number | undefined;
  code?: string;
};

/** What one tab says to the others. */
type Told = "changed" | { wipe: string };

const of = (mine: Mine, workshop: string) => mine.workshop.startsWith(workshop);

export interface Shelf {
  all(): Promise<Mine[]>;
  put(mine: Mine): Promise<void>;
  remove(note: string): Promise<void>;
  draft(key: string): Promise<string>;
  keepDraft(key: string, text: string): Promise<void>;
  /** Notes and drafts of one meeting; of every meeting where none is named. */
  wipe(workshop: string): Promise<void>;
}

export interface OutboxOptions {
  send: (command: NoteCommand) => Promise<Answered>;
  shelf?: Shelf;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
  /** Tells other tabs of this phone; handed in by tests. */
  channel?: Pick<BroadcastChannel, "postMessage" | "onmessage"> | null;
}

/** Refusals that mend themselves: the note stays and is sent again. */
const passing = new Set(["lost", "busy", "full", "slow_down"]);

export class Outbox {
  #send: OutboxOptions["send"];
  #shelf: Shelf;
  #sleep: (ms: number) => Promise<void>;
  #random: () => number;
  #channel: OutboxOptions["channel"];
  #notes = new Map<string, Mine>();
  #busy = new Set<string>();
  /** When this page last changed a note; `#tick` counts those changes. */
  #touched = new Map<string, number>();
  /** Changes of a note that the shelf has not answered yet. */
  #open = new Map<string, number>();
  #tick = 0;
  /** Grows with a wipe: what was on its way before may not come back. */
  #life = 0;
  #changed: () => void = () => undefined;
  #subscribe: () => void;
  /** The meeting this phone is in; set on joining. */
  workshop = "";
  /** What the room sees of it; set by the page. */
  declare board: Pick<Board, "seqOf"> | undefined;
  /** Resolves when what was kept on the phone has been read. */
  ready: Promise<void>;

  constructor(options: OutboxOptions) {
    this.#send = options.send;
    this.#shelf = options.shelf ?? shelf();
    this.#sleep = options.sleep ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    this.#random = options.random ?? Math.random;
    this.#subscribe = createSubscriber((update) => {
      this.#changed = update;
    });
    this.#channel = options.channel === undefined ? channel() : options.channel;
    if (this.#channel)
      this.#channel.onmessage = ({ data }: MessageEvent<Told>) =>
        void (data === "changed" ? this.reload() : this.#wiped(data.wipe));
    this.ready = this.reload();
  }

  /** All of mine of this meeting, in the order I wrote them. */
  get all(): Mine[] {
    this.#subscribe();
    return [...this.#notes.values()]
      .filter((mine) => mine.workshop === this.workshop)
      .sort((a, b) => a.made - b.made);
  }

  /** My notes; those to be deleted are not among them. */
  get notes(): Mine[] {
    return this.all.filter((mine) => mine.text !== null);
  }

  /** How many are still on their way. */
  get unsent(): number {
    return this.notes.filter((mine) => mine.state === "unsent").length;
  }

  of(activity: string): Mine[] {
    return this.notes.filter((mine) => mine.activity === activity);
  }

  /** Reads what is kept on the phone; what was changed here while reading is newer and stays. */
  async reload(): Promise<void> {
    const life = this.#life;
    const began = this.#tick;
    const kept = await this.#shelf.all();
    if (life !== this.#life) return;
    const notes = new Map(kept.map((mine) => [mine.note, mine]));
    for (const note of new Set([...this.#touched.keys(), ...this.#open.keys()])) {
      if (!this.#open.get(note) && (this.#touched.get(note) ?? 0) <= began) continue;
      const mine = this.#notes.get(note);
      if (mine) notes.set(note, mine);
      else notes.delete(note);
    }
    this.#notes = notes;
    this.#changed();
  }

  /** Keeps the note on the phone, then sends it; resolves as soon as it is kept. */
  async write(activity: string, text: string, paper: Paper = "korn", poster?: Mine["poster"]): Promise<Mine> {
    const mine: Mine = {
      note: newId(),
      secret: newSecret(),
      workshop: this.workshop,
      activity,
      paper,
      poster,
      rev: 1,
      text,
      tried: false,
      made: Date.now(),
      state: "unsent",
    };
    await this.#keep(mine);
    void this.#deliver(mine.note);
    return mine;
  }

  async edit(note: string, text: string): Promise<void> {
    await this.#change(note, text);
  }

  async remove(note: string): Promise<void> {
    const mine = this.#notes.get(note);
    if (mine && !mine.tried && mine.board === undefined) return this.#forget(note);
    await this.#change(note, null);
  }

  /** Takes a returned note off the list, so that its text can go back to the field. */
  async takeBack(note: string): Promise<string> {
    const mine = this.#notes.get(note);
    await this.#forget(note);
    return mine?.text ?? "";
  }

  /** Sends what waits, one request each; after a break 0 to 3 s apart by chance (A1, 2.3 step 4). */
  async flush(spread: "now" | "spread" = "spread"): Promise<void> {
    await this.ready;
    await this.reload();
    const waiting = this.all.filter((mine) => mine.state === "unsent");
    await Promise.all(
      waiting.map(async ({ note }, nth) => {
        if (spread === "spread" && nth > 0) await this.#sleep(this.#random() * 3_000);
        await this.#deliver(note);
      }),
    );
  }

  /** Grows with each wipe, here or in another tab: whoever holds something of mine in a field begins anew. */
  get life(): number {
    this.#subscribe();
    return this.#life;
  }

  /**
   * The meeting is over, or without one named "hand on": at once nothing of mine stays on this phone, sent or not, in
   * no tab of it (G17).
   */
  wipe(workshop = ""): Promise<void> {
    this.#channel?.postMessage({ wipe: workshop });
    return this.#wiped(workshop);
  }

  draft(activity: string): Promise<string> {
    return this.#shelf.draft(`${this.workshop} ${activity}`);
  }

  keepDraft(activity: string, text: string): Promise<void> {
    return this.#shelf.keepDraft(`${this.workshop} ${activity}`, text);
  }

  /** Every tab does it for itself: each has a memory of its own, and may just have kept something. */
  #wiped(workshop: string): Promise<void> {
    this.#life += 1;
    for (const mine of this.#notes.values()) if (of(mine, workshop)) this.#notes.delete(mine.note);
    this.#changed();
    return this.#shelf.wipe(workshop);
  }

  async #change(note: string, text: string | null): Promise<void> {
    const mine = this.#notes.get(note);
    // Deleted is deleted, even before the server has heard of it.
    if (!mine || mine.text === null) return;
    const { code: _, ...rest } = mine;
    await this.#keep({ ...rest, text, rev: mine.rev + 1, state: "unsent" });
    void this.#deliver(note);
  }

  /** Sends one note until it is stored, returned or the line is gone. Never two requests of one note at once. */
  async #deliver(note: string): Promise<void> {
    if (this.#busy.has(note)) return;
    this.#busy.add(note);
    const life = this.#life;
    try {
      for (let tries = 0; ; tries++) {
        const mine = this.#notes.get(note);
        if (!mine || mine.state !== "unsent" || life !== this.#life) return;
        if (!mine.tried) await this.#keep({ ...mine, tried: true });
        const sent = this.#notes.get(note) ?? mine;
        const answer = await this.#send(command(sent));
        if (life !== this.#life) return;
        if (!answer.stored && passing.has(answer.code)) {
          // The connection calls `flush` when it is back; what the server put off is tried again here.
          if (answer.code === "lost") return;
          const wait = answer.retryAfter ?? Math.min(15, 2 ** tries);
          await this.#sleep((wait + this.#random()) * 1_000);
          continue;
        }
        await this.#answered(sent, answer);
      }
    } finally {
      this.#busy.delete(note);
    }
  }

  async #answered(sent: Mine, answer: Answered): Promise<void> {
    const now = this.#notes.get(sent.note);
    if (!now) return;
    const touched = now.rev !== sent.rev || now.text !== sent.text;
    if (answer.stored) {
      const late = ["late", "waits"].some((code) => answer.told.includes(code));
      if (sent.text === null && !late) return this.#forget(sent.note);
      const state = touched ? "unsent" : late ? "late" : "stored";
      // Of what is deleted nothing stays on the phone but that it waits.
      return this.#keep({ ...now, board: sent.text, state, seq: this.board?.seqOf(sent.note) });
    }
    switch (answer.code) {
      case "stale":
        // The server has a note of that id with another text: from here on it is an edit, one revision up.
        return this.#keep({ ...now, board: now.board ?? "", rev: Math.max(now.rev, sent.rev) + 1 });
      case "taken": {
        await this.#forget(sent.note);
        await this.#keep({ ...now, note: newId(), secret: newSecret(), rev: 1, tried: false });
        void this.flush("now");
        return;
      }
      case "gone":
      case "unknown":
        if (now.text === null || sent.text === null || (answer.code === "gone" && sent.board !== undefined))
          return this.#forget(sent.note);
        return this.#keep({ ...now, state: "returned", code: answer.code });
      default:
        if (touched) return;
        // A refused change of a note that hangs: the board keeps what it had, and so do we.
        if (sent.board) return this.#keep({ ...now, text: sent.board, state: "stored", code: answer.code });
        return this.#keep({ ...now, text: sent.text ?? "", state: "returned", code: answer.code });
    }
  }

  async #keep(mine: Mine): Promise<void> {
    this.#notes.set(mine.note, mine);
    await this.#shelving(mine.note, this.#shelf.put(mine));
  }

  async #forget(note: string): Promise<void> {
    this.#notes.delete(note);
    await this.#shelving(note, this.#shelf.remove(note));
  }

  /** Until the shelf has it, and for reads begun before that, this page knows better than the shelf. */
  async #shelving(note: string, done: Promise<void>): Promise<void> {
    this.#open.set(note, (this.#open.get(note) ?? 0) + 1);
    this.#changed();
    await done;
    this.#open.set(note, (this.#open.get(note) ?? 1) - 1);
    this.#touched.set(note, ++this.#tick);
    this.#tell();
  }

  #tell(): void {
    this.#changed();
    this.#channel?.postMessage("changed");
  }
}

function command(mine: Mine): NoteCommand {
  const { note, secret, activity, rev, text } = mine;
  const who = { activity, note, secret, rev };
  const ask: NoteCommand =
    text === null || mine.board !== undefined
      ? { type: "notes.edit", ...who, text }
      : { type: "notes.write", ...who, text, poster: mine.poster?.id ?? null };
  // T7: filled up to 2 KiB, so that the length of a frame says little about the note in it.
  return { ...ask, pad: " ".repeat(Math.max(0, 2_000 - JSON.stringify(ask).length)) };
}

function channel(): BroadcastChannel | null {
  return typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("trivsel-outbox");
}

/** IndexedDB, opened anew for every transaction (iOS loses open ones while asleep); else this page's memory. */
export function shelf(): Shelf {
  const spare = memoryShelf();
  const use = async <T>(
    mode: IDBTransactionMode,
    work: (db: IDBTransaction) => IDBRequest<T>,
  ): Promise<T> => {
    const db = await opened();
    try {
      return await new Promise<T>((done, failed) => {
        // Drafts and notes in one: `strict` has the disk written before we say it is kept.
        const transaction = db.transaction(["notes", "drafts"], mode, { durability: "strict" });
        const request = work(transaction);
        transaction.oncomplete = () => done(request.result);
        transaction.onabort = () => failed(transaction.error);
      });
    } finally {
      db.close();
    }
  };
  const either = <T>(kept: () => Promise<T>, inMemory: () => Promise<T>) => kept().catch(inMemory);
  return {
    all: async () => {
      const inMemory = await spare.all();
      const kept = await use("readonly", (t) => t.objectStore("notes").getAll() as IDBRequest<Mine[]>).catch(
        () => [],
      );
      return [...kept, ...inMemory.filter((mine) => !kept.some((other) => other.note === mine.note))];
    },
    put: (mine) =>
      either(
        () => use("readwrite", (t) => t.objectStore("notes").put(mine)).then(() => spare.remove(mine.note)),
        () => spare.put(mine),
      ),
    remove: async (note) => {
      await spare.remove(note);
      await use("readwrite", (t) => t.objectStore("notes").delete(note)).catch(() => undefined);
    },
    draft: (activity) =>
      either(
        async () => ((await use("readonly", (t) => t.objectStore("drafts").get(activity))) as string) ?? "",
        () => spare.draft(activity),
      ),
    keepDraft: (activity, text) =>
      either(
        () => use("readwrite", (t) => t.objectStore("drafts").put(text, activity)).then(() => undefined),
        () => spare.keepDraft(activity, text),
      ),
    wipe: async (workshop) => {
      await spare.wipe(workshop);
      await use("readwrite", (t) => {
        t.objectStore("drafts").delete(IDBKeyRange.bound(workshop, `${workshop}\uffff`));
        const notes = t.objectStore("notes");
        const all = notes.getAll() as IDBRequest<Mine[]>;
        all.onsuccess = () => {
          for (const mine of all.result) if (of(mine, workshop)) notes.delete(mine.note);
        };
        return all;
      }).catch(() => undefined);
    },
  };
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const request = indexedDB.open("trivsel", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("notes", { keyPath: "note" });
      request.result.createObjectStore("drafts");
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
    request.onblocked = () => failed(new Error("blocked"));
  });
}

export function memoryShelf(): Shelf {
  const notes = new Map<string, Mine>();
  const drafts = new Map<string, string>();
  return {
    all: async () => [...notes.values()],
    put: async (mine) => void notes.set(mine.note, mine),
    remove: async (note) => void notes.delete(note),
    draft: async (activity) => drafts.get(activity) ?? "",
    keepDraft: async (activity, text) => void drafts.set(activity, text),
    wipe: async (workshop) => {
      for (const mine of notes.values()) if (of(mine, workshop)) notes.delete(mine.note);
      for (const key of drafts.keys()) if (key.startsWith(workshop)) drafts.delete(key);
    },
  };
}
