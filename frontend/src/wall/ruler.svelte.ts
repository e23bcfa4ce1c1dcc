/** Measures texts as the wall will draw them, each once per width and size; what lies on the wall is never measured. */

type Kind = "paper" | "card" | "head" | "label" | "word";
/** Of the type's size: what `.set-paper` keeps free on both sides together. */
const PADDING = 1.16;

export class Ruler {
  /** Grows when everything must be measured anew: another unit, the font has come. */
  version = $state(0);
  #u = 1;
  #host: HTMLElement | undefined;
  #cells: Partial<Record<Kind, HTMLElement>> = {};
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a cache; `version` says when it is stale
  #known = new Map<string, { w: number; h: number }>();

  set u(u: number) {
    if (u === this.#u) return;
    this.#u = u;
    this.#forget();
  }

  /** The element that cells are drawn in; unseen and out of the flow. */
  attach(host: HTMLElement): void {
    this.#host = host;
    this.#cells = {};
    document.fonts?.addEventListener("loadingdone", () => this.#forget());
  }

  /** Height of a note with this text. */
  paper = (text: string, width: number, size: number): number => this.#measure("paper", text, width, size).h;
  /** Whether a word of the text is too long for a line, so that it would be cut in two. */
  splits = (text: string, width: number, size: number): boolean => {
    const longest = text.split(/\s+/).reduce((most, word) => (word.length > most.length ? word : most), "");
    return this.#measure("word", longest, 1e4, size).w > width - PADDING * size;
  };
  /** Height of a theme's name beside its count. */
  head = (name: string, width: number): number => this.#measure("head", name, width, 42).h;
  /** A theme card that is as wide as its name needs. */
  card = (name: string, size: number, widest: number, more = 0): { w: number; h: number } => {
    const own = this.#measure("card", name, widest - more, size);
    return { w: own.w + more, h: own.h };
  };
  label = (text: string, size: number): number => this.#measure("label", text, 1e4, size).w;

  #forget(): void {
    this.#known.clear();
    this.version += 1;
  }

  #measure(kind: Kind, text: string, width: number, size: number): { w: number; h: number } {
    // Read, so that whoever lays out by it lays out again.
    void this.version;
    const name = `${kind} ${String(Math.round(width * 10))} ${String(size)} ${text}`;
    const known = this.#known.get(name);
    if (known) return known;
    const cell = this.#cell(kind);
    if (!cell) return { w: Math.min(width, text.length * size * 0.55), h: size * 2 };
    const style = cell.style;
    style.fontSize = `${String(size * this.#u)}px`;
    style[kind === "paper" || kind === "head" ? "width" : "maxWidth"] = `${String(width * this.#u)}px`;
    cell.textContent = text || "\u00a0";
    const box = cell.getBoundingClientRect();
    // What was taken off the wall is not in the page any more, not even here.
    cell.textContent = "";
    const own = { w: Math.ceil(box.width) / this.#u, h: Math.ceil(box.height) / this.#u };
    this.#known.set(name, own);
    return own;
  }

  #cell(kind: Kind): HTMLElement | undefined {
    const old = this.#cells[kind];
    if (old ?? !this.#host) return old;
    const cell = document.createElement("div");
    cell.className = `measure measure-${kind} set-${kind}`;
    this.#host.append(cell);
    this.#cells[kind] = cell;
    return cell;
  }
}
