import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drag } from "./drag";

/** Takes a paper from the hand and from the page. */
const away: (() => void)[] = [];

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const end of away.splice(0)) end();
  // Until then the click after a drop is none, whosever it is.
  vi.runAllTimers();
  vi.useRealTimers();
});

/** A paper, and what became of it. */
function paper(hold: boolean) {
  const node = document.createElement("div");
  document.body.append(node);
  const did: string[] = [];
  const end = drag({
    hold,
    lift: () => did.push("lift"),
    move: () => did.push("move"),
    drop: () => did.push("drop"),
    back: () => did.push("back"),
  })(node);
  away.push(() => {
    if (end) end();
    node.remove();
  });
  const say = (type: string, x: number, pointerType: string, on: EventTarget = window) => {
    const event = new MouseEvent(type, {
      clientX: x,
      clientY: 0,
      button: 0,
      bubbles: true,
      cancelable: true,
    });
    Object.assign(event, { pointerId: 1, isPrimary: true, pointerType });
    on.dispatchEvent(event);
    return event;
  };
  return { node, did, say };
}

it("U12 a swipe of a finger lifts nothing: it scrolls", () => {
  const { node, did, say } = paper(true);
  say("pointerdown", 0, "touch", node);
  vi.advanceTimersByTime(100);
  say("pointermove", 40, "touch");
  vi.advanceTimersByTime(1_000);
  say("pointermove", 80, "touch");
  say("pointerup", 80, "touch");
  expect(did).toEqual([]);
  expect(node.style.touchAction).toBe("manipulation");
});

it("U12 a finger held still for 250 ms lifts, and then moves the paper and not the page", () => {
  const { node, did, say } = paper(true);
  say("pointerdown", 0, "touch", node);
  expect(say("touchmove", 0, "touch", node).defaultPrevented).toBe(false);
  vi.advanceTimersByTime(249);
  expect(did).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(did).toEqual(["lift", "move"]);
  expect(say("touchmove", 9, "touch", node).defaultPrevented).toBe(true);
  say("pointermove", 60, "touch");
  say("pointerup", 60, "touch");
  expect(did).toEqual(["lift", "move", "move", "drop"]);
});

it("U12 a tap is a tap, and a mouse lifts at once", () => {
  const tap = paper(true);
  tap.say("pointerdown", 0, "touch", tap.node);
  tap.say("pointerup", 0, "touch");
  vi.advanceTimersByTime(1_000);
  expect(tap.did).toEqual([]);
  const mouse = paper(true);
  mouse.say("pointerdown", 0, "mouse", mouse.node);
  mouse.say("pointermove", 7, "mouse");
  expect(mouse.did).toEqual(["lift", "move"]);
});
