/**
 * Moves every note to its place in the layout, by transform, from where it was last seen. It remembers what was drawn,
 * so none of it is reactive. A dragged note is drawn above everything, clipped by neither of the scrolling panes.
 */
import { gather, glide, put, type Place as Spot } from "../../design/motion";
import type { Place, Point } from "../../ui/places";

export interface Scene {
  readonly places: ReadonlyMap<string, Place>;
  readonly elements: ReadonlyMap<string, HTMLElement>;
  /** Note → theme: notes that change theme together move as one. */
  readonly piles: ReadonlyMap<string, string>;
  readonly width: number;
  /** The current window position of a spot on the board, among the free notes or the themes. */
  onScreen(spot: Point): Point;
  /** Whether it is seen at all. */
  inSight(spot: Point): boolean;
  /** The dragged thing, and its window position; null while it follows the pointer. */
  readonly held: { readonly id: string; readonly at: Spot | null } | null;
}

export class Drawing {
  #drawn = new WeakSet<HTMLElement>();
  #seen = new Map<string, Spot>();
  #piles: ReadonlyMap<string, string> = new Map();
  #width = 0;
  /** What is lifted, and the position of the window. */
  #lifted: { readonly id: string; readonly el: HTMLElement; readonly origin: Point } | null = null;
  #at: Spot | null = null;

  draw(scene: Scene): void {
    const { places, elements, piles, width, held } = scene;
    const resized = width !== this.#width;
    const together: { el: HTMLElement; place: Spot }[] = [];
    if (this.#lifted && this.#lifted.id !== held?.id) this.#lay(scene);
    for (const [id, { x, y }] of places) {
      const el = elements.get(id);
      if (!el) continue;
      if (held?.id === id) {
        if (held.at) this.#hover(id, el, held.at);
        continue;
      }
      const spot: Spot = { x, y };
      const was = this.#seen.get(id);
      this.#seen.set(id, spot);
      if (!this.#drawn.has(el)) put(el, was ?? spot);
      this.#drawn.add(el);
      // Off-screen papers move without animation: hundreds at once would make the visible ones stutter.
      if (!was || resized || !(scene.inSight(was) || scene.inSight(spot))) put(el, spot);
      else if (was.x === spot.x && was.y === spot.y && was.tilt === spot.tilt) continue;
      else if (this.#piles.get(id) !== piles.get(id)) together.push({ el, place: spot });
      else glide(el, spot);
    }
    if (together.length > 1) gather(together);
    else for (const { el, place } of together) glide(el, place);
    this.#piles = piles;
    this.#width = width;
    for (const id of [...this.#seen.keys()]) if (!places.has(id)) this.#seen.delete(id);
  }

  /** Under the pointer: there at once. `spot` is in the window. */
  follow(id: string, el: HTMLElement, spot: Spot): void {
    const origin = this.#lift(id, el);
    this.#at = spot;
    put(el, { ...spot, x: spot.x - origin.x, y: spot.y - origin.y });
  }

  #hover(id: string, el: HTMLElement, spot: Spot): void {
    const fresh = this.#lifted?.el !== el;
    const origin = this.#lift(id, el);
    this.#at = spot;
    const place = { ...spot, x: spot.x - origin.x, y: spot.y - origin.y };
    if (fresh) put(el, place);
    else glide(el, place);
  }

  /** Lift it out of its pane: fixed to the window, or to another containing block. */
  #lift(id: string, el: HTMLElement): Point {
    if (this.#lifted?.el === el) return this.#lifted.origin;
    put(el, { x: 0, y: 0 });
    el.style.position = "fixed";
    const { left, top } = el.getBoundingClientRect();
    this.#lifted = { id, el, origin: { x: left, y: top } };
    return this.#lifted.origin;
  }

  /** Put it back among the others, at first where it was dropped. */
  #lay({ places, onScreen }: Scene): void {
    const { id, el } = this.#lifted ?? {};
    this.#lifted = null;
    if (id === undefined || !el) return;
    el.style.position = "";
    const place = places.get(id);
    if (!place || !this.#at) return;
    const seen = onScreen(place);
    const spot = { x: place.x + this.#at.x - seen.x, y: place.y + this.#at.y - seen.y };
    this.#seen.set(id, spot);
    put(el, spot);
    this.#at = null;
  }
}
