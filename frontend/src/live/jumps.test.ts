/** G27: device clocks get set, and devices sleep; the screen keeps showing the server's second. */
import { describe, expect, it } from "vitest";
import { Outbox } from "./outbox";
import { ServerClock } from "./server-clock";
import { memoryShelf } from "./shelf";

/** A device: `forward` lets time pass, `sleep` too but the steady clock stops, and the wall clock may be set. */
function device() {
  let [steady, wall] = [5_000, 1_000_000];
  return {
    clock: new ServerClock(
      () => steady,
      () => wall,
    ),
    forward: (ms: number) => ((steady += ms), (wall += ms)),
    sleep: (ms: number) => (wall += ms),
    set: (ms: number) => (wall += ms),
    steady: () => steady,
  };
}

describe("G27 the server's time", () => {
  it.each([120_000, -120_000, 3_600_000])(
    "stays where it is when the device's clock is set by %i ms",
    (by) => {
      const { clock, forward, set, steady } = device();
      clock.measure(steady() - 40, 9_000_000);
      forward(1_000);
      const before = clock.now();
      set(by);
      forward(500);
      expect(clock.now()).toBe(before + 500);
      expect([clock.jumped(), clock.jumped(), clock.samples]).toEqual([true, false, 0]);
    },
  );

  it("takes the next sample after a sleep, however much quicker one before it was", () => {
    const { clock, forward, sleep, steady } = device();
    clock.measure(steady() - 10, 9_000_000);
    sleep(600_000);
    forward(900);
    clock.measure(steady() - 800, 9_600_500);
    expect(clock.now()).toBe(9_600_900);
  });

  it("is not measured again for the seconds that a device's clock is off by in a day", () => {
    const { clock, forward, set } = device();
    forward(60_000);
    set(30);
    expect(clock.jumped()).toBe(false);
  });

  it("is taken from the welcome where nothing else says it, and over what an older line measured", () => {
    const { clock, forward, sleep, steady } = device();
    clock.told(9_000_000);
    expect(clock.now()).toBe(9_000_000);
    clock.measure(steady() - 20, 9_000_500);
    clock.told(1);
    expect(clock.now()).toBe(9_000_510);
    sleep(60_000);
    forward(100);
    clock.restart();
    clock.told(9_060_700);
    expect(clock.now()).toBe(9_060_700);
  });
});

it("G27 own notes keep their order when this phone's clock is set back between them", async () => {
  const box = new Outbox({
    send: () => new Promise(() => undefined),
    shelf: memoryShelf(),
    channel: null,
  });
  box.workshop = "w";
  const real = Date.now;
  try {
    await box.write("q", "først");
    Date.now = () => real() - 120_000;
    await box.write("q", "så");
  } finally {
    Date.now = real;
  }
  expect(box.notes.map((mine) => mine.text)).toEqual(["først", "så"]);
});

/** Where the device's clock may be read, and why it does no harm that somebody sets it. */
const READ: Record<string, string> = {
  "desk/pages/NewConversation.svelte": "the day",
  "desk/session.svelte.ts": "a value that differs from the one before",
  "live/connection.svelte.ts": "compared with a steady clock",
  "live/once.ts": "a jump backwards counts as long ago",
  "live/outbox.ts": "later than all others anyway",
  "ui/DayField.svelte": "the day",
  "wall/token.ts": "a day, more or less",
};

it("G27 no page measures by a clock that somebody may set", () => {
  const sources = import.meta.glob<string>(["../**/*.{ts,svelte}", "!../**/*.test.ts"], {
    ...{ query: "?raw", import: "default", eager: true },
  });
  const read = Object.entries(sources).flatMap(([path, text]) =>
    /\bDate\.now\b/.test(text) ? [path.replace(/^\.\.\/|^\.\//, (at) => (at === "./" ? "live/" : ""))] : [],
  );
  expect(read.sort()).toEqual(Object.keys(READ));
});
