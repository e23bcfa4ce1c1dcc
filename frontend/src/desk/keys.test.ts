import { beforeEach, describe, expect, it } from "vitest";
import { isSingle, keyName, placeOf, works, type Place } from "./keys";

const press = (key: string, more: object = {}) =>
  keyName({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });
const wall: Place = { typing: false, covered: false, free: true };

describe("names of keys", () => {
  it("are those of the key list", () => {
    expect(press("z")).toBe("Z");
    expect(press("Z", { shiftKey: true })).toBe("Shift+Z");
    expect(press("?", { shiftKey: true })).toBe("?");
    expect(press("+", { shiftKey: true })).toBe("+");
    expect(press("=")).toBe("+");
    expect(press("Escape")).toBe("Esc");
    expect(press("Enter", { ctrlKey: true })).toBe("Ctrl+Enter");
    expect(press("Enter", { metaKey: true })).toBe("Ctrl+Enter");
  });

  it("leave the browser's own alone", () => {
    expect(press("p", { ctrlKey: true })).toBeNull();
    expect(press("f", { metaKey: true })).toBeNull();
    expect(press("@", { altKey: true })).toBeNull();
  });

  it("know which are a single character", () => {
    expect(["Z", "Shift+Z", "+", "?", "1"].every(isSingle)).toBe(true);
    expect(["Enter", "Ctrl+Enter", "Esc", "Delete"].some(isSingle)).toBe(false);
  });
});

describe("where keys work", () => {
  it("not while typing, except Ctrl+Enter", () => {
    const typing = { ...wall, typing: true, free: false };
    expect(works("P", typing, true)).toBe(false);
    expect(works("Enter", typing, true)).toBe(false);
    expect(works("Ctrl+Enter", typing, true)).toBe(true);
  });

  it("not under a dialog", () => {
    expect(works("Ctrl+Enter", { ...wall, covered: true }, true)).toBe(false);
  });

  it("Enter is the focused button's own", () => {
    expect(works("Enter", wall, true)).toBe(true);
    expect(works("Enter", { ...wall, free: false }, true)).toBe(false);
  });

  it("WCAG 2.1.4: single characters can be switched off", () => {
    expect(works("P", wall, false)).toBe(false);
    expect(works("?", wall, false)).toBe(false);
    expect(works("Enter", wall, false)).toBe(true);
    expect(works("Esc", wall, false)).toBe(true);
  });
});

describe("the place is read from the page", () => {
  beforeEach(() => {
    document.body.innerHTML = `<main tabindex="-1"><p>x</p></main><button>b</button><input id="t" /><input id="c" type="checkbox" />`;
  });
  const at = (selector: string) => placeOf(document.querySelector(selector), document);

  it("knows fields, buttons and the free board", () => {
    expect(at("main")).toEqual({ typing: false, covered: false, free: true });
    expect(at("button").free).toBe(false);
    expect(at("#t").typing).toBe(true);
    expect(at("#c").typing).toBe(false);
  });

  it("knows an open dialog", () => {
    document.body.insertAdjacentHTML("beforeend", "<dialog open></dialog>");
    expect(at("main").covered).toBe(true);
  });
});
