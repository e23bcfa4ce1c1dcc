import { flushSync, tick } from "svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Place } from "../ui/places";
import { FocusRing, type Ringed } from "./focus-ring.svelte";
import { Selection } from "./selection.svelte";

/** Two rows: a b c and d e. */
const PLACES = new Map<string, Place>(
  ["a", "b", "c", "d", "e"].map((id, at) => [id, { x: (at % 3) * 110, y: at < 3 ? 0 : 60, w: 100, h: 50 }]),
);

let end: () => void = () => undefined;
let order: string[] = $state([]);
beforeEach(() => {
  order = [...PLACES.keys()];
});
afterEach(() => {
  end();
  document.body.innerHTML = "";
});

function ringOf(more: Partial<Ringed> = {}) {
  const selection = new Selection();
  const root = document.createElement("div");
  document.body.append(root);
  const made: FocusRing[] = [];
  end = $effect.root(() => {
    made.push(
      new FocusRing({ selection: () => selection, order: () => order, places: () => PLACES, ...more }),
    );
    // As in a component: the page is drawn after what is about to change was read, before the effects run.
    $effect.pre(() => {
      root.innerHTML = order.map((id) => `<button data-id="${id}">${id}</button>`).join("");
    });
  });
  const [ring] = made as [FocusRing];
  ring.root = root;
  root.addEventListener("focusin", (event) => ring.focused(ring.idOf(event.target) ?? ""));
  flushSync();
  const press = (key: string, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", { key, cancelable: true, ...init });
    ring.keys(event, selection.focused ?? "");
    return event.defaultPrevented;
  };
  return { ring, selection, press };
}

it("one paper has the tab stop: the one that had the focus, else the board's first", () => {
  const { ring } = ringOf({ first: () => "c" });
  expect(ring.tabStop).toBe("c");
  ring.focus("e");
  expect(ring.tabStop).toBe("e");
  order = ["a", "b"];
  expect(ring.tabStop).toBe("c");
});

it("arrows go to what is in that direction, Home and End to the ends, and other keys are not the ring's", () => {
  const { ring, selection, press } = ringOf();
  ring.focus("b");
  press("ArrowDown");
  expect(selection.focused).toBe("e");
  press("ArrowRight");
  expect(selection.focused).not.toBe("d");
  press("Home");
  expect(selection.focused).toBe("a");
  press("End");
  expect(selection.focused).toBe("e");
  expect(press("x")).toBe(false);
});

it("at the end of a row a ring that wraps continues in reading order", () => {
  const { ring, selection, press } = ringOf({ wraps: true });
  ring.focus("c");
  press("ArrowRight");
  expect(selection.focused).toBe("d");
  press("ArrowLeft");
  expect(selection.focused).toBe("c");
  ring.focus("e");
  expect(press("ArrowRight")).toBe(true);
  expect(selection.focused).toBe("e");
});

it("F6 Shift picks all on the way, Ctrl+A everything", () => {
  const { ring, selection, press } = ringOf({ wraps: true });
  ring.focus("a");
  press("ArrowRight", { shiftKey: true });
  press("ArrowRight", { shiftKey: true });
  expect([...selection.ids]).toEqual(["a", "b", "c"]);
  press("a", { ctrlKey: true });
  expect(selection.size).toBe(5);
});

it("a paper that is drawn elsewhere keeps the focus, and when it is gone the next one has it", async () => {
  const { ring, selection } = ringOf();
  ring.focus("b");
  order = ["b", "a", "c", "d", "e"];
  flushSync();
  expect(document.activeElement).toBe(ring.cell("b"));
  order = ["a", "c", "d", "e"];
  flushSync();
  await tick();
  expect(selection.focused).toBe("a");
});

it("what an action wants has the focus as soon as it is there", async () => {
  const { ring, selection } = ringOf();
  selection.want("f");
  flushSync();
  expect(selection.wanted).toBe("f");
  order = [...order, "f"];
  flushSync();
  await tick();
  expect(document.activeElement).toBe(ring.cell("f"));
  expect(selection.wanted).toBeNull();
});
