/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets are replaced as a whole, never changed in place */
/** What the desk is in the middle of while themes are placed in fields: in the hand, on its way, unfolded. */
import type { DeskOrder } from "../../board/types";
import { t } from "../../words";
import type { DeskContext } from "../part";
import { TRAY } from "./fields";

export interface Hand {
  readonly id: string;
  readonly by: "pointer" | "keys";
}

/** How long a card says that somebody else has moved it. */
const SAID = 5_000;

export class Placing {
  hand: Hand | null = $state.raw(null);
  target: string | null = $state(null);
  /** What is in the hand, beside the rune: when a board is taken off the page a rune still says what was before. */
  lead: string | null = null;
  /** Cards that show their notes. */
  open: ReadonlySet<string> = $state.raw(new Set());
  /** Examples are shown in the fields. */
  examples = $state(false);
  /** The card that is to get the focus; the board takes it from here. */
  wanted: string | null = $state(null);
  taken: ReadonlySet<string> = $state.raw(new Set());

  #ahead: ReadonlyMap<string, { record: string; base: number; field: string }> = $state.raw(new Map());

  /** Theme → the field it was put in, until the record says so itself. */
  ahead({ board }: DeskContext): Map<string, string> {
    const open = [...this.#ahead].filter(([, { record, base }]) => board.seqOf(record) === base);
    return new Map(open.map(([theme, { field }]) => [theme, field]));
  }

  take(context: DeskContext, hand: Hand): void {
    this.hand = hand;
    this.lead = hand.id;
    this.target = null;
    context.connection.hold(hand.id);
  }

  back(context: DeskContext): void {
    this.hand = null;
    this.lead = null;
    this.target = null;
    context.connection.hold(null);
  }

  /** Somebody else has moved what is in the hand. */
  lost(context: DeskContext, theme: string): void {
    this.back(context);
    this.#say(context, theme);
  }

  unfold(id: string): void {
    const open = new Set(this.open);
    if (!open.delete(id)) open.add(id);
    this.open = open;
  }

  /** Sends where a theme was put; it lies there at once, and glides back when somebody else was first. */
  async put(
    context: DeskContext,
    theme: string,
    field: string,
    record: string,
    command: DeskOrder,
    done: string,
  ) {
    const base = context.board.seqOf(record);
    this.#ahead = new Map([...this.#ahead, [theme, { record, base, field }]]);
    const answer = await context.send(command);
    if (answer.stored) {
      context.announce(done);
      setTimeout(() => this.#forget(theme, base), SAID);
      return;
    }
    this.#forget(theme, base);
    if (answer.code === "stale" || answer.code === "gone") this.#say(context, theme);
  }

  #say(context: DeskContext, theme: string): void {
    context.announce(t("desk.fields.taken"));
    this.taken = new Set([...this.taken, theme]);
    setTimeout(() => {
      this.taken = new Set([...this.taken].filter((id) => id !== theme));
    }, SAID);
  }

  #forget(theme: string, base: number): void {
    if (this.#ahead.get(theme)?.base === base)
      this.#ahead = new Map([...this.#ahead].filter(([id]) => id !== theme));
  }

  /** A word about a card: who has it, or what became of it. */
  word(context: DeskContext, theme: string): string | undefined {
    if (this.taken.has(theme)) return t("desk.fields.taken_word");
    if (this.hand?.id !== theme && context.connection.presence.held.includes(theme))
      return t("desk.fields.held");
    const wall = context.board.one("wall", `wall:${context.item.workshop}`);
    return wall?.forward === theme ? t("desk.fields.forward_word") : undefined;
  }
}

const all = new Map<string, Placing>();

/** The same for the board and for its actions, as long as the page is open. */
export function placing({ item }: DeskContext): Placing {
  const known = all.get(item.id) ?? new Placing();
  all.set(item.id, known);
  return known;
}

/** Said when a theme was put down. */
export const putWords = (theme: string, field: string, label: string): string =>
  field === TRAY ? t("desk.fields.put_tray", { theme }) : t("desk.fields.put", { theme, field: label });
