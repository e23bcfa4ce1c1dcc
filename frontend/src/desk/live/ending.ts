/** The questions and texts at the end of a meeting: the same for every such meeting, whatever is in the box. */
import { writingId } from "../../contract/ids/writing.gen";
import type { Item } from "../../engine/types";
import type { Driver } from "../driver.svelte";

/** The meeting, as far as the end is about it. */
type Meeting = Pick<Driver, "items" | "board">;

const writingOf = ({ board }: Meeting, item: Item) => board.one("writing", writingId(item.id));

const isInTurn = (item: Item): boolean => "mode" in item.settings && item.settings.mode === "in_turn";

/**
 * Items that may have late notes. All such items are treated alike, so that nothing reveals which of them have any.
 */
export const maybeLate = (meeting: Meeting): Item[] =>
  meeting.items.filter((item) => {
    const writing = writingOf(meeting, item);
    return writing !== undefined && !writing.letting_in && !isInTurn(item);
  });

/**
 * Items whose notes were not turned over: they are deleted when the meeting ends. Known from what the desk was sent.
 */
export const unturned = (meeting: Meeting): Item[] =>
  meeting.items.filter((item) => {
    const writing = writingOf(meeting, item);
    return writing !== undefined && writing.state !== "turned" && writing.cards > 0 && !isInTurn(item);
  });

/** End the meeting, with or without late notes; returns whether it succeeded. */
export async function end(driver: Driver, late: "take" | "leave"): Promise<boolean> {
  if (late === "take")
    for (const { id } of maybeLate(driver)) {
      const answer = await driver.send({ type: "notes.let_in_late", activity: id });
      if (!answer.stored) return false;
    }
  return (await driver.send({ type: "agenda.end", workshop: driver.id })).stored;
}
