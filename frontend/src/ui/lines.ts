/** How many lines a text takes, filled word by word as browsers do. Pure; word widths are passed in. */

/** Width of a text on one line. */
export type Width = (text: string) => number;

/** Where a word may be hyphenated (`hyphens.svelte.ts`); never drawn elsewhere. */
export const POINT = "\u00ad";

/** Where a line may end: at any white space but the kind that holds two words together. */
const SPACE = /[^\S\u00a0]+/;

/** Longer pieces without a point may be cut where they must, e.g. an address: no line of a wall is long enough for all. */
const LONGEST = 18;

export function lines(text: string, room: number, width: Width): number {
  // Nothing fits into no space.
  if (room <= 0) return Infinity;
  const [space, hyphen] = [width(" "), width("-")];
  let count = 0;
  for (const line of text.split("\n")) {
    count += 1;
    let used = 0;
    for (const word of line.split(SPACE)) {
      if (word === "") continue;
      let before = used > 0 ? space : 0;
      const parts = word.split(POINT);
      parts.forEach((part, at) => {
        const own = width(part);
        // If a part fits only without its hyphen, it must stay with what follows.
        const rest = at < parts.length - 1 ? hyphen : 0;
        if (used > 0 && used + before + own + rest <= room) {
          used += before + own;
        } else {
          if (used > 0) count += 1;
          // A piece longer than a line is cut character by character.
          const over = Math.max(0, Math.ceil((own + rest) / room) - 1);
          count += over + (over > 0 ? Math.floor(over / 8) : 0);
          used = own - over * room;
        }
        before = 0;
      });
    }
  }
  return Math.max(1, count);
}

/** The widest piece that is not to be cut, with its hyphen. `whole`: shorter words are not hyphenated either, as in names. */
export const widest = (text: string, width: Width, whole = false): number =>
  Math.max(
    0,
    ...text
      .split(SPACE)
      .flatMap((word) =>
        (whole && word.replaceAll(POINT, "").length <= LONGEST
          ? [word.replaceAll(POINT, "")]
          : word.split(POINT)
        )
          .filter((part) => part.length <= LONGEST)
          .map((part, at, all) => width(part) + (at < all.length - 1 ? width("-") : 0)),
      ),
  );
