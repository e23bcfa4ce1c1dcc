import { cleanup, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Live from "./Live.svelte";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("WCAG 4.1.3: an announcement stays for a while, counted from the last one, and is then removed", async () => {
  const { component, container } = render(Live);
  const stands = () => container.textContent?.trim();
  component.say("Sedlerne er vendt");
  await tick();
  expect(stands()).toBe("Sedlerne er vendt");
  vi.advanceTimersByTime(15_000);
  component.alert("Ingen forbindelse");
  await tick();
  vi.advanceTimersByTime(15_000);
  await tick();
  expect(stands()).toBe("Ingen forbindelse");
  vi.advanceTimersByTime(10_000);
  await tick();
  expect(stands()).toBe("");
});
