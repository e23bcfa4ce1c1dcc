/** Where a phone keeps the names signed up from it: separate from its notes, and from its first load (A3). */

/** A3: the key under which a phone keeps its sign-ups, separate from all notes. */
export const namesKey = (workshop: string): string => `trivsel-names-${workshop}`;

/**
 * The meeting is over or, without one named, the phone is handed on: the names stay on the board, but can no longer be
 * withdrawn from here.
 */
export function forgetNames(workshop = ""): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(namesKey(workshop))) localStorage.removeItem(key);
  } catch {
    // Then nothing was stored either.
  }
}
