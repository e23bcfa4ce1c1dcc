/**
 * The two panes of the board: free notes to the left, themes to the right, each scrolling separately. They share
 * coordinates: `x` says which of them a place is in, `y` is counted from that pane's top.
 */
import type { Attachment } from "svelte/attachments";
import type { Place, Point } from "../../ui/places";
import { GAP, type Layout } from "./desk-layout";
import { isAmongFree } from "./desk-targets";

/** Around the papers, on each side. */
export const PAD = 14;
/** Anything taller than this need not be fully visible. */
const ENOUGH = 200;

export class Panes {
  #board: HTMLElement | undefined;
  #free: HTMLElement | undefined = $state.raw();
  #themes: HTMLElement | undefined = $state.raw();
  /** The pane that the pointer is over: it scrolls when something is dragged to its edge. */
  under: HTMLElement | undefined;
  /** Of the free pane, with its scroll bar. */
  readonly width = $derived.by(() => PAD + this.layout().free.w + GAP / 2);
  /** Where the themes' pane begins, in the board's own numbers. */
  readonly shift = $derived.by(() => this.layout().free.w + GAP / 2);

  constructor(readonly layout: () => Layout) {}

  readonly board: Attachment<HTMLElement> = (element) => {
    this.#board = element;
  };
  readonly free: Attachment<HTMLElement> = (element) => {
    this.#free = element;
  };
  readonly themes: Attachment<HTMLElement> = (element) => {
    this.#themes = element;
  };

  #of(spot: Point): HTMLElement | undefined {
    return isAmongFree(this.layout(), spot) ? this.#free : this.#themes;
  }

  /** A point of the window on the board. */
  point({ x, y }: Point): Point {
    const { left = 0, top = 0 } = this.#board?.getBoundingClientRect() ?? {};
    const on = { x: x - left - PAD, y: 0 };
    this.under = this.#of(on);
    return { x: on.x, y: y - top - PAD + (this.under?.scrollTop ?? 0) };
  }

  /** Where a spot of the board is seen in the window now. */
  onScreen(spot: Point): Point {
    const { left = 0, top = 0 } = this.#board?.getBoundingClientRect() ?? {};
    return { x: left + PAD + spot.x, y: top + PAD + spot.y - (this.#of(spot)?.scrollTop ?? 0) };
  }

  inSight(spot: Point): boolean {
    const pane = this.#of(spot);
    const y = spot.y - (pane?.scrollTop ?? 0);
    return y > -200 && y < (pane?.clientHeight ?? 0) + 200;
  }

  /** Scrolls by the layout's numbers: a moving element is not yet at its final place. */
  show(place: Place): void {
    const pane = this.#of(place);
    if (!pane) return;
    const height = pane.clientHeight - 2 * PAD;
    const bottom = place.y + Math.min(place.h, ENOUGH) + 12;
    if (place.y - 12 < pane.scrollTop) pane.scrollTop = place.y - 12;
    else if (bottom > pane.scrollTop + height) pane.scrollTop = Math.max(0, bottom - height);
  }
}
