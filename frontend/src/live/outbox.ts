/**
 * The phone's own notes: kept on the phone before they are sent, sent until the server has them (R2), and kept
 * with their secrets so that only this phone can edit or delete them (A1). Every tab reads the same outbox.
 */
import type { FaultCode } from "../protocol.gen";
import { createSubscriber } from "svelte/reactivity";
import type { Board } from "../engine/board.svelte";
import { newId, newSecret } from "../engine/ids";
import { isOf, patient, shelf, type Mine, type Shelf } from "./shelf";
import type { Answered, Paper, NoteCommand } from "../engine/types";

/** The messages between tabs. */
type Told = "changed" | { wipe: string };

export interface OutboxOptions {
  send: (command: NoteCommand) => Promise<Answered>;
  shelf?: Shelf;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
  /** Notifies other tabs of this phone; a parameter for tests. */
  channel?: Pick<BroadcastChannel, "postMessage" | "onmessage"> | null;
}

/** Temporary refusals: the note stays and is sent again. */
const passing = new Set<FaultCode>(["lost", "busy", "full", "slow_down"]);

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
  /** Changes of a note that the shelf has not confirmed yet. */
  #open = new Map<string, number>();
  #tick = 0;
  /** Grows with a wipe: anything in flight before it must be ignored. */
  #life = 0;
  #changed: () => void = () => undefined;
  #subscribe: () => void;
  /** The meeting this phone is in; set on joining. */
  workshop = "";
  /** The room's current state; set by the page. */
  declare board: Pick<Board, "seqOf"> | undefined;
  /** Resolves when the phone's storage has been read. */
  ready: Promise<void>;

  constructor(options: OutboxOptions) {
    this.#send = options.send;
    this.#shelf = options.shelf ? patient(options.shelf) : shelf();
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

  /** My notes, without those to be deleted. */
  get notes(): Mine[] {
    return this.all.filter((mine) => mine.text !== null);
  }

  /** How many are not sent yet. */
  get unsent(): number {
    return this.notes.filter((mine) => mine.state === "unsent").length;
  }

  of(activity: string): Mine[] {
    return this.notes.filter((mine) => mine.activity === activity);
  }

  /** Read the phone's notes; changes made here while reading are newer and win. */
  async reload(): Promise<void> {
    const life = this.#life;
    const began = this.#tick;
    // What a slow shelf brings late was not there when the line opened (G19).
    const kept = await this.#shelf.all(() => void this.flush());
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

  /** Store the note on the phone, then send it; resolves once it is stored. */
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
      // Later than all others, even if this phone's clock was set back (G27).
      made: Math.max(Date.now(), (this.all.at(-1)?.made ?? 0) + 1),
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

  /** Send pending notes, one request each; after a break randomly 0 to 3 s apart (A1, 2.3 step 4). */
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

  /** Grows with each wipe, here or in another tab: fields with my text must start over. */
  get life(): number {
    this.#subscribe();
    return this.#life;
  }

  /**
   * The meeting is over or, without one named, the phone is handed on: remove everything of mine from this phone at
   * once, sent or not, in every tab (G17).
   */
  wipe(workshop = ""): Promise<void> {
    this.#channel?.postMessage({ wipe: workshop });
    return this.#wiped(workshop);
  }

  /** `late` is called with what the shelf had if it answers too late (G19). */
  draft(activity: string, late?: (text: string) => void): Promise<string> {
    return this.#shelf.draft(`${this.workshop} ${activity}`, late);
  }

  keepDraft(activity: string, text: string): Promise<void> {
    return this.#shelf.keepDraft(`${this.workshop} ${activity}`, text);
  }

  /** Every tab does this itself: each has its own memory, and may just have stored something. */
  #wiped(workshop: string): Promise<void> {
    this.#life += 1;
    for (const mine of this.#notes.values()) if (isOf(mine, workshop)) this.#notes.delete(mine.note);
    this.#changed();
    return this.#shelf.wipe(workshop);
  }

  async #change(note: string, text: string | null): Promise<void> {
    const mine = this.#notes.get(note);
    // Deleted notes are gone at once, even before the server knows.
    if (!mine || mine.text === null) return;
    const { code: _, ...rest } = mine;
    await this.#keep({ ...rest, text, rev: mine.rev + 1, state: "unsent" });
    void this.#deliver(note);
  }

  /** Send one note until it is stored, returned or the line is gone. Never two requests for one note at once. */
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
          // The connection calls `flush` when it is back; temporary refusals are retried here.
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
      // For a deleted note the phone keeps only that the deletion is pending.
      return this.#keep({ ...now, board: sent.text, state, seq: this.board?.seqOf(sent.note) });
    }
    switch (answer.code) {
      case "stale":
        // The server has a note with this id but another text, so continue as an edit, one revision up.
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
        // A refused change to a note already up: the board keeps the old text, and so do we.
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

  /** Until the shelf has it, and for reads started before that, this page is newer than the shelf. */
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
  // T7: padded to 2 KiB, so that the length of a frame says little about its note.
  return { ...ask, pad: "".padEnd(2_000 - JSON.stringify(ask).length) };
}

function channel(): BroadcastChannel | null {
  return typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("trivsel-outbox");
}
