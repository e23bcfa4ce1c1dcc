/** Everything the parts of one open workshop share: what is sent, what is asked, what is said, what is picked. */
import { SvelteSet } from "svelte/reactivity";
import type { Board } from "../board/board.svelte";
import { Ticker } from "../board/clock.svelte";
import type { Connection } from "../board/connection.svelte";
import { newId } from "../board/ids";
import type { Answered, DeskCommand, DeskOrder, Item, Step, Wall, Workshop } from "../board/types";
import { has, reason, t, type Key } from "../words";
import { remember, remembered } from "./memory";
import type { DeskContext, Question } from "./part";
import { Selection } from "./selection.svelte";
import { redoable, undoable } from "./steps";

export interface Asking {
  readonly question: Question;
  answer(with_: string | null): void;
}

export interface Said {
  readonly text: string;
  readonly undo: boolean;
  /** Two equal texts one after the other are two toasts. */
  readonly nth: number;
}

/** The words of an undo step: "flytning". */
export function didWords(step: Pick<Step, "did">): string | null {
  const key = `did.${step.did}`;
  return has(key) ? t(key as Key) : null;
}

export class Driver {
  readonly selection = new Selection();
  /** Notes somebody here has looked at and kept; remembered by this browser. */
  readonly kept: SvelteSet<string>;
  readonly clock: Ticker;
  asking: Asking | null = $state.raw(null);
  said: Said | null = $state.raw(null);
  /** What the polite live region says. */
  spoken = $state("");
  /** An earlier item that is looked at again on this desk only. */
  looking: string | null = $state(null);
  /** F13: the last command found no room on the server's disk. */
  full = $state(false);
  #toasts = 0;

  constructor(
    readonly id: string,
    readonly board: Board,
    readonly connection: Connection,
  ) {
    this.clock = new Ticker(() => connection.now());
    this.kept = new SvelteSet((remembered(`kept-${id}`) ?? "").split(" ").filter(Boolean));
  }

  get workshop(): Workshop | undefined {
    return this.board.one("workshop", this.id);
  }

  get wall(): Wall | undefined {
    return this.board.one("wall", `wall:${this.id}`);
  }

  /** The agenda of this workshop; the board may hold earlier ones of the process. */
  get items(): readonly Item[] {
    return this.board.items.filter((item) => item.workshop === this.id);
  }

  get live(): Item | undefined {
    return this.board.one("item", this.workshop?.live);
  }

  /** What the board area draws. */
  get shown(): Item | undefined {
    return (this.looking === null ? undefined : this.board.one("item", this.looking)) ?? this.live;
  }

  get ended(): boolean {
    return this.workshop?.state === "ended";
  }

  get facilitator(): boolean {
    return this.connection.role === "facilitator";
  }

  get undoStep(): Step | undefined {
    return undoable(this.board.all("step"));
  }

  get redoStep(): Step | undefined {
    return redoable(this.board.all("step"));
  }

  /** Sends with a fresh id; the connection repeats it under the same id after a break. */
  async send(order: DeskOrder): Promise<Answered> {
    const command = { ...order, id: newId() } as DeskCommand;
    const answer = await this.connection.do(command);
    if (answer.stored) this.full = false;
    else if (answer.code === "full") this.full = true;
    if (!answer.stored) this.toast(reason(answer.code));
    return answer;
  }

  async undo(): Promise<void> {
    const words = this.undoStep && didWords(this.undoStep);
    const answer = await this.send({ type: "undo", workshop: this.id });
    if (answer.stored) this.announce(t("desk.undone", { did: words ?? "" }));
  }

  async redo(): Promise<void> {
    const words = this.redoStep && didWords(this.redoStep);
    const answer = await this.send({ type: "redo", workshop: this.id });
    if (answer.stored) this.announce(t("desk.redone", { did: words ?? "" }));
  }

  keep(note: string): void {
    this.kept.add(note);
    remember(`kept-${this.id}`, [...this.kept].slice(-500).join(" "));
  }

  async hide(note: string): Promise<void> {
    const answer = await this.send({ type: "notes.hide", note, base: this.board.seqOf(note) });
    if (answer.stored) this.toast(t("desk.hidden"), { undo: true });
  }

  ask(question: Question): Promise<string | null> {
    this.asking?.answer(null);
    return new Promise((answered) => {
      this.asking = {
        question,
        answer: (with_) => {
          this.asking = null;
          answered(with_);
        },
      };
    });
  }

  toast(text: string, { undo = false }: { readonly undo?: boolean } = {}): void {
    this.said = { text, undo, nth: ++this.#toasts };
  }

  announce(text: string): void {
    // The same words twice are read twice only when something differs.
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
  }

  context(item: Item): DeskContext {
    const { board, connection, clock, selection } = this;
    return {
      board,
      connection,
      clock,
      selection,
      item,
      workshop: this.id,
      live: item.id === this.live?.id,
      facilitator: this.facilitator,
      send: (order) => this.send(order),
      ask: (question) => this.ask(question),
      announce: (text) => this.announce(text),
      toast: (text, options) => this.toast(text, options),
    };
  }
}
