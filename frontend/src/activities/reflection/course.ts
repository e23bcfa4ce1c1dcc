/** P5.4: the progress of a theme, from the records to the drawing, and to words for people who cannot see it. */
import { progressId } from "../../contract/ids/reflection.gen";
import type { Board } from "../../engine/board.svelte";
import { challengesOn, chosenOf, themesOf, workedBefore } from "../../parts/themes/themes";
import type { OfKind, Theme } from "../../engine/types";
import type { Drawing, Frame } from "../../ui/drawing";
import { lang, t } from "../../words";
import { drawWay } from "./way";

export type Progress = OfKind<"progress">;
type Boarded = Pick<Board, "all" | "one" | "workshop">;

/** The last value of each of the two; null if there is none yet. */
export function standing(progress: Progress | undefined): { value: number | null; want: number | null } {
  const last = (side: "value" | "want") =>
    progress?.marks.filter((mark) => mark[side] !== null).at(-1)?.[side] ?? null;
  return { value: last("value"), want: last("want") };
}

/** P5.3, P5.5: the themes left over: not chosen so far, and not outside the group's influence. */
export function leftOver(board: Boarded): Theme[] {
  const chosen = new Set([...chosenOf(board), ...workedBefore(board)]);
  const cannot = new Set(
    board
      .all("influence")
      .filter(({ field }) => field === "cannot")
      .map(({ theme }) => theme),
  );
  const challenge = challengesOn(board);
  return themesOf(board).filter(
    (theme) => !chosen.has(theme.id) && !cannot.has(theme.id) && challenge(theme),
  );
}

/** The themes that may have a picture: the chosen ones first, then those that have one, then the others. */
export function withWay(board: Boarded): Theme[] {
  const chosen = chosenOf(board);
  const order = (theme: Theme) =>
    chosen.has(theme.id) ? 0 : board.one("progress", progressId(theme.id)) ? 1 : 2;
  return [...themesOf(board)].sort((a, b) => order(a) - order(b));
}

/** Those with something to draw, the most recently set ones, as many as fit on the wall. */
export function drawnThemes(board: Boarded, most = 3): { theme: Theme; progress: Progress }[] {
  const all = withWay(board).flatMap((theme) => {
    const progress = board.one("progress", progressId(theme.id));
    return progress && progress.marks.length > 0 ? [{ theme, progress }] : [];
  });
  const day = ({ progress }: (typeof all)[number]) => progress.marks.at(-1)?.day ?? "";
  const newest = new Set([...all].sort((a, b) => day(b).localeCompare(day(a))).slice(0, most));
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

/** The way of a theme as it is drawn on a screen: its places with their days, and the aim. */
export function drawProgress(progress: Progress, shell: "desk" | "wall", frame: Frame): Drawing {
  const points = progress.marks.flatMap(({ day, value }) =>
    value === null ? [] : [{ label: shortDay(day), value }],
  );
  const { want } = standing(progress);
  const label = progress.by ? shortDay(progress.by) : t(`reflection.${shell}.aim`);
  return drawWay(points, want === null ? null : { label, value: want }, ends(progress, shell), frame);
}
