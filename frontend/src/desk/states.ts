/** State shared by an activity's board and its actions: one instance per class, created on first use. */
import { untrack } from "svelte";

export class States {
  readonly #all = new Map<string, Map<unknown, unknown>>();

  of<State>(item: string, kind: new () => State): State {
    const own = this.#all.get(item) ?? new Map<unknown, unknown>();
    this.#all.set(item, own);
    // Untracked: a reaction ignores runes it created itself, but these are shared.
    if (!own.has(kind))
      own.set(
        kind,
        untrack(() => new kind()),
      );
    return own.get(kind) as State;
  }
}
