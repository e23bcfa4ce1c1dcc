/** Notes on the desk's board by keyboard and by mouse: one of them has the tab stop, arrows go between them. */
import { tick, untrack } from "svelte";
import type { Selection } from "../desk/part";

type Way = "up" | "down" | "left" | "right";
const WAYS: Readonly<Record<string, Way>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

export class Roving {
  /** The element that holds the cells, each a button with `data-id`. */
  root: HTMLElement | undefined = $state();
  #at: string | null = $state(null);
  #before: readonly string[] = [];

  /** Made while a component is. */
  constructor(
    readonly selection: () => Selection,
    /** The ids in reading order. */
    readonly order: () => readonly string[],
  ) {
    // After a deletion the next note has the focus, unless it has gone elsewhere.
    $effect(() => {
      const order = this.order();
      const at = untrack(() => this.#at);
      const from = at === null || order.includes(at) ? -1 : this.#before.indexOf(at);
      const next =
        from < 0 ? undefined : (this.#before.slice(from).find((id) => order.includes(id)) ?? order.at(-1));
      this.#before = order;
      if (next !== undefined) void this.#after(next);
    });
  }

  get tabStop(): string | null {
    const order = this.order();
    return this.#at !== null && order.includes(this.#at) ? this.#at : (order[0] ?? null);
  }

  focused(id: string): void {
    this.selection().focused = this.#at = id;
  }

  pick(event: MouseEvent, id: string): void {
    const selection = this.selection();
    if (event.shiftKey) selection.extend(id, this.order());
    else if (event.ctrlKey || event.metaKey || byFinger(event)) selection.toggle(id);
    else if (selection.size === 1 && selection.has(id)) selection.clear();
    else selection.only(id);
  }

  keys(event: KeyboardEvent): void {
    const order = this.order();
    const way = WAYS[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") this.selection().set(order);
    else if (way) void this.go(this.#toward(event.currentTarget as HTMLElement, way), event);
    else if (event.key === "Home") void this.go(order[0], event);
    else if (event.key === "End") void this.go(order.at(-1), event);
    else return;
    event.preventDefault();
  }

  async go(id: string | undefined, event?: KeyboardEvent): Promise<void> {
    if (id === undefined) return;
    const selection = this.selection();
    if (event?.shiftKey) {
      if (selection.size === 0 && selection.focused) selection.only(selection.focused);
      selection.extend(id, this.order());
    }
    this.#at = id;
    await tick();
    this.#cells()
      .find((cell) => cell.dataset["id"] === id)
      ?.focus();
  }

  async #after(id: string): Promise<void> {
    await tick();
    const focus = document.activeElement;
    if (focus === null || focus === document.body) await this.go(id);
  }

  #cells(): HTMLElement[] {
    return [...(this.root?.querySelectorAll<HTMLElement>("button[data-id]") ?? [])];
  }

  /** The nearest cell that way, by where the browser put them; at the end of a row the next in order. */
  #toward(from: HTMLElement, way: Way): string | undefined {
    const here = from.getBoundingClientRect();
    const across = way === "left" || way === "right";
    const sign = way === "right" || way === "down" ? 1 : -1;
    const ahead = this.#cells().flatMap((cell) => {
      const box = cell.getBoundingClientRect();
      const [along, aside] = across
        ? [box.left - here.left, box.top - here.top]
        : [box.top - here.top, box.left - here.left];
      if (along * sign <= 4 || (across && Math.abs(aside) > here.height)) return [];
      return [
        {
          id: cell.dataset["id"],
          far: across ? Math.abs(along) + Math.abs(aside) : Math.abs(along) * 100 + Math.abs(aside),
        },
      ];
    });
    const nearest = ahead.toSorted((a, b) => a.far - b.far)[0]?.id;
    return (
      nearest ?? (across ? this.order()[this.order().indexOf(from.dataset["id"] ?? "") + sign] : undefined)
    );
  }
}

/** A finger has no Ctrl: each tap picks one more. */
const byFinger = (event: MouseEvent): boolean =>
  event instanceof PointerEvent && event.pointerType === "touch";
