/** A rectangle drawn over the empty board picks the notes it touches. A finger scrolls there instead. */
import type { Attachment } from "svelte/attachments";
import { drag } from "../ui/drag";
import { between, overlap, type Place, type Point } from "../ui/places";
import type { Selection } from "./selection.svelte";

export class Lasso {
  /** The current rectangle, in the scrolled board's coordinates. */
  rectangle: Place | null = $state.raw(null);

  constructor(
    readonly selection: () => Selection,
    /** What can be picked; each has a `data-id`. */
    readonly cells = "button[data-id]",
    /** What else keeps its own press. */
    readonly except = "button, input",
    /** Called on release, with the first one it touches. */
    readonly done?: (first: string) => void,
  ) {}

  /** For the board that scrolls, or what scrolls in it. */
  readonly attach: Attachment<HTMLElement> = (board) => {
    let from: Point = { x: 0, y: 0 };
    const inside = ({ x, y }: Point): Point => {
      const { left, top } = board.getBoundingClientRect();
      return { x: x - left + board.scrollLeft, y: y - top + board.scrollTop };
    };
    const end = drag({
      may: (event) => event.pointerType === "mouse" && !(event.target as Element).closest(this.except),
      lift: (at) => {
        from = inside(at);
      },
      move: (at) => {
        const drawn = between(from, inside(at));
        this.rectangle = drawn;
        const touched = this.#cells(board).filter((cell) => overlap(placeOf(cell, inside), drawn));
        this.selection().set(touched.map((cell) => cell.dataset["id"] ?? ""));
      },
      drop: () => {
        this.rectangle = null;
        const first = this.#cells(board).find((cell) => this.selection().has(cell.dataset["id"] ?? ""));
        first?.focus({ preventScroll: true });
        if (first) this.done?.(first.dataset["id"] ?? "");
      },
      back: () => {
        this.rectangle = null;
        this.selection().clear();
      },
    })(board);
    board.style.touchAction = "pan-y";
    return end;
  };

  #cells(board: HTMLElement): HTMLElement[] {
    return [...board.querySelectorAll<HTMLElement>(this.cells)];
  }
}

function placeOf(cell: HTMLElement, inside: (at: Point) => Point): Place {
  const box = cell.getBoundingClientRect();
  return { ...inside({ x: box.left, y: box.top }), w: box.width, h: box.height };
}
