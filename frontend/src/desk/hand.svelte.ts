/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets are replaced as a whole, never changed in place */
/**
 * The desk's drag state on a board. Pointer, keyboard and menus move things through it: what is dragged and over which
 * target, what was dropped before the server answered, and what somebody else moved first.
 */
import { wallId } from "../contract/ids/wall.gen";
import type { Board } from "../engine/board.svelte";
import type { DeskOrder } from "../engine/types";
import { t } from "../words";
import type { DeskContext } from "./part";

/** How long a note shows that somebody else has moved it. */
const SAID = 5_000;

/** What is being dragged. */
export interface Holding {
  /** The first one was taken; the others come along. */
  readonly ids: readonly string[];
  readonly by: "pointer" | "keys";
}

/** An optimistic move of a paper, until `record` is no longer at seq `base`. */
export interface Move {
  readonly record: string;
  readonly base: number;
  /** Its new theme or field; null for none. */
  readonly to: string | null;
}

/** What was dropped on a target. */
export interface Dropped<Target> {
  readonly ids: readonly string[];
  readonly target: Target;
  /** The seq of a record when it was picked up: a later change is somebody else's. */
  base(id: string): number;
}

export class Hand<Target> {
  holding: Holding | null = $state.raw(null);
  /** The current drop target. */
  target: Target | null = $state.raw(null);
  /** Papers that somebody else moved first. */
  taken: ReadonlySet<string> = $state.raw(new Set());
  /** The current and previous subject of this desk, which is not reported here as dragged by somebody else. */
  spoken: readonly (string | null)[] = $state.raw([]);
  /** The paper that was picked up. Not a rune: while a board is unmounted, a rune still has the old value. */
  lead: string | null = null;

  #ahead: ReadonlyMap<string, Move> = $state.raw(new Map());
  #bases: ReadonlyMap<string, number> = new Map();
  #context: DeskContext | null = null;

  constructor(
    /** The prefix of the board's texts. */
    readonly words: "clustering.desk" | "desk.fields",
  ) {}

  take(context: DeskContext, ids: readonly string[], by: Holding["by"]): void {
    this.holding = { ids, by };
    this.target = null;
    this.lead = ids[0] ?? null;
    this.#bases = new Map(ids.map((id) => [id, context.board.seqOf(id)]));
    this.#context = context;
    context.connection.hold(this.lead);
  }

  /** U15: tell walls and other desks what is being talked about here, while nothing is dragged. */
  speakOf(context: Pick<DeskContext, "connection">, id: string | null): void {
    if (id === this.spoken[0]) return;
    this.spoken = [id, ...this.spoken.slice(0, 1)];
    context.connection.hold(id);
  }

  /** Drops without an announcement. */
  back(): void {
    this.holding = null;
    this.target = null;
    this.lead = null;
    this.#context?.connection.hold(this.spoken[0] ?? null);
  }

  /** Put everything back. */
  putBack(): void {
    this.back();
    this.#context?.announce(t(`${this.words}.put_back`));
  }

  /** Somebody else moved what is being dragged. */
  lost(): void {
    const { lead } = this;
    this.back();
    if (lead !== null && this.#context) this.#say(this.#context, [lead]);
  }

  /** Drop on the target; null if there is none and everything went back. */
  drop(): Dropped<Target> | null {
    const { holding, target } = this;
    const [bases, board] = [this.#bases, this.#context?.board];
    if (holding === null) return null;
    if (target === null) {
      this.putBack();
      return null;
    }
    this.back();
    return { ids: holding.ids, target, base: (id) => bases.get(id) ?? board?.seqOf(id) ?? 0 };
  }

  /** Paper → where it was put, until the records catch up. */
  ahead(board: Pick<Board, "seqOf">): Map<string, string | null> {
    const open = [...this.#ahead].filter(([, { record, base }]) => board.seqOf(record) === base);
    return new Map(open.map(([id, { to }]) => [id, to]));
  }

  /**
   * Send a command about papers; `moves` take effect at once. False if it was refused: then they go back, with a label
   * if somebody else was first.
   */
  async send(
    context: DeskContext,
    command: DeskOrder,
    ids: readonly string[],
    moves: ReadonlyMap<string, Move> = new Map(),
  ): Promise<boolean> {
    this.#ahead = new Map([...this.#ahead, ...moves]);
    const answer = await context.send(command);
    // A stored change is in the records by now, or arrives next.
    if (answer.stored) setTimeout(() => this.#forget(moves), SAID);
    else this.#forget(moves);
    if (!answer.stored && (answer.code === "stale" || answer.code === "gone")) this.#say(context, ids);
    return answer.stored;
  }

  /** A label for a note: who is dragging it, or its state. */
  word({ board, connection, item }: DeskContext, id: string): string | undefined {
    if (this.taken.has(id)) return t(`${this.words}.taken_word`);
    if (this.isElsewhere(connection.presence.held, id)) return t(`${this.words}.held`);
    const wall = board.one("wall", wallId(item.workshop));
    return wall?.forward === id ? t(`${this.words}.forward_word`) : undefined;
  }

  /** Somebody else is dragging it. */
  isElsewhere(held: readonly string[], id: string): boolean {
    return held.includes(id) && !this.holding?.ids.includes(id) && !this.spoken.includes(id);
  }

  #say(context: DeskContext, ids: readonly string[]): void {
    context.announce(t(`${this.words}.taken`));
    this.taken = new Set([...this.taken, ...ids]);
    setTimeout(() => {
      this.taken = new Set([...this.taken].filter((id) => !ids.includes(id)));
    }, SAID);
  }

  #forget(moves: ReadonlyMap<string, Move>): void {
    this.#ahead = new Map([...this.#ahead].filter(([id, move]) => moves.get(id) !== move));
  }
}
