/** What the states of `primary.test.ts` are made from. */
import type { Sorting } from "../../src/activities/clustering/desk-sorting.svelte";
import { WHY_PARTS } from "../../src/contract/why.gen";
import type { ActivityName, Leaf } from "../../src/engine/types";

export interface State {
  /** The face and what it is in, in words. */
  readonly says: string;
  readonly kind?: ActivityName;
  readonly settings?: object;
  readonly records?: readonly object[];
  /** Nothing follows it. */
  readonly last?: boolean;
  readonly leaves?: readonly Partial<Leaf>[];
  readonly workshop?: object;
  readonly items?: readonly object[];
  readonly picked?: readonly string[];
  readonly looking?: string;
  readonly role?: string;
  readonly on?: (sorting: Sorting) => void;
  /** The link was copied. */
  readonly handed?: boolean;
}

export const writing = (state: string, more: object = {}) => ({
  ...{ kind: "writing", id: "writing:it", activity: "it", state, cards: 3, late: 0, letting_in: false },
  ...{ posters: {}, again: false },
  ...more,
});
export const timer = (state: string, ends_at: number | null = 60_000) => ({
  ...{ kind: "timer", id: "timer:it", activity: "it", state, ends_at, left: null, length: 300_000 },
});
export const note = (id: string, face: string, more: object = {}) => ({
  ...{ kind: "note", id, activity: "it", text: `Seddel ${id}`, face, theme: null, rank: 0 },
  ...{ edited: false, masked: false, poster: null },
  ...more,
});
export const theme = (id: string, more: object = {}) => ({
  ...{ kind: "theme", id, of: "q", name: `Tema ${id}`, paper: "fjord", position: 1, agenda_place: 1 },
  ...more,
});
export const loose = (...ids: string[]) => ids.map((id) => note(id, "up", { activity: "q" }));
export const inTheme = (id: string, of: string) => note(id, "up", { activity: "q", theme: of });
export const answers = (n: number) =>
  Array.from({ length: n }, (_, at) => ({
    ...{ kind: "answer", id: `answer:it:${at + 1}`, activity: "it", question: at + 1, text: "Svar" },
  }));
export const ballots = (state: string, count: number) => ({
  ...{ kind: "balloting", id: "balloting:it", activity: "it", state, count },
});
export const pulse = (state: string) => ({ kind: "pulse", id: "pulse:it", activity: "it", state });
export const asks = { theme: "t1", name: "Tema t1", open_until: null, threshold: 5 };
export const placed = (id: string, important: boolean, urgent: boolean | null) => ({
  ...{ kind: "priority", id: `priority:${id}`, theme: id, important, urgent, cycle: 1 },
});
export const guide = (step: string) => ({ kind: "guide", id: "guide:it", activity: "it", step });
export const chosen = (id: string) => ({ kind: "chosen", id: `chosen:${id}`, theme: id, cycle: 1 });
export const can = (id: string) => ({ kind: "influence", id: `influence:${id}`, theme: id, field: "can" });
export const row = (id: string, more: object = {}) => ({
  ...{ kind: "action", id, theme: null, text: "Handling", responsible: ["Dorte"], when: "om 14 dage" },
  ...{ day: null, status: "not_started", position: 1, made_from: null, how: "", sign_up: true },
  ...more,
});
export const wall = (more: object) => ({
  ...{ kind: "wall", id: "wall:w", workshop: "w", black: false, join: false, forward: null, size: "M" },
  ...{ page: 0, ...more },
});
export const why = (n: number) =>
  WHY_PARTS.slice(0, n).map((part) => ({ kind: "why", id: `why:${part}`, part, text: "Derfor" }));
export const about = { theme: "t1", name: "Tema t1", finish_seconds: 20 };
export const anonymous = {
  question: "Hvad giver lyst?",
  paper: "korn",
  mode: "anonymous",
  finish_seconds: 20,
};
export const inTurn = { ...anonymous, mode: "in_turn" };
export const gathers = { of: "q" };
