/** U24: the list of all actions, narrowed by what is typed. */
import type { Action } from "../part";

export interface Group {
  readonly title: string;
  readonly actions: readonly Action[];
}

const words = (text: string): string[] =>
  text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Each typed word must begin a word of the label or its group; labels that begin with it come first. */
export function narrowed(groups: readonly Group[], typed: string): Group[] {
  const wanted = words(typed);
  if (wanted.length === 0) return [...groups];
  const begins = (text: string) => text.toLocaleLowerCase().startsWith(typed.trim().toLocaleLowerCase());
  return groups.map(({ title, actions }) => ({
    title,
    actions: actions
      .filter(({ label }) => {
        const has = [...words(label), ...words(title)];
        return wanted.every((want) => has.some((word) => word.startsWith(want)));
      })
      .sort((a, b) => Number(begins(b.label)) - Number(begins(a.label))),
  }));
}
