/** Where one of my notes is now, worked out on the phone from what everybody is told (2.3 step 4). */
import type { Board } from "../board/board.svelte";
import type { Mine } from "../board/outbox";
import type { IconName } from "../parts/icons";
import type { Key } from "../words";

export type Where = { key: Key; icon: IconName; warn?: boolean };

export function whereIs(mine: Mine, board: Board, online: boolean): Where {
  if (mine.state === "returned") return { key: "phone.state.returned", icon: "warn", warn: true };
  if (mine.state === "unsent")
    return online
      ? { key: "phone.state.sending", icon: "clock", warn: true }
      : { key: "phone.state.waiting", icon: "clock", warn: true };
  if (mine.code) return { key: "phone.state.kept", icon: "warn", warn: true };
  const seen = board.one("note_state", mine.note) ?? board.one("note", mine.note);
  if (seen?.face === "hidden") return { key: "phone.state.hidden", icon: "hidden" };
  if (seen?.face === "up") return { key: "phone.state.turned", icon: "tick" };
  if (mine.state === "late" && !seen) return { key: "phone.state.late", icon: "clock", warn: true };
  const writing = board.one("writing", `writing:${mine.activity}`);
  if (!seen && writing && writing.state !== "open") return { key: "phone.state.removed", icon: "bin" };
  return { key: "phone.state.stored", icon: "tick" };
}
