/**
 * How paper moves: transform and opacity only, to places from our own layout numbers. A new target while
 * something moves starts from where it is now. With reduced motion every move is a short cross-fade.
 */
export interface Place {
  x: number;
  y: number;
  /** Degrees askew. */
  tilt?: number;
  scale?: number;
}
export interface Move {
  delay?: number;
  duration?: number;
  easing?: string;
}

export const times = { quick: 120, move: 320, fly: 520, turn: 440, gather: 640, glide: 480, stagger: 28 };
export const easings = {
  out: "cubic-bezier(.22,.8,.28,1)",
  inout: "cubic-bezier(.6,0,.2,1)",
  land: "cubic-bezier(.2,.9,.25,1.04)",
};

const running = new WeakMap<Element, Animation>();
const last = new WeakMap<Element, string>();

export const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The transform that puts something at its place; units are px. */
export function at({ x, y, tilt = 0, scale = 1 }: Place): string {
  return `translate(${x}px, ${y}px) rotate(${tilt}deg) scale(${scale})`;
}

/** Puts something at its place without moving it: a late joiner sees the end state, never a replay. */
export function put(el: HTMLElement, place: Place): void {
  running.get(el)?.cancel();
  running.delete(el);
  rest(el, at(place));
}

/** Moves something to its place from where it is. */
export function glide(el: HTMLElement, place: Place, move: Move = {}): Promise<void> {
  const to = at(place);
  const from = where(el);
  rest(el, to);
  if (from === null || from === to) return Promise.resolve();
  return play(el, [{ transform: from }, { transform: to }], {
    duration: times.glide,
    easing: easings.land,
    ...move,
  });
}

/** A face-down note flies in from the lower right edge; a batch comes 90 ms apart. */
export function fly(el: HTMLElement, place: Place, nth = 0, from?: Place): Promise<void> {
  const start = from ?? {
    x: window.innerWidth,
    y: window.innerHeight,
    scale: 1.15,
    tilt: (nth % 2 ? -7 : 7) + (place.tilt ?? 0),
  };
  const to = at(place);
  rest(el, to);
  return play(
    el,
    [
      { transform: at(start), opacity: 0 },
      { opacity: 1, offset: 0.25 },
      { transform: to, opacity: 1 },
    ],
    { duration: times.fly, easing: easings.out, delay: (nth % 6) * 90 + Math.floor(nth / 6) * times.fly },
  );
}

/** Turns something over where it lies; `swap` changes the face while it stands on edge. */
export async function turn(el: HTMLElement, swap: () => void, delay = 0): Promise<void> {
  if (reduced()) {
    swap();
    return play(el, [{ opacity: 0 }, { opacity: 1 }], {});
  }
  const here = where(el) ?? "";
  const half = { duration: times.turn / 2 };
  const edge = `${here} translateY(-12px) perspective(1200px) rotateY(90deg)`;
  await play(el, [{ transform: here || "none" }, { transform: edge }], {
    ...half,
    delay,
    easing: "ease-in",
    fill: "forwards",
  });
  swap();
  const back = `${last.get(el) ?? here} translateY(-12px) perspective(1200px) rotateY(-90deg)`;
  await play(el, [{ transform: back }, { transform: last.get(el) ?? (here || "none") }], {
    ...half,
    easing: easings.out,
  });
}

/** When the nth of `many` starts, so that all of them are under way within 1.4 s, however many. */
export function stagger(nth: number, many: number, within = 1_400 - times.turn): number {
  return nth * Math.min(times.stagger, within / Math.max(1, many));
}

/** Notes straighten, then move together on slightly curved paths; resolves when the last has landed. */
export async function gather(moves: { el: HTMLElement; place: Place }[]): Promise<void> {
  await Promise.all(
    moves.map(({ el, place }, nth) => {
      const from = where(el);
      const to = at(place);
      rest(el, to);
      if (from === null || from === to) return undefined;
      const a = new DOMMatrixReadOnly(from);
      const bend = 0.08 * (nth % 2 ? -1 : 1);
      const middle = at({
        x: (a.e + place.x) / 2 + (place.y - a.f) * bend,
        y: (a.f + place.y) / 2 - (place.x - a.e) * bend,
        scale: place.scale ?? 1,
      });
      const straight = at({ x: a.e, y: a.f });
      return play(
        el,
        [
          { transform: from },
          { transform: straight, offset: times.quick / (times.quick + times.gather) },
          { transform: middle, offset: 0.6 },
          { transform: to },
        ],
        {
          duration: times.quick + times.gather,
          easing: easings.inout,
          delay: Math.min(nth, 20) * 14,
        },
      );
    }),
  );
}

/** A change of activity: the old leaves downwards, the new comes from above. `unit` is 1 u in px on a wall. */
export const leave = (el: Element, unit = 1) =>
  play(el, [{ opacity: 1 }, { opacity: 0, transform: `translateY(${24 * unit}px)` }], {
    duration: times.move,
  });
export const enter = (el: Element, unit = 1) =>
  play(el, [{ opacity: 0, transform: `translateY(${-24 * unit}px)` }, { opacity: 1 }], {
    duration: times.move,
    easing: easings.out,
  });

/** Where something is now: in the middle of a move, or where it was put; null when it never had a place. */
function where(el: Element): string | null {
  const now = running.get(el);
  if (now && now.playState === "running") {
    const seen = getComputedStyle(el).transform;
    now.cancel();
    return seen === "none" ? (last.get(el) ?? null) : seen;
  }
  return last.get(el) ?? null;
}

function rest(el: HTMLElement, transform: string): void {
  last.set(el, transform);
  el.style.transform = transform;
}

async function play(el: Element, frames: Keyframe[], options: KeyframeAnimationOptions): Promise<void> {
  running.get(el)?.cancel();
  if (typeof el.animate !== "function") return;
  const animation = reduced()
    ? el.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 120 })
    : el.animate(frames, { duration: times.move, easing: easings.out, fill: "backwards", ...options });
  running.set(el, animation);
  // A cancelled move is no fault: a newer one has taken over.
  await animation.finished.catch(() => undefined);
  if (running.get(el) === animation) running.delete(el);
  if (options.fill === "forwards") animation.cancel();
}
