/** A phone's own notes and drafts, kept across reloads and sleep (R2). */
import type { FaultCode } from "../protocol.gen";
import type { Paper } from "../engine/types";

export type Mine = {
  note: string;
  secret: string;
  /** Which meeting it belongs to: nothing is ever sent to another. */
  workshop: string;
  activity: string;
  /** The paper it was written on, for looks. */
  paper: Paper;
  /** Its poster (P4.1, P4.2), with the poster's name at that time. */
  poster?: { readonly id: string; readonly name: string } | undefined;
  rev: number;
  /** The wanted text; null for deletion. */
  text: string | null;
  /** The text the server certainly has; undefined for none. */
  board?: string | null;
  /** Whether it may have arrived at all. */
  tried: boolean;
  /** Creation time, for the order on this phone only; never sent. */
  made: number;
  /**
   * `late`: stored after the stop, waiting for others (a new note, a change, or a deletion if `text` is null).
   * `returned`: refused, with the text back at its author.
   */
  state: "unsent" | "stored" | "late" | "returned";
  /** The note's seq on the board when it was stored; it does not change while waiting. */
  seq?: number | undefined;
  code?: FaultCode;
};

/** Whether a note belongs to that meeting, or to any if none is named. */
export const isOf = (mine: Mine, workshop: string): boolean => mine.workshop.startsWith(workshop);

/** An optional `late` callback gets results that arrive too late. */
export interface Shelf {
  all(late?: (notes: Mine[]) => void): Promise<Mine[]>;
  put(mine: Mine): Promise<void>;
  remove(note: string): Promise<void>;
  draft(key: string, late?: (text: string) => void): Promise<string>;
  keepDraft(key: string, text: string): Promise<void>;
  /** Delete notes and drafts of one meeting, or of all if none is named. */
  wipe(workshop: string): Promise<void>;
}

/** The phone's shelf, or this page's memory if there is none or it does not answer. */
export const shelf = (): Shelf => patient(far);

type Anything = (...args: unknown[]) => Promise<unknown>;
/** Loaded separately: nobody waits for it, so it need not be in the page's bundle. */
const far = new Proxy({} as Shelf, {
  get:
    (_, name: keyof Shelf): Anything =>
    async (...args) =>
      ((await import("./database")).database[name] as Anything)(...args),
});

/** How long to wait for a shelf, in ms. */
const SHELF_TIMEOUT = 1_000;

/**
 * Nobody waits for the shelf (G19): what it does not do within a second, this page's memory does, and at once after the
 * first delay. The shelf still does everything when it answers, in order.
 */
export function patient(slow: Shelf): Shelf {
  // Newer than what the shelf has; dropped once the shelf has it too.
  const notes = new Map<string, Mine>();
  const drafts = new Map<string, string>();
  /** Notes that the shelf may still have. */
  const gone = new Set<string>();
  let hung = false;

  /** The result of `work` within a second, else `spare`. `had` gets the result, and whether it was late. */
  const ask = <T>(work: Promise<T>, spare: T, had?: (got: T, late: boolean) => unknown): Promise<T> =>
    new Promise((done) => {
      let waiting = true;
      const enough = () => {
        waiting = false;
        done(spare);
      };
      const timer = setTimeout(
        () => {
          hung = true;
          enough();
        },
        hung ? 0 : SHELF_TIMEOUT,
      );
      const answered = () => {
        clearTimeout(timer);
        hung = false;
      };
      work.then(
        (got) => {
          answered();
          had?.(got, !waiting);
          done(got);
        },
        () => {
          answered();
          enough();
        },
      );
    });
  const merged = (kept: readonly Mine[]) => [
    ...kept.filter(({ note }) => !gone.has(note) && !notes.has(note)),
    ...notes.values(),
  ];

  return {
    all: (late) => ask(slow.all(), [], (got, slowly) => slowly && late?.(got)).then(merged),
    put: (mine) => {
      gone.delete(mine.note);
      notes.set(mine.note, mine);
      return ask(slow.put(mine), undefined, () => notes.get(mine.note) === mine && notes.delete(mine.note));
    },
    remove: (note) => {
      gone.add(note);
      notes.delete(note);
      return ask(slow.remove(note), undefined);
    },
    draft: (key, late) =>
      ask(slow.draft(key), "", (got, slowly) => slowly && late?.(got)).then(
        (kept) => drafts.get(key) ?? kept,
      ),
    keepDraft: (key, text) => {
      drafts.set(key, text);
      return ask(slow.keepDraft(key, text), undefined, () => drafts.get(key) === text && drafts.delete(key));
    },
    wipe: (workshop) => {
      for (const mine of notes.values()) if (isOf(mine, workshop)) notes.delete(mine.note);
      for (const key of drafts.keys()) if (key.startsWith(workshop)) drafts.delete(key);
      return ask(slow.wipe(workshop), undefined);
    },
  };
}

export function memoryShelf(): Shelf {
  const notes = new Map<string, Mine>();
  const drafts = new Map<string, string>();
  return {
    all: async () => [...notes.values()],
    put: async (mine) => void notes.set(mine.note, mine),
    remove: async (note) => void notes.delete(note),
    draft: async (activity) => drafts.get(activity) ?? "",
    keepDraft: async (activity, text) => void drafts.set(activity, text),
    wipe: async (workshop) => {
      for (const mine of notes.values()) if (isOf(mine, workshop)) notes.delete(mine.note);
      for (const key of drafts.keys()) if (key.startsWith(workshop)) drafts.delete(key);
    },
  };
}
