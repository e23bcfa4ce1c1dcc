/**
 * Answers by tap from this phone (P3.4): one ballot for each thing asked, with its own id and secret, sent separately
 * after its own delay (trust 2.5), so that nothing links two of them. They are kept among the outbox's drafts until the
 * meeting ends or the phone is handed on, so that another answer replaces the first, even after a reload.
 */
import type { FaultCode } from "../../protocol.gen";
import { onDestroy } from "svelte";
import type { PhoneProps } from "../../activities/activity";
import { newId, newSecret } from "../../engine/ids";
import type { Outbox } from "../../live/outbox";
import type { Answered, PhoneCommand } from "../../engine/types";

/** A number, words, or the things that marks were placed on. */
export type Value = number | string | readonly string[];

interface Mine<V> {
  ballot: string;
  secret: string;
  rev: number;
  value: V;
  /** `refused`: it came after the end. */
  state: "unsent" | "stored" | "refused";
}

export interface BallotsOptions {
  activity: string;
  send: (command: PhoneCommand) => Promise<Answered>;
  shelf: Pick<Outbox, "draft" | "keepDraft">;
  /** The rest is passed in by tests. */
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
  /** The longest delay in ms; shorter with a single ballot, which cannot be linked to anything. */
  apart?: number;
}

/** Temporary refusals. */
const passing = new Set<FaultCode>(["busy", "full", "slow_down"]);
/** The random delay between ballots of one phone, in ms. */
const APART = 10_000;

export class Ballots<V extends Value = number> {
  #mine = $state.raw<Readonly<Record<string, Mine<V>>>>({});
  #options: Required<BallotsOptions>;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing draws what is being sent
  #busy = new Set<string>();
  #stopped = false;
  /** Resolves when the phone's storage has been read. */
  readonly ready: Promise<void>;

  constructor(options: BallotsOptions) {
    this.#options = {
      sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
      random: Math.random,
      apart: APART,
      ...options,
    };
    this.ready = this.#read();
  }

  value(of: string): V | undefined {
    return this.#mine[of]?.value;
  }

  /** How many are in that state, without the one that is not an answer. */
  count(state: Mine<V>["state"], but = ""): number {
    return Object.entries(this.#mine).filter(([of, mine]) => of !== but && mine.state === state).length;
  }

  /** Store the answer on the phone, then send it; repeating it changes nothing. */
  async answer(of: string, value: V): Promise<void> {
    await this.ready;
    const known = this.#mine[of];
    if (same(known?.value, value) && known?.state !== "refused") return;
    await this.#keep(of, {
      ballot: known?.ballot ?? newId(),
      secret: known?.secret ?? newSecret(),
      rev: (known?.rev ?? 0) + 1,
      value,
      state: "unsent",
    });
    void this.#deliver(of);
  }

  /** Send pending ballots when the line is back. */
  async flush(): Promise<void> {
    await this.ready;
    for (const [of, mine] of Object.entries(this.#mine)) if (mine.state === "unsent") void this.#deliver(of);
  }

  /** The face is unmounted: pending ballots stay on the phone, for the next one to send. */
  stop(): void {
    this.#stopped = true;
  }

  async #deliver(of: string): Promise<void> {
    if (this.#busy.has(of)) return;
    this.#busy.add(of);
    const { sleep, random, send, activity, apart } = this.#options;
    try {
      while (this.#mine[of]?.state === "unsent") {
        await sleep(random() * apart);
        const mine = this.#mine[of];
        if (!mine || this.#stopped) return;
        const { ballot, secret, rev, value } = mine;
        const ask = { type: "ballots.cast" as const, activity, ballot, secret, rev, of, value: wired(value) };
        // T7: as long as a note.
        const pad = "".padEnd(2_000 - JSON.stringify(ask).length);
        const answer = await send({ ...ask, pad });
        const now = this.#mine[of];
        if (this.#stopped || !now) return;
        if (answer.stored) {
          // Answered again since: send once more.
          if (now.rev === rev) await this.#keep(of, { ...now, state: "stored" });
        } else if (answer.code === "lost") return;
        else if (answer.code === "stale") await this.#keep(of, { ...now, rev: now.rev + 1 });
        else if (answer.code === "taken")
          await this.#keep(of, { ...now, ballot: newId(), secret: newSecret() });
        else if (!passing.has(answer.code)) await this.#keep(of, { ...now, state: "refused" });
      }
    } finally {
      this.#busy.delete(of);
    }
  }

  async #read(): Promise<void> {
    const { shelf, activity } = this.#options;
    const kept = await shelf.draft(key(activity), (late) => {
      this.#found(late);
      // It was not there when the line opened (G19).
      void this.flush();
    });
    this.#found(kept);
  }

  /** Load what was stored; an answer given before that replaces it, keeping a single ballot (G19). */
  #found(kept: string): void {
    if (!kept) return;
    const before = JSON.parse(kept) as Record<string, Mine<V>>;
    const since = Object.entries(this.#mine).flatMap(([of, mine]) => {
      const old = before[of];
      if (!old || old.ballot === mine.ballot || mine.state !== "unsent") return [[of, mine] as const];
      return [[of, { ...old, value: mine.value, rev: old.rev + 1, state: mine.state }] as const];
    });
    this.#mine = { ...before, ...Object.fromEntries(since) };
  }

  async #keep(of: string, mine: Mine<V>): Promise<void> {
    this.#mine = { ...this.#mine, [of]: mine };
    const { shelf, activity } = this.#options;
    await shelf.keepDraft(key(activity), JSON.stringify(this.#mine));
  }
}

/** The ballots of a face, sent for as long as it is on the page. Called while it is made: a face has one item. */
export function ballotsOf<V extends Value = number>(
  { item, connection, outbox }: Pick<PhoneProps, "item" | "connection" | "outbox">,
  apart = APART,
): Ballots<V> {
  const send = (command: PhoneCommand) => connection.do(command);
  const ballots = new Ballots<V>({ activity: item.id, send, shelf: outbox, apart });
  onDestroy(() => ballots.stop());
  $effect(() => {
    if (connection.opened > 0) void ballots.flush();
  });
  return ballots;
}

const same = (a: Value | undefined, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);
const wired = (value: Value): number | string | string[] => (typeof value === "object" ? [...value] : value);
const key = (activity: string): string => `ballots ${activity}`;
