import { flushSync, mount, unmount } from "svelte";
import { expect, it } from "vitest";
import TimeBar from "./TimeBar.svelte";

const bar = (minutes: number) => {
  const length = minutes * 60_000;
  const timer = {
    kind: "timer",
    id: "timer:a",
    activity: "a",
    state: "running",
    length,
    left: null,
  } as const;
  const props = { timer: { ...timer, ends_at: length }, now: length / 4 };
  const shown = mount(TimeBar, { target: document.body, props });
  flushSync();
  const found = document.querySelector<HTMLElement>(".bar i");
  const seen = { glides: found?.classList.contains("glides"), share: found?.style.transform };
  void unmount(shown);
  return seen;
};

it("moves in steps while people write for minutes, and glides over a minute", () => {
  expect(bar(5)).toEqual({ glides: false, share: "scaleX(0.75)" });
  expect(bar(1)).toEqual({ glides: true, share: "scaleX(0.75)" });
});
