/**
 * Merges two versions of an answer based on `base`: the local one, and one stored by another device. No words are lost:
 * if both changed, one is put below the other.
 */
export function merged(base: string, mine: string, theirs: string): string {
  const plain = (text: string) => text.trim();
  if (plain(mine) === plain(base) || plain(mine) === plain(theirs)) return theirs;
  if (plain(theirs) === plain(base)) return mine;
  if (plain(mine).includes(plain(theirs))) return mine;
  if (plain(theirs).includes(plain(mine))) return theirs;
  return `${plain(theirs)}\n\n${plain(mine)}`;
}
