/** What the end of a meeting asks and says: the same words for every meeting of its kind, whatever lies in the box. */
import { writingId } from "../../contract/ids/writing.gen";
import type { Item } from "../../engine/types";
import type { Driver } from "../driver.svelte";

/** The meeting, as far as the end is about it. */
type Meeting = Pick<Driver, "items" | "board">;

const writingOf = ({ board }: Meeting, item: Item) => board.one("writing", writingId(item.id));

const isInTurn = (item: Item): boolean => "mode" in item.settings && item.settings.mode === "in_turn";

/**
 * What people wrote to and may have written to after time. Asked of all of them alike: which of them late notes came
 * to, if any, is in no answer.
 */
export const maybeLate = (meeting: Meeting): Item[] =>
  meeting.items.filter((item) => {
    const writing = writingOf(meeting, item);
    return writing !== undefined && !writing.letting_in && !isInTurn(item);
  });

/** Items whose notes were not turned over: they are deleted when the meeting ends. Known from what was told. */
export const unturned = (meeting: Meeting): Item[] =>
  meeting.items.filter((item) => {
    const writing = writingOf(meeting, item);
    return writing !== undefined && writing.state !== "turned" && writing.cards > 0 && !isInTurn(item);
  });

/** Ends the meeting, with late notes or without; whether it went. */
export async function end(driver: Driver, late: "take" | "leave"): Promise<boolean> {
  if (late === "take")
    for (const { id } of maybeLate(driver)) {
      const answer = await driver.send({ type: "notes.let_in_late", activity: id });
      if (!answer.stored) return false;
    }
  return (await driver.send({ type: "agenda.end", workshop: driver.id })).stored;
}
