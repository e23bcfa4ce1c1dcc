/**
 * Keyboard navigation on a board: one paper has the tab stop, arrows go to the next one in that direction, Home and End
 * to the first and the last. Papers are elements with `data-id` inside the board's root.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps are made and read, never changed */
import { tick, untrack } from "svelte";
import { arrow, neighbour, overlap, type Direction, type Place } from "../ui/places";
import type { Selection } from "./selection.svelte";

/** What a board provides to its ring; functions are called whenever needed. */
export interface Ringed {
  selection(): Selection;
  /** All ids in reading order. */
  order(): readonly string[];
  /** The tab stop before anything had the focus; by default the first in reading order. */
  first?(): string | undefined;
  /** The places from the board's own layout; by default measured from the page. */
  places?(): ReadonlyMap<string, Place>;
  /** Scrolls to one; without it the browser does. */
  show?(id: string): void;
  /** At the end of a row, left and right continue in reading order. */
  readonly wraps?: boolean;
}

/** Create it during a component's initialisation. */
export class FocusRing {
  /** The element that holds the papers. */
  root: HTMLElement | undefined = $state();
  /** The one paper that Tab comes to. */
  readonly tabStop = $derived.by((): string | undefined => {
    const order = this.board.order();
    const { focused } = this.board.selection();
    return focused !== null && order.includes(focused) ? focused : (this.board.first?.() ?? order[0]);
  });

  constructor(readonly board: Ringed) {
    let held: string | null = null;
    let before: readonly string[] = [];
    $effect.pre(() => {
      void this.board.order();
      held = this.idOf(document.activeElement);
    });
    $effect(() => {
      const order = this.board.order();
      untrack(() => {
        const was = held ?? this.board.selection().focused;
        // A paper that moves to another list is a new element, and takes the focus along.
        if (held !== null && order.includes(held) && nowhere())
          this.cell(held)?.focus({ preventScroll: true });
        else if (was !== null && before.includes(was) && !order.includes(was))
          void this.#after(
            before.slice(before.indexOf(was)).find((id) => order.includes(id)) ?? order.at(-1),
          );
        before = order;
      });
    });
    $effect(() => {
      const { wanted } = this.board.selection();
      if (wanted === null || !this.board.order().includes(wanted)) return;
      untrack(() => {
        this.board.selection().wanted = null;
        void tick().then(() => this.focus(wanted));
      });
    });
  }

  /** The id of the note that an element represents. */
  idOf(element: EventTarget | null): string | null {
    return element instanceof HTMLElement && this.root?.contains(element)
      ? (element.dataset["id"] ?? null)
      : null;
  }

  cell(id: string): HTMLElement | undefined {
    return this.#cells().find((cell) => cell.dataset["id"] === id);
  }

  focus(id: string): void {
    const cell = this.cell(id);
    cell?.focus({ preventScroll: this.board.show !== undefined });
    if (cell) this.board.show?.(id);
  }

  focused(id: string): void {
    this.board.selection().focused = id;
  }

  /** Arrows, Home and End; false for any other key. */
  move(event: KeyboardEvent, id: string): boolean {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const to = this.#led(event.key, id);
    if (to !== undefined) this.focus(to);
    return to !== undefined;
  }

  /** For `onkeydown` of a paper that can be picked: Shift picks all on the way, Ctrl+A everything. */
  keys(event: KeyboardEvent, id: string): void {
    const selection = this.board.selection();
    const to = this.#led(event.key, id);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a")
      selection.set(this.board.order());
    else if (to === undefined) return;
    else {
      if (event.shiftKey) {
        if (selection.size === 0) selection.only(id);
        selection.extend(to, this.board.order());
      }
      this.focus(to);
    }
    event.preventDefault();
  }

  /** For `onclick` of a paper that can be picked. */
  pick(event: MouseEvent, id: string): void {
    this.board.selection().press(event, id);
  }

  /** The nearest one in that direction, among all or some. */
  toward(direction: Direction, id: string, among = this.#places()): string | undefined {
    const from = among.get(id);
    if (!from) return undefined;
    if (!this.board.wraps || direction === "up" || direction === "down")
      return neighbour(among, from, direction, id);
    const sign = direction === "right" ? 1 : -1;
    const row = [...among].filter(
      ([, place]) => (place.x - from.x) * sign > 4 && overlap({ ...from, x: place.x, w: place.w }, place),
    );
    const order = this.board.order();
    return neighbour(new Map(row), from, direction, id) ?? order[order.indexOf(id) + sign];
  }

  /** Where a key leads: the paper itself if there is nothing that way, undefined for any other key. */
  #led(key: string, id: string): string | undefined {
    const direction = arrow(key);
    if (direction) return this.toward(direction, id) ?? id;
    if (key === "Home") return this.board.order()[0];
    return key === "End" ? this.board.order().at(-1) : undefined;
  }

  async #after(id: string | undefined): Promise<void> {
    await tick();
    if (id !== undefined && nowhere()) this.focus(id);
  }

  #cells(): HTMLElement[] {
    return [...(this.root?.querySelectorAll<HTMLElement>("[data-id]") ?? [])];
  }

  #places(): ReadonlyMap<string, Place> {
    return (
      this.board.places?.() ?? new Map(this.#cells().map((cell) => [cell.dataset["id"] ?? "", onPage(cell)]))
    );
  }
}

/** Where the page has drawn an element. */
export function onPage(element: HTMLElement): Place {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left, y: top, w: width, h: height };
}

const nowhere = (): boolean => document.activeElement === document.body || document.activeElement === null;
