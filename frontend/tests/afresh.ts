/**
 * All files run in one world. Each begins as in a page that was just opened, whichever ran before it, and each test with
 * nothing kept on the phone. `npx vitest run --sequence.shuffle.files` shows whether it does.
 */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeAll, beforeEach, vi } from "vitest";
import { setWords } from "../src/words";

beforeAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  // A change of language forgets the words of the other.
  setWords("en", {});
  setWords("da", {});
  localStorage.clear();
  sessionStorage.clear();
  location.hash = "";
  document.body.replaceChildren();
});

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
