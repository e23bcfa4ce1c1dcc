/** Animates a card laid out by the page from where it was last seen to where it is now. */
import { easings, play, reduced, stop, times } from "../../design/motion";
import type { Point } from "../../ui/places";

/** In a straight line, with a slight overshoot. */
export function settle(element: HTMLElement, from: DOMRect | undefined): void {
  stop(element);
  element.style.transform = "";
  if (!from) return;
  const to = element.getBoundingClientRect();
  const [x, y] = [from.left - to.left, from.top - to.top];
  if (Math.hypot(x, y) < 1) return;
  const frames = [{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }];
  void play(element, frames, { duration: times.glide, easing: easings.land });
}

/** While dragged: the offset from its place. */
export function lean(element: HTMLElement, { x, y }: Point): void {
  element.style.transform = `translate(${x}px, ${y}px) rotate(-2.5deg)`;
}

/** While the arrows choose, a card hovers above its target, or slightly above its own place. */
export function hover(element: HTMLElement, target: HTMLElement | undefined): void {
  const seen = element.getBoundingClientRect();
  stop(element);
  element.style.transform = "";
  const home = element.getBoundingClientRect();
  const to = target?.getBoundingClientRect();
  const x = to ? to.left + Math.min(70, to.width / 6) - home.left : 0;
  const y = to ? to.top + Math.min(70, to.height / 3) - home.top : -6;
  lean(element, { x, y });
  if (reduced()) return;
  const start = `translate(${seen.left - home.left}px, ${seen.top - home.top}px)`;
  void play(element, [{ transform: start }, { transform: element.style.transform }]);
}
