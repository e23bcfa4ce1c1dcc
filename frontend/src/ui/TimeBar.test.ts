import { flushSync, mount, unmount } from "svelte";
import { expect, it } from "vitest";
import WallClock from "../wall/Clock.svelte";
import TimeBar from "./TimeBar.svelte";

const bar = (of: typeof TimeBar | typeof WallClock, minutes: number) => {
  const length = minutes * 60_000;
  const timer = {
    kind: "timer",
    id: "timer:a",
    activity: "a",
    state: "running",
    length,
    left: null,
  } as const;
  const props = { timer: { ...timer, ends_at: length }, now: length / 4, ended: "" };
  const shown = mount(of as typeof TimeBar, { target: document.body, props });
  flushSync();
  const found = document.querySelector<HTMLElement>(".bar i");
  const seen = { glides: found?.classList.contains("glides"), share: found?.style.transform };
  void unmount(shown);
  return seen;
};

it.each([TimeBar, WallClock])(
  "moves in steps while people write for minutes, and glides over a minute",
  (of) => {
    expect(bar(of, 5)).toEqual({ glides: false, share: "scaleX(0.75)" });
    expect(bar(of, 1)).toEqual({ glides: true, share: "scaleX(0.75)" });
  },
);
