/** Everything the parts of an open workshop share: sending, dialogs, announcements, the selection. */
import { SvelteSet } from "svelte/reactivity";
import { stepId } from "../contract/ids/undo.gen";
import type { Board } from "../engine/board.svelte";
import { Ticker } from "../engine/clock.svelte";
import type { RoomConnection } from "../live/room-connection.svelte";
import { newId } from "../engine/ids";
import type { Answered, DeskCommand, DeskOrder, Item, Step, Wall, Workshop } from "../engine/types";
import { has, reason, t, type Key } from "../words";
import { Refusal } from "./api";
import { whyNot } from "./attempt.svelte";
import { remember, remembered } from "./memory";
import type { DeskContext, Question } from "./part";
import { Selection } from "./selection.svelte";
import { States } from "./states";
import { redoable, undoable } from "./steps";

export interface Asking {
  readonly question: Question;
  /** Resolves once it is stored; throws the reason if not. */
  store(text: string): Promise<void>;
  answer(with_: string | null): void;
}

export interface Said {
  readonly text: string;
  readonly undo: boolean;
  /** Distinguishes two toasts with the same text. */
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
  /** The text of the polite live region. */
  spoken = $state("");
  /** An earlier item reopened on this desk only. */
  looking: string | null = $state(null);
  /** F13: the last command failed because the server's disk is full. */
  full = $state(false);
  /** G40: the steps made on this page, while it is open. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- asked when a step has changed, never drawn
  readonly own = new Set<string>();
  /** How many undo and redo commands from here are unanswered. */
  undoing = 0;
  #toasts = 0;
  readonly #states = new States();

  constructor(
    readonly id: string,
    readonly board: Board,
    readonly connection: RoomConnection,
  ) {
    this.clock = new Ticker(() => connection.now());
    this.kept = new SvelteSet((remembered(`kept-${id}`) ?? "").split(" ").filter(Boolean));
  }

  get workshop(): Workshop | undefined {
    return this.board.one("workshop", this.id);
  }

  get wall(): Wall | undefined {
    return this.board.wallOf(this.id);
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
    const answer = await this.#send(order);
    if (!answer.stored) this.toast(reason(answer.code));
    return answer;
  }

  /** The same for a dialog or a form, which shows the refusal itself. */
  async store(order: DeskOrder): Promise<void> {
    const answer = await this.#send(order);
    if (!answer.stored) throw new Refusal(answer.code, 0);
  }

  async #send(order: DeskOrder): Promise<Answered> {
    const command = { ...order, id: newId() } as DeskCommand;
    this.own.add(stepId(command.id));
    // The command uses the record's own field names.
    const asked = order.type === "wall.change" ? (order as Partial<Wall>) : null;
    if (asked) this.board.asked = [...this.board.asked, asked];
    const answer = await this.connection.do(command);
    if (asked) this.board.asked = this.board.asked.filter((each) => each !== asked);
    if (answer.stored) this.full = false;
    else if (answer.code === "full") this.full = true;
    return answer;
  }

  async undo(): Promise<void> {
    const words = this.undoStep && didWords(this.undoStep);
    const answer = await this.#back("undo");
    if (answer.stored) this.announce(t("desk.undone", { did: words ?? "" }));
  }

  async #back(type: "undo" | "redo"): Promise<Answered> {
    this.undoing += 1;
    try {
      return await this.send({ type, workshop: this.id });
    } finally {
      // The change arrives with the answer or right after it.
      setTimeout(() => (this.undoing -= 1), 1_000);
    }
  }

  async redo(): Promise<void> {
    const words = this.redoStep && didWords(this.redoStep);
    const answer = await this.#back("redo");
    if (answer.stored) this.announce(t("desk.redone", { did: words ?? "" }));
  }

  keep(note: string): void {
    this.kept.add(note);
    remember(`kept-${this.id}`, [...this.kept].slice(-500).join(" "));
  }

  ask(question: Question): Promise<string | null> {
    this.asking?.answer(null);
    return new Promise((answered) => {
      const asking: Asking = {
        question,
        store: async (text) => {
          try {
            if (question.field !== undefined) await question.store(text);
          } catch (refusal) {
            // It was closed meanwhile, so it cannot show the refusal itself.
            if (this.asking !== asking) this.toast(whyNot(refusal));
            throw refusal;
          }
          asking.answer(text);
        },
        answer: (with_) => {
          if (this.asking === asking) this.asking = null;
          answered(with_);
        },
      };
      this.asking = asking;
    });
  }

  toast(text: string, { undo = false }: { readonly undo?: boolean } = {}): void {
    this.said = { text, undo, nth: ++this.#toasts };
  }

  announce(text: string): void {
    // Screen readers repeat the same text only if something differs.
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
      state: (of) => this.#states.of(item.id, of),
      send: (order) => this.send(order),
      store: (order) => this.store(order),
      ask: (question) => this.ask(question),
      announce: (text) => this.announce(text),
      toast: (text, options) => this.toast(text, options),
    };
  }
}
