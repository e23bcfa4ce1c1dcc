/** A vote that is counted once, on the desk: closing it while phones answer, and reopening it after too few did. */
import { ballotingId } from "../../contract/ids/ballots.gen";
import type { Action, DeskContext } from "../../desk/part";
import type { DeskOrder } from "../../engine/types";
import { isEarly } from "./early";

interface Vote {
  readonly close: DeskOrder;
  readonly open: DeskOrder;
  /** What the actions say, and what is announced once it is closed. */
  readonly words: Readonly<Record<"close" | "after" | "open" | "few" | "counted", string>>;
}

export function voteActions(context: DeskContext, stage: string, { close, open, words }: Vote): Action[] {
  const { board, item } = context;
  if (!context.live) return [];
  if (stage === "open")
    return [
      {
        id: "close",
        key: "L",
        label: words.close,
        after: words.after,
        primary: true,
        quiet: isEarly(board.one("balloting", ballotingId(item.id))?.count ?? 0, board.least),
        run: async () => {
          const answer = await context.send(close);
          if (answer.stored) context.announce(answer.told.includes("few") ? words.few : words.counted);
        },
      },
    ];
  if (stage === "few")
    return [
      {
        id: "open",
        key: "O",
        label: words.open,
        primary: true,
        run: async () => void (await context.send(open)),
      },
    ];
  return [];
}
