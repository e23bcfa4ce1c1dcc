/** G43: a wall keeps its screen on, or says that it cannot. */
import { afterEach, expect, it, vi } from "vitest";
import { stayAwake } from "./room";

let end = (): void => undefined;
afterEach(() => {
  end();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

/** A system that answers in turn, and a browser that can play a stream. */
function wall(...answers: boolean[]) {
  const asked: string[] = [];
  const request = (what: string) => {
    asked.push(what);
    return answers.shift() ? Promise.resolve({}) : Promise.reject(new DOMException("", "NotAllowedError"));
  };
  vi.stubGlobal("navigator", { wakeLock: { request } });
  HTMLCanvasElement.prototype.captureStream ??= () => null as never;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({ fillRect: () => undefined } as never);
  vi.spyOn(HTMLCanvasElement.prototype, "captureStream").mockReturnValue(null as never);
  vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  let sleepy = 0;
  end = stayAwake(() => (sleepy += 1));
  return { asked, told: () => sleepy, film: () => document.querySelector("video") };
}
const settled = () => new Promise((done) => setTimeout(done));
const seenAgain = () => document.dispatchEvent(new Event("visibilitychange"));

it("G43 asks again whenever it is seen again, and says nothing while it gets what it asks for", async () => {
  const { asked, told, film } = wall(true, true);
  await settled();
  seenAgain();
  await settled();
  expect([asked.length, told(), film()]).toEqual([2, 0, null]);
});

it("G43 a system that refuses, now or later, is worked around by a video, and that is reported", async () => {
  const { asked, told, film } = wall(true, false);
  await settled();
  seenAgain();
  await settled();
  expect([told(), film() !== null]).toEqual([1, true]);
  seenAgain();
  await settled();
  expect([asked.length, told()]).toEqual([2, 1]);
  end();
  expect(film()).toBeNull();
});
