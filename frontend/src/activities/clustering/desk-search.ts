/** U24: the text searched for on the board, in notes and in names of themes, while it is typed. */
import { nameOf } from "../../parts/themes/themes";
import type { Piles } from "./desk-piles";

/** Ignores case and accents, but Danish letters are letters of their own. */
export const plain = (text: string): string =>
  text
    .toLocaleLowerCase("da")
    .replaceAll("å", "\u0001")
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll("\u0001", "å")
    .replaceAll(/\s+/g, " ")
    .trim();

/** What is faded during a search: nothing, until something is typed. */
export function looking(search: string | null): { isAside(text: string): boolean } {
  const wanted = plain(search ?? "");
  return { isAside: (text) => wanted !== "" && !plain(text).includes(wanted) };
}

/** The ids of what is found, in the order the board draws it. */
export function foundIn({ free, themes }: Piles, search: string | null): string[] {
  if (plain(search ?? "") === "") return [];
  const { isAside } = looking(search);
  const all = [
    ...free.map(({ id, text }) => ({ id, text })),
    ...themes.flatMap(({ theme, notes }) => [
      { id: theme.id, text: nameOf(theme) },
      ...notes.map(({ id, text }) => ({ id, text })),
    ]),
  ];
  return all.filter(({ text }) => !isAside(text)).map(({ id }) => id);
}
