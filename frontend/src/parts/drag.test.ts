import { beforeEach, describe, expect, it } from "vitest";
import { drag, hit } from "./drag";

const log: string[] = [];
let node: HTMLElement;
let off: () => void;
const fire = (type: string, x: number, y: number, more: PointerEventInit = {}, on: HTMLElement = node) =>
  on.dispatchEvent(
    new PointerEvent(type, {
      clientX: x,
      clientY: y,
      pointerId: 1,
      isPrimary: true,
      button: 0,
      bubbles: true,
      ...more,
    }),
  );

beforeEach(() => {
  log.length = 0;
  off?.();
  node = document.createElement("button");
  document.body.append(node);
  off = drag({
    lift: (at) => log.push(`lift ${at.x},${at.y}`),
    move: (_, by) => log.push(`move ${by.x},${by.y}`),
    drop: (at) => log.push(`drop ${at.x},${at.y}`),
    back: () => log.push("back"),
  })(node);
});

describe("drag", () => {
  it("begins after six pixels, so that a press stays a press", () => {
    fire("pointerdown", 10, 10);
    fire("pointermove", 14, 13);
    fire("pointerup", 14, 13);
    expect(log).toEqual([]);
    fire("pointerdown", 10, 10);
    fire("pointermove", 16, 10);
    fire("pointermove", 30, 20);
    fire("pointerup", 30, 20);
    expect(log).toEqual(["lift 10,10", "move 6,0", "move 20,10", "drop 30,20"]);
  });

  it("follows a hand that has left the paper with its first move", () => {
    fire("pointerdown", 10, 10);
    fire("pointermove", 200, 10, {}, document.body);
    fire("pointerup", 210, 10, {}, document.body);
    fire("pointermove", 300, 10, {}, document.body);
    expect(log).toEqual(["lift 10,10", "move 190,0", "drop 210,10"]);
  });

  it("is put back when the system takes the pointer, and by Escape", () => {
    fire("pointerdown", 0, 0);
    fire("pointermove", 9, 0);
    fire("pointercancel", 9, 0);
    fire("pointermove", 20, 0);
    fire("pointerup", 20, 0);
    expect(log).toEqual(["lift 0,0", "move 9,0", "back"]);
    log.length = 0;
    fire("pointerdown", 0, 0);
    fire("pointermove", 9, 0);
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    fire("pointerup", 20, 0);
    expect(log).toEqual(["lift 0,0", "move 9,0", "back"]);
  });

  it("takes the first finger and the main button only", () => {
    fire("pointerdown", 0, 0, { button: 2 });
    fire("pointermove", 9, 0);
    fire("pointerdown", 0, 0, { isPrimary: false });
    fire("pointermove", 9, 0);
    expect(log).toEqual([]);
  });
});

describe("hit", () => {
  const areas = [
    { id: "theme", x: 0, y: 0, width: 100, height: 100 },
    { id: "note", x: 10, y: 10, width: 20, height: 20 },
  ];
  it("finds the note before the theme it lies in, and nothing beside them", () => {
    expect(hit(areas, { x: 15, y: 15 })).toBe("note");
    expect(hit(areas, { x: 50, y: 50 })).toBe("theme");
    expect(hit(areas, { x: 100, y: 50 })).toBeNull();
  });
});
