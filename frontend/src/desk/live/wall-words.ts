/** U7: what the wall currently shows, in words: for people who cannot see the picture, or have folded it away. */
import { nameOf } from "../../parts/themes/themes";
import { latest } from "../../wall/picture";
import { t } from "../../words";
import type { Driver } from "../driver.svelte";

/** Uses the wall's records, and its rule for which picture they make (`wall/picture.ts`). */
export function wallShows({ board, wall }: Pick<Driver, "board" | "wall">, open: boolean): string {
  if (wall?.black) return t("desk.picture.black");
  const picture = latest(true, board);
  if (picture.kind === "ended") return t("desk.picture.ended");
  if (picture.item === null) return t(open ? "desk.picture.join" : "desk.picture.shut");
  const { title } = picture.item;
  const forward = wall?.forward ?? null;
  const theme = board.one("theme", forward);
  if (theme) return t("desk.picture.theme", { name: nameOf(theme) });
  const note = board.one("note", forward);
  // Only what the room may read: the desk may have more of a note than the wall shows (A13).
  if (note?.face === "up") return t("desk.picture.note", { text: note.text });
  const what = forward === null ? title : t("desk.picture.large", { title });
  return wall?.page ? t("desk.picture.page", { what, n: wall.page + 1 }) : what;
}
