/** The records of a screen, as one frozen map that is replaced with every change. */
import { THRESHOLD } from "../contract/agenda.gen";
import { timerId } from "../contract/ids/timer.gen";
import { wallId } from "../contract/ids/wall.gen";
import type { Changes, Held, Item, Kind, OfKind, Seen, Timer, Wall, Workshop } from "./types";

export class Board {
  /** Raw on purpose: records are frozen, and a proxy around each of 600 notes buys nothing. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced as a whole, never changed in place
  held = $state.raw<ReadonlyMap<string, Held>>(new Map());
  epoch = $state("");
  seq = $state(0);
  /** The workshop this screen is in: a board also has the earlier ones of its process. "" until it is known. */
  home = $state("");
  /** The live activity a phone is scoped to; null on walls and desks. */
  activity = $state<string | null>(null);
  /** Unanswered changes that a desk has sent to its wall, so that a second press builds on the first. */
  asked = $state.raw<readonly Partial<Wall>[]>([]);

  #sorted = new WeakMap<ReadonlyMap<string, Held>, Map<Kind, Seen[]>>();

  /** Apply the server's changes: an old screen plus its changes equals a fresh load (E4). */
  apply(changes: Changes): void {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced as a whole, never changed in place
    const held = new Map(changes.all ? [] : this.held);
    for (const id of changes.gone) held.delete(id);
    for (const fresh of changes.records) {
      const old = held.get(fresh.record.id);
      if (!old || old.seq <= fresh.seq) held.set(fresh.record.id, fresh);
    }
    this.epoch = changes.epoch;
    this.seq = changes.seq;
    this.activity = changes.activity;
    this.held = held;
  }

  get(id: string | null | undefined): Seen | undefined {
    return id == null ? undefined : this.held.get(id)?.record;
  }

  /** The record of that id, if it is of that kind. */
  one<K extends Kind>(kind: K, id: string | null | undefined): OfKind<K> | undefined {
    const record = this.get(id);
    return record?.kind === kind ? (record as OfKind<K>) : undefined;
  }

  /** The seq to send as `base` in a command; 0 while the record does not exist. */
  seqOf(id: string): number {
    return this.held.get(id)?.seq ?? 0;
  }

  /** All records of a kind, sorted by their random ids, so that no order of writing shows (A15). */
  all<K extends Kind>(kind: K): readonly OfKind<K>[] {
    let kinds = this.#sorted.get(this.held);
    if (!kinds) {
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a cache next to the frozen map
      kinds = new Map();
      for (const { record } of this.held.values()) {
        const list = kinds.get(record.kind);
        if (list) list.push(record);
        else kinds.set(record.kind, [record]);
      }
      for (const list of kinds.values()) list.sort((a, b) => (a.id < b.id ? -1 : 1));
      this.#sorted.set(this.held, kinds);
    }
    return (kinds.get(kind) ?? []) as OfKind<K>[];
  }

  get workshop(): Workshop | undefined {
    return this.one("workshop", this.home);
  }

  /** 2.5: with fewer answers nothing is shown in this meeting. */
  get least(): number {
    return this.workshop?.threshold ?? THRESHOLD;
  }

  /** 2.5: whether so few people have been here that an answer reveals more about its author. */
  get few(): boolean {
    return (this.workshop?.people ?? this.least) < this.least;
  }

  get wall(): Wall | undefined {
    return this.wallOf(this.home);
  }

  wallOf(workshop: string): Wall | undefined {
    const is = this.one("wall", wallId(workshop));
    return is && this.asked.length > 0 ? Object.assign({ ...is }, ...this.asked) : is;
  }

  /** The live item of the agenda. */
  get item(): Item | undefined {
    return this.one("item", this.workshop?.live);
  }

  /** The agenda in its order; equal positions stay in the order of their ids. */
  get items(): readonly Item[] {
    return [...this.all("item")].sort((a, b) => a.position - b.position);
  }

  timer(item: string | null | undefined): Timer | undefined {
    return this.one("timer", item && timerId(item));
  }
}
