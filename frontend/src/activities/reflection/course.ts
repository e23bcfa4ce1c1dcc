/** P5.4: the way of a theme, from the records to the lines that are drawn and to the words for who cannot see them. */
import type { Board } from "../../board/board.svelte";
import { chosenOf, themesOf, workedBefore } from "../../board/themes";
import type { OfKind, Theme } from "../../board/types";
import { lang, t } from "../../words";

export type Progress = OfKind<"progress">;
type Boarded = Pick<Board, "all" | "items" | "one" | "workshop">;

export const progressId = (theme: string): string => `progress:${theme}`;

/** The last that was said of each of the two; null: nothing yet. */
export function standing(progress: Progress | undefined): { value: number | null; want: number | null } {
  const last = (side: "value" | "want") =>
    progress?.marks.findLast((mark) => mark[side] !== null)?.[side] ?? null;
  return { value: last("value"), want: last("want") };
}

/** P5.3, P5.5: the themes left over: not chosen so far, and not what the group cannot influence. */
export function leftOver(board: Boarded): Theme[] {
  const chosen = new Set([...chosenOf(board), ...workedBefore(board)]);
  const cannot = new Set(
    board
      .all("influence")
      .filter(({ field }) => field === "cannot")
      .map(({ theme }) => theme),
  );
  return themesOf(board, []).filter(({ id }) => !chosen.has(id) && !cannot.has(id));
}

/** The themes that may have a picture: the chosen ones first, then those that have one, then the others. */
export function withWay(board: Boarded): Theme[] {
  const chosen = chosenOf(board);
  const order = (theme: Theme) =>
    chosen.has(theme.id) ? 0 : board.one("progress", progressId(theme.id)) ? 1 : 2;
  return themesOf(board, []).toSorted((a, b) => order(a) - order(b));
}

/** Those with a picture that shows something, as many as the wall has room for: the ones last set. */
export function drawnThemes(board: Boarded, most = 3): { theme: Theme; progress: Progress }[] {
  const all = withWay(board).flatMap((theme) => {
    const progress = board.one("progress", progressId(theme.id));
    return progress && progress.marks.length > 0 ? [{ theme, progress }] : [];
  });
  const day = ({ progress }: (typeof all)[number]) => progress.marks.at(-1)?.day ?? "";
  const newest = new Set(all.toSorted((a, b) => day(b).localeCompare(day(a))).slice(0, most));
  return all.filter((each) => newest.has(each));
}

const date = (iso: string): Date => {
  const [year = 0, month = 1, day = 1] = iso.split("-").map(Number);
  return new Date(year, month - 1, day);
};

/** "2027-01-04" → "4. jan." */
export const shortDay = (iso: string): string =>
  new Intl.DateTimeFormat(lang() === "da" ? "da-DK" : "en-GB", { day: "numeric", month: "short" }).format(
    date(iso),
  );

const longDay = (iso: string): string =>
  new Intl.DateTimeFormat(lang() === "da" ? "da-DK" : "en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(date(iso));

/** The words at the ends: the group's own, else the usual ones. */
export const ends = (
  progress: Progress | undefined,
  shell: "desk" | "wall",
): { low: string; high: string } => ({
  low: progress?.low || t(`reflection.${shell}.low`),
  high: progress?.high || t(`reflection.${shell}.high`),
});

/** The picture in words. */
export function inWords(name: string, progress: Progress, shell: "desk" | "wall"): string {
  const said = [t(`reflection.${shell}.alt`, { theme: name, ...ends(progress, shell) })];
  const places = progress.marks
    .filter(({ value }) => value !== null)
    .map(({ day, value }) => `${value} (${longDay(day)})`);
  if (places.length > 0) said.push(t(`reflection.${shell}.alt.way`, { places: places.join(", ") }));
  const { want } = standing(progress);
  if (want !== null)
    said.push(
      progress.by
        ? t(`reflection.${shell}.alt.aim_by`, { want, day: longDay(progress.by) })
        : t(`reflection.${shell}.alt.aim`, { want }),
    );
  return said.join(" ");
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** The height of the letters, in the same unit. */
  readonly type: number;
}
export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  /** Empty where the days would lie on each other. */
  readonly label: string;
}
export interface Drawing {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly dots: readonly Dot[];
  readonly aim: Dot | null;
}

/** The places evenly from left to right, 10 at the top; the aim stands at the right edge. */
export function draw(progress: Progress, { width, height, type }: Frame, aimLabel: string): Drawing {
  const left = type * 1.6;
  const right = width;
  const top = type * 2.4;
  const bottom = height - type * 3.2;
  const y = (value: number) => bottom - ((bottom - top) * value) / 10;
  const { want } = standing(progress);
  const marks = progress.marks.filter(({ value }) => value !== null);
  const first = left + type * 2;
  const last = right - type * (want === null ? 2.5 : 8);
  const step = (last - first) / Math.max(1, marks.length - 1);
  // A day needs about five letters' room; the first and the last are always said.
  const every = Math.max(1, Math.ceil((type * 5) / Math.max(step, 1)));
  const said = (at: number) => {
    const end = marks.length - 1;
    return at === 0 || at === end || (at % every === 0 && (end - at) * step >= type * 5);
  };
  return {
    left,
    right,
    top,
    bottom,
    dots: marks.map(({ day, value }, at) => ({
      x: first + at * step,
      y: y(value ?? 0),
      value: value ?? 0,
      label: said(at) ? shortDay(day) : "",
    })),
    aim:
      want === null
        ? null
        : {
            x: right - type * 2.6,
            y: y(want),
            value: want,
            label: progress.by ? shortDay(progress.by) : aimLabel,
          },
  };
}

/** What fits in one line of letters of that size; the rest is left out. */
export function oneLine(text: string, width: number, type: number): string {
  const most = Math.max(3, Math.floor(width / (type * 0.52)));
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
