/** F1: the circle of five phases, as arcs on a 100 × 100 picture. */

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

export const PHASES = [1, 2, 3, 4, 5] as const;
export type Phase = (typeof PHASES)[number];

const KINDS: Readonly<Record<string, Phase>> = {
  why: 1,
  influence: 3,
  priority: 3,
  dots: 3,
  stop_more_new: 4,
  turn_up_turn_down: 4,
  action_plan: 4,
  pulse: 5,
  reflection: 5,
};

/** The phase a kind of activity belongs to. */
export const phaseOf = (activity: string | undefined): Phase => KINDS[activity ?? ""] ?? 2;

export const asPhase = (number_: number | undefined): Phase | undefined =>
  PHASES.find((phase) => phase === number_);
