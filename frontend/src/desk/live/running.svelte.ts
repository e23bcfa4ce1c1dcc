/* eslint-disable svelte/prefer-svelte-reactivity -- sets are replaced as a whole, never changed in place */
/** The actions in progress: pressing one again does nothing until it is done. */
import type { Action } from "../part";
import type { Selection } from "../selection.svelte";

export class Running {
  #now: ReadonlySet<string> = $state.raw(new Set());

  constructor(readonly selection: Selection) {}

  has(what: string): boolean {
    return this.#now.has(what);
  }

  async run(action: Action | null): Promise<void> {
    if (action === null || action.disabled) return;
    const what = this.#what(action);
    if (this.has(what)) return;
    this.#now = new Set([...this.#now, what]);
    try {
      await action.run();
    } finally {
      this.#now = new Set([...this.#now].filter((each) => each !== what));
    }
  }

  /** The same key on the next card is another action. */
  #what({ id, primary }: Action): string {
    return primary ? id : [id, this.selection.focused, ...this.selection.ids].join(" ");
  }
}
