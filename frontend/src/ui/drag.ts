/** Dragging by mouse, pen and finger alike, for the desk and for touch walls. */
import type { Point } from "./places";

export interface DragOptions {
  /** Whether this press may become a drag. */
  may?: (event: PointerEvent) => boolean;
  /** U12: touch lifts only after holding still, so that swiping scrolls. */
  hold?: boolean;
  /** The pointer moved 6 px, or a finger held still: the paper is lifted. */
  lift: (at: Point, node: HTMLElement) => void;
  /** `by` is the way from where the press began. */
  move: (at: Point, by: Point) => void;
  drop: (at: Point) => void;
  /** Cancelled by the system or Escape: put it back. */
  back: () => void;
}

const threshold = 6;
/** How long a finger must hold still to lift, in ms. */
const HOLD = 250;

/** For `{@attach drag(options)}`. Also sets the node's `touch-action`. */
export function drag(options: DragOptions): (node: HTMLElement) => () => void {
  return (node) => {
    let start: Point | null = null;
    let pointer = -1;
    let lifted = false;
    let holding: ReturnType<typeof setTimeout> | undefined;
    node.style.touchAction = options.hold ? "manipulation" : "none";

    // A quick pointer leaves the paper before the first move event, so listen on the window.
    const listen = (how: typeof addEventListener | typeof removeEventListener) => {
      how("pointermove", move as EventListener);
      how("pointerup", up as EventListener);
      how("pointercancel", back);
    };
    const end = () => {
      clearTimeout(holding);
      holding = undefined;
      start = null;
      lifted = false;
      listen(removeEventListener);
      removeEventListener("keydown", escape, true);
      if (node.hasPointerCapture?.(pointer)) node.releasePointerCapture(pointer);
    };
    const back = () => {
      const was = lifted;
      end();
      if (was) options.back();
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !lifted) return;
      event.stopPropagation();
      back();
    };
    const down = (event: PointerEvent) => {
      if (event.button !== 0 || !event.isPrimary || options.may?.(event) === false) return;
      start = { x: event.clientX, y: event.clientY };
      pointer = event.pointerId;
      listen(addEventListener);
      if (options.hold && event.pointerType === "touch")
        holding = setTimeout(() => {
          holding = undefined;
          if (!start) return;
          lift(start);
          options.move(start, { x: 0, y: 0 });
        }, HOLD);
    };
    const lift = (from: Point) => {
      lifted = true;
      node.setPointerCapture?.(pointer);
      addEventListener("keydown", escape, true);
      options.lift(from, node);
    };
    const move = (event: PointerEvent) => {
      if (!start || event.pointerId !== pointer) return;
      const at = { x: event.clientX, y: event.clientY };
      const by = { x: at.x - start.x, y: at.y - start.y };
      if (!lifted) {
        if (Math.hypot(by.x, by.y) < threshold) return;
        // Moved before it was lifted: a swipe, left to the browser.
        if (holding !== undefined) return end();
        lift(start);
      }
      options.move(at, by);
    };
    const up = (event: PointerEvent) => {
      if (event.pointerId !== pointer) return;
      const was = lifted;
      end();
      if (!was) return;
      // The click that follows a drop is not a click.
      addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, true));
      options.drop({ x: event.clientX, y: event.clientY });
    };
    const still = (event: Event) => event.preventDefault();
    // Once lifted, the finger moves it instead of the page, and a long press opens no menu.
    const steady = (event: Event) => {
      if (lifted && event.cancelable) event.preventDefault();
    };

    node.addEventListener("pointerdown", down);
    node.addEventListener("dragstart", still);
    if (options.hold) {
      node.addEventListener("touchmove", steady, { passive: false });
      node.addEventListener("contextmenu", steady);
    }
    return () => {
      back();
      node.removeEventListener("pointerdown", down);
      node.removeEventListener("dragstart", still);
      node.removeEventListener("touchmove", steady);
      node.removeEventListener("contextmenu", steady);
    };
  };
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
