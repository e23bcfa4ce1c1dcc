/** Measures texts word by word as the wall will draw them, without drawing; the wall's elements are never measured. */
import { pointed } from "../ui/hyphens.svelte";
import { lines, widest, type Width } from "../ui/lines";

/** How text is set: what `wall.css` says of the same name, in the size of the type. */
interface Set {
  readonly weight: number;
  readonly line: number;
  /** Padding at the sides, and above and below the text. */
  readonly beside: number;
  readonly around: number;
  /** Added between letters, in the size of the type. */
  readonly spacing?: number;
  /** A name: smaller type is better than splitting an ordinary word of it. */
  readonly whole?: true;
}
const SETS = {
  paper: { weight: 480, line: 1.18, beside: 1.16, around: 1.06 },
  card: { weight: 600, line: 1.12, beside: 1.57, around: 0.94, whole: true },
  head: { weight: 650, line: 1.08, beside: 1.6, around: 0, spacing: -0.012, whole: true },
  entry: { weight: 480, line: 1.18, beside: 0, around: 0 },
  text: { weight: 480, line: 1.25, beside: 0, around: 0 },
  title: { weight: 650, line: 1.08, beside: 0, around: 0, whole: true },
  name: { weight: 600, line: 1.15, beside: 0, around: 0, whole: true },
} as const satisfies Record<string, Set>;
export type Kind = keyof typeof SETS;
const set = (kind: Kind): Set => SETS[kind];

/** Browsers fill lines with subpixels, and we sum whole words: slightly less than the line is safe. */
const SAFE = 0.985;

export class Ruler {
  /** Grows when everything must be measured again: another unit, or the font has loaded. */
  version = $state(0);
  #u = 1;
  #context: CanvasRenderingContext2D | null | undefined;
  #font = "";
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a cache; `version` says when it is stale
  #words = new Map<string, number>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a cache; `version` says when it is stale
  #lines = new Map<string, number>();

  set u(u: number) {
    if (u === this.#u) return;
    this.#u = u;
    this.#forget();
  }

  /** From now on the wall's own font is measured, once it has come. */
  attach(): () => void {
    const forget = () => this.#forget();
    document.fonts?.addEventListener("loadingdone", forget);
    return () => document.fonts?.removeEventListener("loadingdone", forget);
  }

  /** Height of a text that is set like this, in this width. */
  height(kind: Kind, text: string, width: number, size: number): number {
    // Read to make dependent layouts update.
    void this.version;
    const { line, around, beside } = SETS[kind];
    const own = pointed(text);
    const name = `${kind} ${String(Math.round(width * 10))} ${String(size)} ${own}`;
    let count = this.#lines.get(name);
    if (count === undefined) {
      count = lines(own, (width - beside * size) * SAFE, this.#width(kind, size));
      this.#lines.set(name, count);
    }
    // Half a unit for what the browser rounds up.
    return (around + count * line) * size + 0.5;
  }

  /** The narrowest width in which words are cut only by hyphens. */
  least(kind: Kind, text: string, size: number): number {
    void this.version;
    const { beside, whole } = set(kind);
    return widest(pointed(text), this.#width(kind, size), whole) / SAFE + beside * size;
  }

  #width(kind: Kind, size: number): Width {
    const { weight, spacing = 0 } = set(kind);
    const font = `${String(weight)} ${String(size * this.#u)}px "Figtree Variable", Figtree, system-ui, sans-serif`;
    return (text) => {
      const name = `${font} ${text}`;
      let own = this.#words.get(name);
      if (own === undefined) {
        own = this.#ask(font, text) ?? text.length * size * 0.55;
        this.#words.set(name, own);
      }
      return own + text.length * spacing * size;
    };
  }

  #ask(font: string, text: string): number | undefined {
    this.#context ??= document.createElement("canvas").getContext("2d");
    const context = this.#context;
    if (!context) return undefined;
    if (font !== this.#font) context.font = this.#font = font;
    return context.measureText(text).width / this.#u;
  }

  #forget(): void {
    this.#words.clear();
    this.#lines.clear();
    this.version += 1;
  }
}
