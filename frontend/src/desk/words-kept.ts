/**
 * What is typed on the desk and not stored yet, kept by this browser (G32, G34, G35): a session that ends, a dialog that
 * is shut and a page that is reloaded lose no words. Gone when stored, with the meeting's end, and when signing out.
 */

const prefix = "trivsel-words-";

/** `where` is the workshop, `field` what is written in. */
export const fieldKey = (where: string, field: string): string => `${prefix}${where} ${field}`;

export function keptWords(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Nothing is kept of an empty field. */
export function keepWords(key: string, text: string): void {
  try {
    if (text.trim() === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Then they are in the field alone.
  }
}

/** Of one workshop, or of all where none is named. */
export function forgetWords(where = ""): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(prefix + where)) localStorage.removeItem(key);
  } catch {
    // Then nothing was kept either.
  }
}
