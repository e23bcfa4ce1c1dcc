/** F1: the circle of five phases, as arcs on a 100 × 100 picture. */
import type { ActivityName } from "../engine/types";
import { PHASE_OF, PHASES } from "../contract/kinds.gen";

const CENTRE = 50;

/** One arc per phase, clockwise from the top; `stroke` decides how far the round ends are apart. */
export function arcs(stroke: number): string[] {
  const radius = 50 - stroke / 2;
  const gap = ((stroke / 2 + 2.3) / radius) * (180 / Math.PI);
  return [0, 1, 2, 3, 4].map((n) => {
    const [ax, ay] = on(radius, n * 72 + gap);
    const [bx, by] = on(radius, (n + 1) * 72 - gap);
    return `M${ax} ${ay}A${radius} ${radius} 0 0 1 ${bx} ${by}`;
  });
}

function on(radius: number, degrees: number): [string, string] {
  const angle = (degrees * Math.PI) / 180;
  return [(CENTRE + radius * Math.sin(angle)).toFixed(2), (CENTRE - radius * Math.cos(angle)).toFixed(2)];
}

export type Phase = (typeof PHASES)[number];

/** The phase of an activity's kind; one without a phase, such as a pause, is in that of the one before. */
export function phaseOf(agenda: readonly { readonly activity: ActivityName }[], at: number): Phase {
  const before = agenda
    .slice(0, at + 1)
    .filter(({ activity }) => PHASE_OF[activity] !== null)
    .at(-1);
  const any = before ?? agenda.find(({ activity }) => PHASE_OF[activity] !== null);
  // An empty agenda counts as the usual first meeting.
  return (any && PHASE_OF[any.activity]) ?? PHASES[1];
}

export const asPhase = (number_: number | undefined): Phase | undefined =>
  PHASES.find((phase) => phase === number_);
