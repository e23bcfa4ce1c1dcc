/**
 * Two versions of an answer that both began as `base`: what was written here, and what another device has stored.
 * Nobody's words are lost: where both changed, one stands under the other.
 */
export function merged(base: string, mine: string, theirs: string): string {
  const plain = (text: string) => text.trim();
  if (plain(mine) === plain(base) || plain(mine) === plain(theirs)) return theirs;
  if (plain(theirs) === plain(base)) return mine;
  if (plain(mine).includes(plain(theirs))) return mine;
  if (plain(theirs).includes(plain(mine))) return theirs;
  return `${plain(theirs)}\n\n${plain(mine)}`;
}
