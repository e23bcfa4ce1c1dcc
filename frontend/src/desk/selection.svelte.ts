/** What is picked on the desk's board: notes or themes, by id, and the one that has the keyboard. */
import { SvelteSet } from "svelte/reactivity";

export class Selection {
  /** Everything picked, in the order it was picked. */
  readonly ids = new SvelteSet<string>();
  /** The note or theme that has the keyboard focus; boards set it from `onfocusin`. */
  focused: string | null = $state(null);
  /** What an action wants focused; the board's ring reads it. */
  wanted: string | null = $state(null);
  #anchor: string | null = null;

  get size(): number {
    return this.ids.size;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** What an action works on: what is picked, else the focused one. */
  get targets(): string[] {
    if (this.ids.size > 0) return [...this.ids];
    return this.focused === null ? [] : [this.focused];
  }

  only(id: string): void {
    this.ids.clear();
    this.ids.add(id);
    this.#anchor = id;
  }

  /** Exactly these. */
  set(ids: Iterable<string>): void {
    this.ids.clear();
    this.add(ids);
  }

  /** A click with its modifier keys: adds one, never a range (U20); a rectangle selects several. */
  press(event: MouseEvent, id: string): void {
    // Touch has no Ctrl: each tap adds one.
    const finger = event instanceof PointerEvent && event.pointerType === "touch";
    if (event.shiftKey || event.ctrlKey || event.metaKey || finger) this.toggle(id);
    else if (this.size === 1 && this.has(id)) this.clear();
    else this.only(id);
  }

  toggle(id: string): void {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.#anchor = id;
  }

  /** Focus it as soon as it is drawn. */
  want(id: string): void {
    this.focused = this.wanted = id;
  }

  /** Shift and an arrow: from the last one picked to this one, in the order the board draws them. */
  extend(id: string, order: readonly string[]): void {
    const from = order.indexOf(this.#anchor ?? id);
    const to = order.indexOf(id);
    if (from < 0 || to < 0) return this.toggle(id);
    for (const each of order.slice(Math.min(from, to), Math.max(from, to) + 1)) this.ids.add(each);
  }

  add(ids: Iterable<string>): void {
    for (const id of ids) this.ids.add(id);
  }

  /** Forgets what is no longer on the board. */
  keep(existing: ReadonlySet<string>): void {
    for (const id of [...this.ids]) if (!existing.has(id)) this.ids.delete(id);
  }

  clear(): void {
    this.ids.clear();
    this.#anchor = null;
  }
}
