/** Random ids and secrets. On plain http there is no `crypto.randomUUID`, but there is `getRandomValues`. */

function random(bytes: number): string {
  const raw = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...raw))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** An id for a record or a command: 16 random bytes, no time and no order in it (A10). */
export const newId = () => random(16);

/** The proof that a note is mine: 32 random bytes that only this phone keeps (A1). */
export const newSecret = () => random(32);
