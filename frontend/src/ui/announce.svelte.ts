/** Announcements about the clock and the connection in every shell, each with its own texts. */
import { untrack } from "svelte";
import { remaining } from "../engine/clock.svelte";
import type { Timer } from "../engine/types";

/** The seconds left at which a running clock is announced. */
const MARKS = [0, 30, 60] as const;

/** Calls back when a running clock reaches one minute, half a minute and its end. Call it during initialisation. */
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

/** Whether a connection has been lost for long enough to report. Create it during a component's initialisation. */
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
