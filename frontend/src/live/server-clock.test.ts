import { expect, it } from "vitest";
import { ServerClock } from "./server-clock";

it("takes the time from the sample with the lowest round-trip time, and keeps it over a new connection", () => {
  let own = 1_000;
  const clock = new ServerClock(() => own);
  clock.assume(9_000);
  expect(clock.now()).toBe(9_000);
  // 400 ms there and back; the server was 5 s ahead in the middle.
  clock.measure(600, 5_800);
  expect(clock.now()).toBe(6_000);
  clock.measure(0, 9_999);
  expect([clock.now(), clock.samples]).toEqual([6_000, 2]);
  clock.assume(0);
  clock.restart();
  own = 2_000;
  expect([clock.now(), clock.samples]).toEqual([7_000, 0]);
  clock.measure(1_000, 1_500);
  expect(clock.now()).toBe(2_000);
});
