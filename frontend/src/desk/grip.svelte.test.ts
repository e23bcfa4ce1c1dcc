import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../app/locales/da.json";
import { setWords } from "../words";
import { FocusRing } from "./focus-ring.svelte";
import { Grip, type Gripped } from "./grip.svelte";
import { Hand } from "./hand.svelte";
import type { DeskContext } from "./part";
import { Selection } from "./selection.svelte";

beforeEach(() => setWords("da", da));
let end: () => void = () => undefined;
afterEach(() => {
  end();
  document.body.innerHTML = "";
});

/** A board of two papers and two targets, "here" and "there". */
function board(more: Partial<Gripped<string>> = {}) {
  const selection = new Selection();
  const said: string[] = [];
  const dropped: (string | null)[] = [];
  const context = {
    ...{ selection, board: { seqOf: () => 1 }, connection: { hold: () => undefined } },
    announce: (text: string) => said.push(text),
  } as unknown as DeskContext;
  const hand = new Hand<string>("desk.fields");
  const root = document.createElement("div");
  root.innerHTML = `<button data-id="a"></button><button data-id="b"></button>`;
  document.body.append(root, document.createElement("input"));
  const made: Grip<string>[] = [];
  end = $effect.root(() => {
    const ring = new FocusRing({ selection: () => selection, order: () => ["a", "b"] });
    ring.root = root;
    made.push(
      new Grip({
        ...{ ring, except: ".more", context: () => context, hand: () => hand, scroller: () => root },
        ...{ lift: () => undefined, follow: () => (hand.target = "there"), back: () => hand.putBack() },
        drop: () => dropped.push(hand.drop()?.target ?? null),
        took: (ids) => `${ids.length} i hånden`,
        choose: () => (hand.target === "there" ? "here" : "there"),
        keyed: (key) => (key === "1" ? "here" : undefined),
        said: (target) => target ?? "",
        ...more,
      }),
    );
  });
  flushSync();
  const [grip] = made as [Grip<string>];
  for (const type of ["keydown", "keyup"] as const) root.addEventListener(type, grip[type]);
  for (const type of ["focusin", "focusout"] as const) root.addEventListener(type, grip[type]);
  const paper = (id: string) => root.querySelector<HTMLElement>(`[data-id=${id}]`) as HTMLElement;
  const press = (key: string, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
    document.activeElement?.dispatchEvent(event);
    return event.defaultPrevented;
  };
  paper("a").focus();
  return { grip, hand, selection, said, dropped, paper, press };
}

it("Space takes, arrows go through the targets, Space or Enter puts down, and each is said", () => {
  const { hand, said, dropped, press } = board();
  press(" ");
  expect(hand.holding).toEqual({ ids: ["a"], by: "keys" });
  press("ArrowRight");
  press("ArrowRight");
  press("Enter");
  expect(dropped).toEqual(["here"]);
  expect(said).toEqual(["1 i hånden", "there", "here"]);
});

it("Escape and going elsewhere put back; a key of a target puts down there", () => {
  const { hand, said, dropped, press } = board();
  press(" ");
  press("Escape");
  press(" ");
  document.querySelector("input")?.focus();
  expect(said.filter((text) => text === "Lagt tilbage")).toHaveLength(2);
  expect(hand.holding).toBeNull();
  document.querySelector<HTMLElement>("[data-id=a]")?.focus();
  press(" ");
  press("1");
  expect(dropped).toEqual(["here"]);
});

it("while something is held no other key does anything, but Tab and the browser's own are free", () => {
  const { press } = board();
  press(" ");
  expect([press("h"), press("Tab"), press("r", { ctrlKey: true })]).toEqual([true, false, false]);
});

it("the pointer drags the picked papers along; one removed from the page is lost to somebody else", () => {
  const { grip, hand, said, paper } = board({ together: (id) => [id, "b"] });
  const gone = grip.paper("a")(paper("a"));
  const point = (type: string, x: number) =>
    new PointerEvent(type, { bubbles: true, isPrimary: true, button: 0, clientX: x, clientY: 0 });
  paper("a").dispatchEvent(point("pointerdown", 0));
  dispatchEvent(point("pointermove", 20));
  expect(hand.holding).toEqual({ ids: ["a", "b"], by: "pointer" });
  expect(hand.target).toBe("there");
  gone?.();
  expect(hand.holding).toBeNull();
  expect(said.at(-1)).toContain("Flyttet af en anden");
});

it("a board that is closed lets go", () => {
  const { hand, press } = board();
  press(" ");
  end();
  expect(hand.holding).toBeNull();
});
