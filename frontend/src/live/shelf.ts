/** What a phone keeps of its own notes and drafts, over reloads and sleep (R2). */
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
  /** The poster it hangs on (P4.1, P4.2), with its name as it was read. */
  poster?: { readonly id: string; readonly name: string } | undefined;
  rev: number;
  /** What it is to say; null: to be deleted. */
  text: string | null;
  /** What the server has for certain; undefined: nothing. */
  board?: string | null;
  /** Whether it may have arrived at all. */
  tried: boolean;
  /** Made at, for the order on this phone only; never sent. */
  made: number;
  /**
   * `late`: stored after the stop, and waits for others (a new note, a change, or with `text` null a deletion).
   * `returned`: refused, the text is back with its writer.
   */
  state: "unsent" | "stored" | "late" | "returned";
  /** The number its note had on the board when it was stored; while it waits there is no other. */
  seq?: number | undefined;
  code?: FaultCode;
};

/** Whether a note belongs to that meeting; to any where none is named. */
export const isOf = (mine: Mine, workshop: string): boolean => mine.workshop.startsWith(workshop);

/** Where `late` may be given, it hears what comes only after nobody waited any more. */
export interface Shelf {
  all(late?: (notes: Mine[]) => void): Promise<Mine[]>;
  put(mine: Mine): Promise<void>;
  remove(note: string): Promise<void>;
  draft(key: string, late?: (text: string) => void): Promise<string>;
  keepDraft(key: string, text: string): Promise<void>;
  /** Notes and drafts of one meeting; of every meeting where none is named. */
  wipe(workshop: string): Promise<void>;
}

/** The phone's shelf; this page's memory where there is none or it does not answer. */
export const shelf = (): Shelf => patient(far);

type Anything = (...args: unknown[]) => Promise<unknown>;
/** It comes beside the page: since nobody waits for it, the page need not bring it along. */
const far = new Proxy({} as Shelf, {
  get:
    (_, name: keyof Shelf): Anything =>
    async (...args) =>
      ((await import("./database")).database[name] as Anything)(...args),
});

/** So long a shelf is waited for, in ms. */
const SHELF_TIMEOUT = 1_000;

/**
 * Nobody waits for the shelf (G19): what it does not do within a second, this page's memory does meanwhile; once it has
 * kept somebody waiting, at once. What it was asked it still does when it answers, in the order it was asked.
 */
export function patient(slow: Shelf): Shelf {
  // What is here is newer than what the shelf has: it is let go once the shelf has that too.
  const notes = new Map<string, Mine>();
  const drafts = new Map<string, string>();
  /** Notes that the shelf may still have. */
  const gone = new Set<string>();
  let hung = false;

  /** What `work` brings within a second, else `spare`. `had` hears what came, and whether it came after that. */
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
