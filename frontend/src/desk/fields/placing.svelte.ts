/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets are replaced as a whole, never changed in place */
/** The state of the desk while themes are placed in fields: moving, unfolding, showing examples. */
import type { DeskOrder } from "../../engine/types";
import { t } from "../../words";
import { Hand } from "../hand.svelte";
import type { DeskContext } from "../part";
import { TRAY } from "./fields";

export class Placing {
  /** A target is the id of a field, or `TRAY`. */
  readonly hand = new Hand<string>("desk.fields");
  /** Cards that show their notes. */
  open: ReadonlySet<string> = $state.raw(new Set());
  /** Examples are shown in the fields. */
  examples = $state(false);

  unfold(id: string): void {
    this.open = new Set([...this.open, id].filter((each) => each !== id || !this.open.has(id)));
  }

  /** Send where a theme was put; `record` is the one that stores it. */
  async put(
    context: DeskContext,
    theme: string,
    field: { readonly id: string; readonly label: string },
    record: string,
    command: DeskOrder,
    name: string,
  ): Promise<void> {
    const move = { record, base: context.board.seqOf(record), to: field.id };
    if (!(await this.hand.send(context, command, [theme], new Map([[theme, move]])))) return;
    context.announce(
      field.id === TRAY
        ? t("desk.fields.put_tray", { theme: name })
        : t("desk.fields.put", { theme: name, field: field.label }),
    );
  }
}

/** The same for the board and for its actions. */
export const placing = (context: DeskContext): Placing => context.state(Placing);
