/** W13: the group's placement of each theme, as rows for wall and desk. */
import { influenceSpreadId } from "../../contract/ids/influence.gen";
import type { Board } from "../../engine/board.svelte";
import type { InfluenceSpread } from "../../engine/types";
import * as placing from "../../parts/placing/placing";
import { t } from "../../words";

export const groupOf = (board: Pick<Board, "one">, item: string): placing.Group<InfluenceSpread> =>
  placing.groupOf(board, item, (theme) => board.one("influence_spread", influenceSpreadId(item, theme)));

/** The same as text: a bar for each theme, followed by those that too few have placed. */
export function said({ rows, few }: placing.Group<InfluenceSpread>, shell: "wall" | "desk") {
  return {
    rows: rows.map(({ theme, name, paper, spread: { n, can, agreement } }) => ({
      id: theme,
      name,
      paper,
      sides: [
        {
          side: "can",
          share: can / n,
          text: `${t(`influence.${shell}.group.can`, { yes: can, n })}, ${t(`placing.${shell}.agree.${agreement}`)}`,
        },
      ],
    })),
    foot: few.length > 0 ? [t(`placing.${shell}.group.few`, { names: few.join(", ") })] : [],
  };
}
