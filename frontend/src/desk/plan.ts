/** F4: the agenda's times, from the items and the server's clock alone: what is elapsed, when it ends, how far over plan. */
import type { Item } from "../engine/types";

export interface Plan {
  /** Whole minutes the live activity has run. */
  elapsed: number;
  /** Server ms when the workshop is predicted to end; null before it has begun. */
  ends: number | null;
  /** Whole minutes later (or, negative, earlier) than planned. */
  over: number;
  /** Planned minutes of everything. */
  total: number;
}

const MINUTE = 60_000;

export function plan(items: readonly Item[], now: number): Plan {
  const total = items.reduce((sum, item) => sum + item.minutes, 0);
  const starts = items.flatMap((item) => (item.started_at === null ? [] : [item.started_at]));
  const live = items.find((item) => item.state === "live");
  const elapsed = live?.started_at == null ? 0 : Math.max(0, Math.floor((now - live.started_at) / MINUTE));
  if (starts.length === 0) return { elapsed, ends: null, over: 0, total };
  const todo = items.filter((item) => item.state === "planned").reduce((sum, item) => sum + item.minutes, 0);
  const left = live?.started_at == null ? 0 : Math.max(0, live.minutes * MINUTE - (now - live.started_at));
  const finished = live === undefined && todo === 0;
  const ends = finished
    ? Math.max(...items.map((item) => item.ended_at ?? item.started_at ?? 0))
    : now + left + todo * MINUTE;
  const planned = Math.min(...starts) + total * MINUTE;
  return { elapsed, ends, over: Math.round((ends - planned) / MINUTE), total };
}

/** Minutes to show at an item: the actual time of a finished one, the planned time of any other. */
export function minutesOf(item: Item): number {
  if (item.state !== "done" || item.started_at === null || item.ended_at === null) return item.minutes;
  return Math.max(1, Math.round((item.ended_at - item.started_at) / MINUTE));
}

/** The item that follows this one in the agenda. */
export function following(items: readonly Item[], id: string | undefined): Item | undefined {
  const at = items.findIndex((item) => item.id === id);
  return at < 0 ? items.find((item) => item.state === "planned") : items[at + 1];
}
