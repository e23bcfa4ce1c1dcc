/** Moving within a list: which one it will be before. */

/** `to` is the place it gets. Null is last; undefined when nothing would change. */
export function before(list: readonly { id: string }[], id: string, to: number): string | null | undefined {
  const from = list.findIndex((each) => each.id === id);
  const others = list.filter((each) => each.id !== id);
  if (from < 0 || from === to || to < 0 || to > others.length) return undefined;
  return others[to]?.id ?? null;
}
