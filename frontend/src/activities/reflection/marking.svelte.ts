/** P5.4: sends marks to the server one after the other, so that quick arrow keys do not overtake each other. */
import { progressId } from "../../contract/ids/reflection.gen";
import { SvelteMap } from "svelte/reactivity";
import type { DeskContext } from "../../desk/part";
import { standing } from "./course";

export interface Levels {
  readonly value: number | null;
  readonly want: number | null;
}

export class Marking {
  #ahead = new SvelteMap<string, Levels>();

  /** The levels of a theme, with pending ones applied. */
  levels(context: Pick<DeskContext, "board">, theme: string): Levels {
    return this.#ahead.get(theme) ?? standing(context.board.one("progress", progressId(theme)));
  }

  async set(context: DeskContext, theme: string, change: Partial<Levels>): Promise<void> {
    const going = this.#ahead.has(theme);
    this.#ahead.set(theme, { ...this.levels(context, theme), ...change });
    if (going) return;
    for (;;) {
      const levels = this.levels(context, theme);
      const answer = await context.send({
        type: "reflection.mark",
        activity: context.item.id,
        theme,
        base: context.board.seqOf(progressId(theme)),
        ...levels,
      });
      // Changed meanwhile: the last one counts. A refused one is not retried.
      if (answer.stored && this.#ahead.get(theme) !== levels) continue;
      this.#ahead.delete(theme);
      return;
    }
  }
}
