/** What a board and its actions share of one activity: one of each class, made when it is first asked for. */
import { untrack } from "svelte";

export class States {
  readonly #all = new Map<string, Map<unknown, unknown>>();

  of<State>(item: string, kind: new () => State): State {
    const own = this.#all.get(item) ?? new Map<unknown, unknown>();
    this.#all.set(item, own);
    // Untracked: a reaction is not run again by runes it has made itself, and these are everybody's.
    if (!own.has(kind))
      own.set(
        kind,
        untrack(() => new kind()),
      );
    return own.get(kind) as State;
  }
}
