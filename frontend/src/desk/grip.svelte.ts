/**
 * How papers of a board are picked up: dragged by pointer, or with Space and the arrows, which then go through the
 * targets. The board knows the layout and draws it.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- what is drawn is no state: nothing is drawn again by it */
import type { Attachment } from "svelte/attachments";
import { untrack } from "svelte";
import { drag } from "../ui/drag";
import { arrow, type Direction, type Point } from "../ui/places";
import type { FocusRing } from "./focus-ring.svelte";
import type { Hand } from "./hand.svelte";
import type { DeskContext } from "./part";

/** How close to the upper or lower edge a drag scrolls the board, and how fast at most. */
const EDGE = 48;
const FASTEST = 18;

/** What a board provides to its grip; functions are called whenever needed. */
export interface Gripped<Target> {
  readonly ring: FocusRing;
  context(): DeskContext;
  hand(): Hand<Target>;
  scroller(): HTMLElement | undefined;
  /** A selector for elements in a paper that handle their own press. */
  readonly except: string;
  /** Everything picked up with a note, itself first. */
  together?(id: string): readonly string[];
  /** The pointer picks up a paper at this point. */
  lift(id: string, at: Point): void;
  /** Draw a paper under the pointer, and set the target. `by` is the distance from where the press began. */
  follow(id: string, at: Point, by: Point): void;
  drop(): void;
  back(): void;
  /** Announced when the keyboard picks these up. */
  took(ids: readonly string[]): string;
  /** Where an arrow leads from the current target. */
  choose(direction: Direction): Target | null;
  /** The target that a key represents. */
  keyed?(key: string): Target | undefined;
  /** A target in words. */
  said(target: Target | null): string;
  /** The board's own keys, while nothing is dragged; false leaves the key to the ring. */
  keys?(event: KeyboardEvent, id: string): boolean;
}

/** Create it during a component's initialisation. */
export class Grip<Target> {
  /** What is drawn for each paper. */
  readonly elements = new Map<string, HTMLElement>();
  // One for each paper, kept: a new one would end its drag.
  readonly #attached = new Map<string, Attachment<HTMLElement>>();
  #start: Point = { x: 0, y: 0 };
  #at: Point = { x: 0, y: 0 };
  #frame = 0;

  constructor(readonly board: Gripped<Target>) {
    $effect(() => {
      const hand = this.board.hand();
      return () => {
        if (hand.lead !== null) hand.back();
      };
    });
  }

  paper(id: string): Attachment<HTMLElement> {
    const known = this.#attached.get(id) ?? this.#made(id);
    this.#attached.set(id, known);
    return known;
  }

  readonly keydown = (event: KeyboardEvent): void => {
    const id = this.board.ring.idOf(event.target);
    if (id === null) return;
    const byKeys = this.board.hand().holding?.by === "keys";
    if (!(byKeys ? this.#choosing(event) : this.#looking(event, id))) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Space acts on keydown; suppress the browser's click on keyup. */
  readonly keyup = (event: KeyboardEvent): void => {
    if (event.key === " " && this.board.ring.idOf(event.target) !== null) event.preventDefault();
  };

  readonly focusin = (event: FocusEvent): void => {
    const id = this.board.ring.idOf(event.target);
    if (id !== null) this.board.ring.focused(id);
  };

  readonly focusout = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    const leaves = to instanceof Node && !this.board.ring.root?.contains(to);
    if (leaves && this.board.hand().holding?.by === "keys") this.board.back();
  };

  #made(id: string): Attachment<HTMLElement> {
    return (element) => {
      const hand = untrack(() => this.board.hand());
      this.elements.set(id, element);
      const end = drag({
        hold: true,
        may: (event) => !(event.target as Element).closest(this.board.except),
        lift: (at) => this.#lift(id, at),
        move: (at) => {
          this.#at = at;
          this.#follow();
        },
        drop: () => this.board.drop(),
        back: () => {
          if (hand.lead !== null) this.board.back();
        },
      })(element);
      return () => {
        // Removed while it was dragged: it is elsewhere now.
        if (hand.lead === id) hand.lost();
        end();
        if (this.elements.get(id) === element) this.elements.delete(id);
      };
    };
  }

  #lift(id: string, at: Point): void {
    const { board } = this;
    const { selection } = board.context();
    const ids = board.together?.(id) ?? [id];
    if (ids.length === 1) selection.clear();
    selection.focused = id;
    board.ring.cell(id)?.focus({ preventScroll: true });
    this.#start = this.#at = at;
    board.lift(id, at);
    board.hand().take(board.context(), ids, "pointer");
    this.#roll();
  }

  #follow(): void {
    const { holding } = this.board.hand();
    const id = holding?.by === "pointer" ? holding.ids[0] : undefined;
    const by = { x: this.#at.x - this.#start.x, y: this.#at.y - this.#start.y };
    if (id !== undefined) this.board.follow(id, this.#at, by);
  }

  /** Scroll while the pointer is near an edge, even if it does not move. */
  #roll(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const scroller = this.board.scroller();
      if (this.board.hand().holding?.by !== "pointer" || !scroller) return;
      const { top, bottom } = scroller.getBoundingClientRect();
      const { y } = this.#at;
      const speed = Math.max(0, y - bottom + EDGE) - Math.max(0, top + EDGE - y);
      const before = scroller.scrollTop;
      if (speed !== 0) scroller.scrollTop += Math.max(-FASTEST, Math.min(FASTEST, speed / 3));
      if (scroller.scrollTop !== before) this.#follow();
      this.#roll();
    });
  }

  #looking(event: KeyboardEvent, id: string): boolean {
    const { board } = this;
    if (board.keys?.(event, id)) return true;
    if (event.key !== " " || withModifier(event)) return board.ring.move(event, id);
    const ids = board.together?.(id) ?? [id];
    board.hand().take(board.context(), ids, "keys");
    board.context().announce(board.took(ids));
    return true;
  }

  #choosing(event: KeyboardEvent): boolean {
    const { board } = this;
    const { key } = event;
    const hand = board.hand();
    const direction = arrow(key);
    const keyed = board.keyed?.(key);
    if (withModifier(event) && key !== "Enter") return false;
    if (direction) {
      hand.target = board.choose(direction);
      board.context().announce(board.said(hand.target));
    } else if (keyed !== undefined) {
      hand.target = keyed;
      board.drop();
    } else if (key === " " || key === "Enter") board.drop();
    else if (key === "Escape") board.back();
    // Other keys would act on something other than what is dragged.
    return key !== "Tab";
  }
}

const withModifier = (event: KeyboardEvent): boolean => event.altKey || event.ctrlKey || event.metaKey;
