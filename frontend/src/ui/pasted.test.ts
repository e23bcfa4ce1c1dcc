import { afterEach, describe, expect, it } from "vitest";
import { parse } from "../desk/route.svelte";
import { tidy, tokenIn, watchFields } from "./pasted";

describe("G39 pasted text", () => {
  it.each([
    ["Word's line \u000bbreak", "Word's line \nbreak"],
    ["page\fbreak", "page\nbreak"],
    ["old\rfile", "old\nfile"],
    ["dos\r\nfile", "dos\nfile"],
    ["nel\u0085ls\u2028ps\u2029end", "nel\nls\nps\nend"],
    ["æøå 👩‍👩‍👧 Tab\tstays", "æøå 👩‍👩‍👧 Tab\tstays"],
  ])("%j keeps its lines, and nothing is cut", (text, kept) => {
    expect(tidy(text)).toEqual({ text: kept, cut: false });
  });

  it.each([
    "a\0b",
    "a\u0007b",
    "a\u001bb",
    "a\u007fb",
    "a\u009cb",
    "a\ufffeb",
    "a\ufdd0b",
    "a\ud83db",
    "a\u{1fffe}b",
    "a\u{10ffff}b",
  ])("of %j the sign is cut that nobody sees", (text) => {
    expect(tidy(text)).toEqual({ text: "ab", cut: true });
  });

  it("stays on one line where there is one", () => {
    expect(tidy("Vest\u000bpå havnen", false).text).toBe("Vest på havnen");
  });
});

it.each([".", ",", ")", ").", "”", "%E2%80%9D", ">", "!"])(
  "G60 a link with %s glued on has its token all the same",
  (glued) => {
    expect(tokenIn(`#aB_9-x${glued}`)).toBe("aB_9-x");
    // As those of walls, which say first what they are for.
    expect(tokenIn(`#s.aB_9-${glued}`)).toBe("s.aB_9-");
    expect(parse("/invitation", `#aB_9-x${glued}`)).toEqual({ page: "invitation", token: "aB_9-x" });
  },
);

describe("G39 G35 fields", () => {
  let end = (): void => undefined;
  afterEach(() => end());

  function field(tag: "input" | "textarea", more: Partial<HTMLInputElement> = {}) {
    const said: string[] = [];
    end = watchFields((what) => said.push(what));
    const made = document.createElement(tag) as HTMLInputElement;
    Object.assign(made, more);
    document.body.replaceChildren(made);
    return { made, said };
  }

  it("are tidied before any listener reads them, with the caret where it was", () => {
    const { made, said } = field("textarea");
    let heard = "";
    made.addEventListener("input", () => (heard = made.value));
    made.value = "en\u000bto\u0007 tre";
    made.setSelectionRange(6, 6);
    made.dispatchEvent(new Event("input", { bubbles: true }));
    expect([heard, made.selectionStart, said]).toEqual(["en\nto tre", 5, ["signs"]]);
  });

  it("say when not all that was pasted has room", () => {
    const { made, said } = field("input", { maxLength: 5, value: "abc" });
    made.setSelectionRange(1, 3);
    const paste = (text: string) => {
      const event = new Event("paste", { bubbles: true });
      Object.assign(event, { dataTransfer: { getData: () => text } });
      made.dispatchEvent(event);
    };
    paste("1234");
    expect(said).toEqual([]);
    paste("12345");
    expect(said).toEqual(["rest"]);
  });

  it("say when there is room for no more, with the last sign and with each one after it", () => {
    const { made, said } = field("input", { maxLength: 3, value: "ab" });
    const key = (type: string) =>
      made.dispatchEvent(new InputEvent(type, { bubbles: true, inputType: "insertText" }));
    key("beforeinput");
    key("input");
    expect(said).toEqual([]);
    made.value = "abc";
    key("input");
    made.setSelectionRange(3, 3);
    key("beforeinput");
    expect(said).toEqual(["full", "full"]);
    // What is marked makes room.
    made.setSelectionRange(1, 3);
    key("beforeinput");
    expect(said).toHaveLength(2);
  });

  it("leave passwords and boxes alone", () => {
    const { made, said } = field("input", { type: "password", value: "hemm\u0007eligt" });
    made.dispatchEvent(new Event("input", { bubbles: true }));
    expect([made.value, said]).toEqual(["hemm\u0007eligt", []]);
  });
});
