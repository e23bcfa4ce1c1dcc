/** Where a phone keeps the names that were signed from it: apart from its notes, and from what it loads first (A3). */

/** A3: under this, and apart from all notes, a phone keeps the sign-ups that came from it. */
export const namesKey = (workshop: string): string => `trivsel-names-${workshop}`;

/**
 * The meeting is over, or without one named the phone is handed on: the names stay on the board, but from here nobody
 * can take them off any more.
 */
export function forgetNames(workshop = ""): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(namesKey(workshop))) localStorage.removeItem(key);
  } catch {
    // Then nothing was kept either.
  }
}
