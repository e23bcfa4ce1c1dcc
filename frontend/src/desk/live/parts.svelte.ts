/** The desk's parts of the kinds of activity, each loaded when it is needed. */
import { byKind } from "../../activities/registry";
import type { ActivityName, Item } from "../../engine/types";
import type { DeskPart } from "../part";

export const parts = byKind(import.meta.glob<DeskPart>("../../activities/*/desk.ts", { import: "default" }));

export class Parts {
  #loaded: Partial<Record<ActivityName, DeskPart>> = $state.raw({});
  /** The last one that was asked for could not be loaded. */
  failed = $state(false);

  of(item: Item | undefined): DeskPart | undefined {
    return item && this.#loaded[item.activity];
  }

  async load(item: Item | undefined): Promise<void> {
    if (item === undefined || this.of(item)) return;
    try {
      const loaded = await parts[item.activity]();
      this.#loaded = { ...this.#loaded, [item.activity]: loaded };
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }
}
