/** Dragging by mouse, pen and finger alike, for the desk and for touch walls. */
export interface Point {
  x: number;
  y: number;
}
/** An area of our own layout, in client px. */
export interface Area<Id = string> {
  id: Id;
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface DragOptions {
  /** Whether this press may become a drag. */
  may?: (event: PointerEvent) => boolean;
  /** The hand has moved 6 px: the paper is lifted. */
  lift: (at: Point, node: HTMLElement) => void;
  /** `by` is the way from where the press began. */
  move: (at: Point, by: Point) => void;
  drop: (at: Point) => void;
  /** Taken away by the system, or Escape: put back. */
  back: () => void;
}

const threshold = 6;

/** The smallest area under a point: a note in a theme is hit before its theme. */
export function hit<Id>(areas: Iterable<Area<Id>>, { x, y }: Point): Id | null {
  let best: Area<Id> | null = null;
  for (const area of areas) {
    const inside = x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
    if (inside && (!best || area.width * area.height < best.width * best.height)) best = area;
  }
  return best?.id ?? null;
}

/** For `{@attach drag(options)}`. The node needs `touch-action: none`, which is set here. */
export function drag(options: DragOptions): (node: HTMLElement) => () => void {
  return (node) => {
    let start: Point | null = null;
    let pointer = -1;
    let lifted = false;
    node.style.touchAction = "none";

    // A quick hand has left the paper before the first move is told: so the whole window listens.
    const listen = (how: typeof addEventListener | typeof removeEventListener) => {
      how("pointermove", move as EventListener);
      how("pointerup", up as EventListener);
      how("pointercancel", back);
    };
    const end = () => {
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
    };
    const move = (event: PointerEvent) => {
      if (!start || event.pointerId !== pointer) return;
      const at = { x: event.clientX, y: event.clientY };
      const by = { x: at.x - start.x, y: at.y - start.y };
      if (!lifted) {
        if (Math.hypot(by.x, by.y) < threshold) return;
        lifted = true;
        node.setPointerCapture?.(pointer);
        addEventListener("keydown", escape, true);
        options.lift(start, node);
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

    node.addEventListener("pointerdown", down);
    node.addEventListener("dragstart", still);
    return () => {
      back();
      node.removeEventListener("pointerdown", down);
      node.removeEventListener("dragstart", still);
    };
  };
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
