/**
 * How paper moves: by transform and opacity only, to places from our own layout. A new target during a move starts from
 * the current position. With reduced motion every move is a short cross-fade.
 */
export interface Place {
  x: number;
  y: number;
  /** Degrees askew. */
  tilt?: number;
  scale?: number;
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

/** Put something at its place without animation: late joiners see the end state, never a replay. */
export function put(el: HTMLElement, place: Place): void {
  stop(el);
  rest(el, at(place));
}

/** Moves something to its place from where it is. */
export function glide(el: HTMLElement, place: Place): void {
  const to = at(place);
  const from = where(el);
  rest(el, to);
  if (from !== null && from !== to)
    void play(el, [{ transform: from }, { transform: to }], { duration: times.glide, easing: easings.land });
}

/** The delay of the nth of `many`, so that all of them finish within 1.4 s. */
export function stagger(nth: number, many: number, within = 1_400 - times.turn): number {
  return nth * Math.min(times.stagger, within / Math.max(1, many));
}

/** Notes straighten, then move together on slightly curved paths. */
export function gather(moves: readonly { el: HTMLElement; place: Place }[]): void {
  for (const [nth, { el, place }] of moves.entries()) {
    const from = where(el);
    const to = at(place);
    rest(el, to);
    if (from === null || from === to) continue;
    const a = new DOMMatrixReadOnly(from);
    const bend = 0.08 * (nth % 2 ? -1 : 1);
    const middle = at({
      x: (a.e + place.x) / 2 + (place.y - a.f) * bend,
      y: (a.f + place.y) / 2 - (place.x - a.e) * bend,
      scale: place.scale ?? 1,
    });
    const straight = at({ x: a.e, y: a.f });
    void play(
      el,
      [
        { transform: from },
        { transform: straight, offset: times.quick / (times.quick + times.gather) },
        { transform: middle, offset: 0.6 },
        { transform: to },
      ],
      { duration: times.quick + times.gather, easing: easings.inout, delay: Math.min(nth, 20) * 14 },
    );
  }
}

/** Where something is now: in the middle of a move, or where it was put; null when it never had a place. */
function where(el: Element): string | null {
  if (moves(el)) {
    const seen = getComputedStyle(el).transform;
    stop(el);
    return seen === "none" ? (last.get(el) ?? null) : seen;
  }
  return last.get(el) ?? null;
}

function rest(el: HTMLElement, transform: string): void {
  last.set(el, transform);
  el.style.transform = transform;
}

/** Whether it is on its way now. */
export const moves = (el: Element): boolean => running.get(el)?.playState === "running";

/** Ends a move where it would have ended. */
export function stop(el: Element): void {
  running.get(el)?.cancel();
  running.delete(el);
}

/**
 * Animate something through these frames, replacing its current move; with reduced motion it fades in. False if a newer
 * move has taken over.
 */
export async function play(
  el: Element,
  frames: Keyframe[],
  options: KeyframeAnimationOptions = {},
): Promise<boolean> {
  stop(el);
  if (typeof el.animate !== "function") return true;
  const animation = reduced()
    ? el.animate([{ opacity: 0 }, { opacity: 1 }], { duration: times.quick })
    : el.animate(frames, { duration: times.move, easing: easings.out, fill: "backwards", ...options });
  running.set(el, animation);
  await animation.finished.catch(() => undefined);
  if (running.get(el) !== animation) return false;
  running.delete(el);
  return true;
}
