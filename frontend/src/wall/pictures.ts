/** A change of picture: old things leave downwards 24 u and fade, new ones come from 24 u above. */
import { cubicIn, cubicOut } from "svelte/easing";
import type { TransitionConfig } from "svelte/transition";
import { reduced, times } from "../design/motion";
import type { Stage } from "./stage.svelte";

const still: TransitionConfig = { duration: 0 };
const fade: TransitionConfig = { duration: 120, css: (t) => `opacity:${String(t)}` };

export function arrive(_node: Element, stage: Stage): TransitionConfig {
  if (stage.quiet || document.hidden) return still;
  if (reduced()) return fade;
  return {
    duration: times.move,
    easing: cubicOut,
    css: (t, rest) => `opacity:${String(t)};transform:translateY(calc(${String(-24 * rest)} * var(--u)))`,
  };
}

export function depart(_node: Element, stage: Stage): TransitionConfig {
  if (stage.quiet || document.hidden) return still;
  if (reduced()) return fade;
  return {
    duration: times.move,
    easing: cubicIn,
    css: (t, rest) => `opacity:${String(t)};transform:translateY(calc(${String(24 * rest)} * var(--u)))`,
  };
}
