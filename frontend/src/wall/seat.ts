/**
 * Puts a thing at its place on the wall and animates it there from where it is, or from its predecessor's place. Only
 * transform and opacity are animated; sizes are set at once and compensated by the transform.
 */
import { easings, moves, play as run, reduced, times } from "../design/motion";
import type { Place } from "./place";
import type { Frame, Stage } from "./stage.svelte";

export type Way =
  /** Along one line, landing softly. */
  | "glide"
  /** Lifted and carried to another field. */
  | "carry"
  /** Straightened, then together on a curve into a theme. */
  | "gather"
  /** A step apart, then to a free place. */
  | "split"
  /** From the lower right edge. */
  | "fly"
  /** Up to be read aloud, or down again. */
  | "read";

export interface Seat {
  stage: Stage;
  frame: Frame;
  id: string;
  place: Place;
  way?: Way | undefined;
  delay?: number | undefined;
  /** Whose place it starts from when it is new, e.g. the card that this note was. */
  after?: string | undefined;
  /** A slip without words may be stretched while it moves. */
  blank?: boolean | undefined;
}

/** The middle, the visible size and the tilt of a thing, in units of the whole picture. */
type Body = { x: number; y: number; w: number; h: number; tilt: number };

const resting = new WeakMap<HTMLElement, Seat>();

/** The changes of this turn. All positions are read before anything is moved, since hundreds may move at once. */
type Change = { seat: Seat; fresh: boolean; before: HTMLElement | undefined };
const changes = new Map<HTMLElement, Change>();

function change(node: HTMLElement, own: Change): void {
  if (changes.size === 0) queueMicrotask(settle);
  const queued = changes.get(node);
  changes.set(node, queued ? { ...queued, seat: own.seat } : own);
}

function settle(): void {
  const all = [...changes].map(([node, own]) => {
    const asked = own.fresh ? own.before : node;
    return { node, ...own, from: asked && !still(own.seat.stage) ? body(asked) : undefined };
  });
  changes.clear();
  for (const { node, seat, fresh, before, from } of all) {
    // The old picture may still be fading out: a thing that continues in the new one must not appear twice.
    if (before) before.style.visibility = "hidden";
    rest(node, seat);
    if (still(seat.stage)) continue;
    if (from) move(node, seat, from);
    else if (fresh && seat.way === "fly") fly(node, seat);
    else if (fresh) appear(node);
  }
}

export function seat(node: HTMLElement, first: Seat) {
  const { stage, id } = first;
  const before = stage.nodes.get(id) ?? (first.after ? stage.nodes.get(first.after) : undefined);
  stage.nodes.set(id, node);
  change(node, { seat: first, fresh: true, before });
  let last = first;
  return {
    update(next: Seat) {
      const same = samePlace(last, next);
      last = next;
      if (same && !changes.has(node)) resting.set(node, next);
      else change(node, { seat: next, fresh: false, before: undefined });
    },
    destroy() {
      changes.delete(node);
      if (stage.nodes.get(id) === node) stage.nodes.delete(id);
    },
  };
}

const still = (stage: Stage) => stage.quiet || document.hidden;

function samePlace(a: Seat, b: Seat): boolean {
  const [p, q] = [a.place, b.place];
  return (
    a.frame.x === b.frame.x &&
    a.frame.y === b.frame.y &&
    p.x === q.x &&
    p.y === q.y &&
    p.w === q.w &&
    p.h === q.h &&
    p.tilt === q.tilt &&
    p.size === q.size &&
    p.scale === q.scale
  );
}

/** Where it lies once nothing moves: in units, so that another size of screen needs no new layout of ours. */
function rest(node: HTMLElement, seat: Seat): void {
  const { x, y, w, h, tilt, size, scale = 1 } = seat.place;
  resting.set(node, seat);
  const u = (n: number) => `calc(${n.toFixed(2)} * var(--u))`;
  const style = node.style;
  style.width = u(w);
  style.height = u(h);
  style.fontSize = u(size);
  style.transform = `translate(${u(x)}, ${u(y)}) rotate(${String(tilt)}deg) scale(${String(scale)})`;
}

/** Where it is now, in the middle of a move too. */
function body(node: HTMLElement): Body | undefined {
  const seat = resting.get(node);
  if (!seat) return undefined;
  const { frame, stage, place } = seat;
  const { x, y, w, h, tilt, scale = 1 } = place;
  if (moves(node) && node.isConnected) {
    const m = new DOMMatrixReadOnly(getComputedStyle(node).transform);
    const [sx, sy] = [Math.hypot(m.a, m.b), Math.hypot(m.c, m.d)];
    return {
      x: frame.x + m.e / stage.u + w / 2,
      y: frame.y + m.f / stage.u + h / 2,
      w: w * sx,
      h: h * sy,
      tilt: (Math.atan2(m.b, m.a) * 180) / Math.PI,
    };
  }
  return { x: frame.x + x + w / 2, y: frame.y + y + h / 2, w: w * scale, h: h * scale, tilt };
}

function move(node: HTMLElement, seat: Seat, from: Body): void {
  const { place, frame, stage, delay = 0, way = "glide" } = seat;
  const to: Body = {
    x: frame.x + place.x + place.w / 2,
    y: frame.y + place.y + place.h / 2,
    w: place.w * (place.scale ?? 1),
    h: place.h * (place.scale ?? 1),
    tilt: place.tilt,
  };
  const at = (b: Body, lift = 1) => {
    const sx = (b.w / place.w) * lift;
    const sy = seat.blank ? (b.h / place.h) * lift : sx;
    const x = (b.x - frame.x - place.w / 2) * stage.u;
    const y = (b.y - frame.y - place.h / 2) * stage.u;
    return {
      transform: `translate(${String(x)}px, ${String(y)}px) rotate(${String(b.tilt)}deg) scale(${String(sx)}, ${String(sy)})`,
    };
  };
  const between = (share: number): Body => ({
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
    w: from.w + (to.w - from.w) * share,
    h: from.h + (to.h - from.h) * share,
    tilt: 0,
  });
  const far = Math.hypot(to.x - from.x, to.y - from.y) > 4;
  switch (far || way === "read" ? way : "glide") {
    case "gather": {
      // 8 % of the distance to the side, since hands move in curves.
      const half = between(0.5);
      half.x -= (to.y - from.y) * 0.08;
      half.y += (to.x - from.x) * 0.08;
      const all = times.quick + times.gather;
      const straight = times.quick / all;
      return play(
        node,
        [
          at(from),
          { ...at({ ...from, tilt: 0 }), offset: straight, easing: "cubic-bezier(.6,0,.8,.6)" },
          { ...at(half, 1.03), offset: straight + (1 - straight) * 0.45, easing: "cubic-bezier(.2,.5,.3,1)" },
          at(to),
        ],
        { duration: all, delay, easing: easings.inout },
      );
    }
    case "split": {
      const apart = {
        ...from,
        x: from.x + 16 * Math.sign(to.x - from.x),
        y: from.y + 16 * Math.sign(to.y - from.y),
      };
      return play(node, [at(from), { ...at(apart), offset: 0.25 }, at(to)], {
        duration: times.glide,
        delay,
        easing: easings.out,
      });
    }
    case "carry":
      node.dataset["lifted"] = "";
      return play(
        node,
        [
          at(from),
          { ...at({ ...between(0.12), tilt: -2.5 }, 1.04), offset: 0.2 },
          { ...at({ ...between(1.0), tilt: -1 }, 1.02), offset: 0.85 },
          at(to),
        ],
        { duration: times.glide + times.quick, delay, easing: easings.inout },
        () => delete node.dataset["lifted"],
      );
    case "read":
      return play(node, [at(from), at(to)], { duration: times.move, delay, easing: easings.out });
    default:
      return play(node, [at(from), at(to)], {
        duration: times.glide,
        delay,
        easing: far ? easings.land : easings.out,
      });
  }
}

function fly(node: HTMLElement, seat: Seat): void {
  const { stage, frame, place, delay = 0 } = seat;
  const x = (stage.width - frame.x - place.w * 0.4) * stage.u;
  const y = (stage.height - frame.y - place.h * 0.2) * stage.u;
  const tilt = place.tilt < 0 ? -7 : 7;
  play(
    node,
    [
      { transform: `translate(${String(x)}px, ${String(y)}px) rotate(${String(tilt)}deg) scale(1.15)` },
      { transform: inPixels(seat) },
    ],
    { duration: times.fly, delay, easing: easings.out },
  );
  if (!reduced() && typeof node.animate === "function") {
    // The shadow of lifted paper, which fades as it lands.
    node.animate([{ opacity: 1 }, { opacity: 0 }], {
      pseudoElement: "::after",
      duration: times.fly,
      delay,
      easing: easings.inout,
      fill: "backwards",
    });
  }
}

/** Its resting place, without asking the browser: with hundreds of cards every read forces a layout. */
function inPixels({ place, stage }: Seat): string {
  const px = (n: number) => `${String(n * stage.u)}px`;
  return `translate(${px(place.x)}, ${px(place.y)}) rotate(${String(place.tilt)}deg) scale(1)`;
}

function appear(node: HTMLElement): void {
  play(node, [{ opacity: 0 }, { opacity: 1 }], { duration: times.move, easing: easings.out });
}

function play(
  node: HTMLElement,
  frames: Keyframe[],
  options: KeyframeAnimationOptions,
  then?: () => void,
): void {
  // Over all that lies still.
  node.style.zIndex = "5";
  void run(node, frames, options).then((last) => {
    if (last) node.style.zIndex = "";
    then?.();
  });
}
