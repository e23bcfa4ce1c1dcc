/** What every shell tells of the clock and of its connection, each with its own words. */
import { untrack } from "svelte";
import { remaining } from "../engine/clock.svelte";
import type { Timer } from "../engine/types";

/** Seconds left at which a running clock is spoken of. */
const MARKS = [0, 30, 60] as const;

/** Tells when a running clock comes to one minute, half a minute and its end. Called while a component is made. */
export function onClockMark(
  timer: () => Timer | undefined,
  now: () => number,
  tell: (mark: (typeof MARKS)[number]) => void,
): void {
  let before: number | null = null;
  let of: string | undefined;
  $effect(() => {
    const is = timer();
    const left = is?.state === "running" ? remaining(is, now()) : null;
    const was = is?.id === of ? before : null;
    [before, of] = [left, is?.id];
    if (was === null || left === null) return;
    const mark = MARKS.find((seconds) => was > seconds * 1_000 && left <= seconds * 1_000);
    if (mark !== undefined) untrack(() => tell(mark));
  });
}

/** Whether a connection has been gone for so long that it is worth a word. Made while a component is. */
export class Line {
  lost = $state(false);

  /** `after` is in milliseconds; `tell` gets each change. */
  constructor(isGone: () => boolean, after: number, tell?: (lost: boolean) => void) {
    $effect(() => {
      const gone = isGone();
      if (gone === untrack(() => this.lost)) return undefined;
      const set = () => {
        this.lost = gone;
        untrack(() => tell?.(gone));
      };
      if (!gone) return set();
      const later = setTimeout(set, after);
      return () => clearTimeout(later);
    });
  }
}
