/** What every picture of the wall shares: the unit, element positions, the order of notes, the ruler, the way in. */
import { getContext, setContext } from "svelte";
import type { Size } from "../engine/types";
import type { WayIn } from "../protocol.gen";
import { keepsAwake } from "./room";
import { Ruler } from "./ruler.svelte";

const factor: Record<Size, number> = { M: 1, L: 1.15, XL: 1.3 };

/** At which of its pages a picture stands, counted from 0; how many things lie up to it and up to the next. */
export interface Paged {
  readonly page: number;
  readonly pages: number;
  readonly to?: number;
  readonly until?: number;
  readonly of?: number;
}

export class Stage {
  /**
   * One wall unit in px; the wall is drawn in a frame of 1920×1080, rotated on a portrait screen, scaled to any screen.
   */
  u = $state(1);
  /** The whole picture in wall units. */
  width = $state(1920);
  height = $state(1080);
  wayIn = $state.raw<WayIn | null>(null);
  /** What `Leaf` tells. */
  leaf = $state.raw<Paged | null>(null);
  /** The screen may turn itself off (G43). */
  sleepy = $state(!keepsAwake());
  /** Nothing moves until the first picture is shown: latecomers see the end state, never a replay. */
  quiet = true;
  readonly ruler = new Ruler();
  /** The element that draws a thing now, so that its successor can start where it is. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read when something moves, never to draw
  readonly nodes = new Map<string, HTMLElement>();
  /** Announce something to screen readers. */
  say: (text: string) => void = () => undefined;

  #size: Size = "M";
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a memory, not a state
  #order = new Map<string, string[]>();

  resize(size: Size = this.#size): void {
    this.#size = size;
    const { innerWidth, innerHeight } = window;
    const [long, short] = [Math.max(innerWidth, innerHeight), Math.min(innerWidth, innerHeight)];
    const u = Math.min(long / 1920, short / 1080) * factor[size];
    document.documentElement.dataset["size"] = size;
    this.ruler.u = u;
    this.u = u;
    this.width = innerWidth / u;
    this.height = innerHeight / u;
  }

  /**
   * Notes in a stable order: those on the wall keep their place, new ones are added at the end. Note ids are random, so
   * sorting by them would shift the others with every note that is turned.
   */
  inOrder<T extends { id: string }>(of: string, things: readonly T[]): T[] {
    const known = this.#order.get(of) ?? [];
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- local
    const byId = new Map(things.map((thing) => [thing.id, thing]));
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- local
    const seen = new Set(known);
    const order = [...known, ...things.filter(({ id }) => !seen.has(id)).map(({ id }) => id)];
    this.#order.set(of, order);
    return order.flatMap((id) => byId.get(id) ?? []);
  }
}

const key = Symbol("stage");
export const setStage = (stage: Stage): Stage => setContext(key, stage);
export const getStage = (): Stage => getContext<Stage>(key);

/** Where a field lies in the picture and how large it is, in wall units. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const frameKey = Symbol("frame");
export const setFrame = (frame: () => Frame): void => {
  setContext(frameKey, frame);
};
export const getFrame = (): (() => Frame) => getContext<() => Frame>(frameKey);
