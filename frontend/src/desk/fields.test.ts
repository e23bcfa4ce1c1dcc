/** G32, G34: wherever people type, on desk and phone, the text survives the page until it is stored. */
import { describe, expect, it } from "vitest";
import da from "../../../app/locales/da.json";
import { cut } from "../../words-plugin";

const sources = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>("../**/*.svelte", { query: "?raw", import: "default", eager: true }),
  ).map(([path, text]) => [path.replace(/^(\.\.\/|\.\/)/, (at) => (at === "./" ? "desk/" : "")), text]),
);

/** Hand-made fields, and how each keeps its text. */
const KEEPERS: Record<string, RegExp> = {
  "desk/Field.svelte": /keepWords\(key/,
  "desk/AnswerField.svelte": /drafts\.restore\(/,
  "activities/action_plan/DeskCell.svelte": /cells\.restore\(/,
  "activities/clustering/DeskHead.svelte": /keepWords\(kept/,
  "activities/reflection/DeskProgress.svelte": /keepWords\(kept/,
  "parts/notes/WritingPhone.svelte": /outbox\.keepDraft\(/,
  "phone/Mine.svelte": /outbox\.keepDraft\(draft/,
  "activities/pulse/Phone.svelte": /outbox\.keepDraft\(draft/,
  // The conversation keeps each letter as a draft.
  "conversation/Question.svelte": /oninput=\{\(event\) => onwrite\(/,
  // `Names` keeps each letter.
  "activities/action_plan/Phone.svelte": /bind:value=\{names\.name\}/,
};

/** Fields that need not be kept, and why. */
const NOT_KEPT: Record<string, string> = {
  "desk/CopyUrl.svelte": "nobody types in it",
  "conversation/Safe.svelte": "nobody types in it",
  "ui/ReadInput.svelte": "a day or a time of day",
  "desk/live/JoinPanel.svelte": "the code of a screen, which stands on the screen",
  "phone/Join.svelte": "the code of the meeting, which stands on the wall",
  "desk/pages/SignIn.svelte": "e-mail and password: the browser fills them in itself",
  "desk/pages/Forgot.svelte": "an e-mail: the browser fills it in itself",
  // The welcome page keeps them; on one's own account page they are there already.
  "desk/account/Who.svelte": "its forms keep them",
  "desk/live/Links.svelte": "a password",
};

const wordless = /\btype="(checkbox|radio|color|search|date|time|number|password|file|hidden)"/;
const tags = (text: string, tag: RegExp): string[] =>
  [...text.matchAll(tag)].flatMap(({ index }) => {
    // Up to the end of the tag, past the arrows inside it.
    const end = text.slice(index).search(/[^=]>/);
    return text.slice(index, index + end + 1);
  });

/** What is typed in the source of one component and would be lost. */
function lost(path: string, text: string): string[] {
  if (path in NOT_KEPT) return [];
  const drawn = [...tags(text, /<input\b/g), ...tags(text, /<textarea\b/g)].filter(
    (tag) => !wordless.test(tag),
  );
  const keeper = KEEPERS[path];
  const own = drawn.length > 0 && !keeper?.test(text) ? drawn : [];
  // The fields of a kind's settings, in the form of their item.
  const framed = /<Form\b[\s\S]*\bkeep=|= keeping\(/.test(text) || path.endsWith("/DeskForm.svelte");
  const fields = framed ? [] : tags(text, /<Field$|<Field\s/gm).filter((tag) => /\blabel=/.test(tag));
  return [...own, ...fields.filter((tag) => !wordless.test(tag))];
}

/** Addresses that may be read again. */
const NOT_ASKED: Record<string, string> = {
  "desk/CopyUrl.svelte": "the field itself",
  "desk/live/JoinPanel.svelte": "it stands there as long as the door is open",
  "parts/by_link/DeskLink.svelte": "it stands there as long as the item is open",
};
const shutUnasked = (text: string) =>
  /<CopyUrl\b/.test(text) && !(/\bonhanded=/.test(text) && /<Once\b|\bunless=|\{unless\}/.test(text));

describe("G32 what is shown only once", () => {
  it("is not closed before it was handed on or confirmed", () => {
    const found = Object.entries(sources).flatMap(([path, text]) => (shutUnasked(text) ? [path] : []));
    expect(found.filter((path) => !(path in NOT_ASKED))).toEqual([]);
  });

  it.each([
    [
      "nothing asks",
      "<Dialog {onclose}><CopyUrl url={made} onhanded={() => (kept = true)} /></Dialog>",
      true,
    ],
    ["nothing hears that it was copied", "<Once {title}><CopyUrl {url} {label} /></Once>", true],
    [
      "the dialog asks by itself",
      "<Dialog {unless} {onclose}><CopyUrl {url} onhanded={() => (kept = true)} /></Dialog>",
      false,
    ],
    ["all is well", "<Once {kept}><CopyUrl {url} onhanded={() => (kept = true)} /></Once>", false],
  ])("where %s", (_, text, missed) => expect(shutUnasked(text)).toBe(missed));
});

describe("G35 G39 every page in which people write", () => {
  /** The shells whose own components have a field. */
  const shells = [...new Set(Object.keys(sources).map((path) => path.split("/")[0] ?? ""))].filter(
    (shell) =>
      !["activities", "parts", "ui"].includes(shell) &&
      Object.entries(sources).some(
        ([path, text]) => path.startsWith(`${shell}/`) && /<(input|textarea)\b/.test(text),
      ),
  );

  it("watches its fields, and has the words for what was cut", () => {
    expect(shells.sort()).toEqual(["conversation", "desk", "phone"]);
    for (const shell of shells) {
      const watching = Object.entries(sources).filter(
        ([path, text]) => path.startsWith(`${shell}/`) && text.includes("onMount(sayCuts)"),
      );
      expect([shell, watching.length]).toEqual([shell, 1]);
      const scopes = shell === "phone" ? ["phone.mine"] : [shell];
      const known = Object.keys(Object.assign({}, ...scopes.map((scope) => cut(da, scope))));
      expect(known.filter((key) => key.startsWith("shared.pasted."))).toHaveLength(3);
    }
  });
});

describe("G32 every text field", () => {
  it("keeps its words until they are stored, or is named here with the reason", () => {
    const found = Object.entries(sources).flatMap(([path, text]) =>
      lost(path, text).map((tag) => [path, tag]),
    );
    expect(found).toEqual([]);
  });

  it("that is named here is there", () => {
    const typed = (path: string) => /<(input|textarea|Field)\b/.test(sources[path] ?? "");
    expect([...Object.keys(KEEPERS), ...Object.keys(NOT_KEPT)].filter((path) => !typed(path))).toEqual([]);
  });

  it.each([
    ["a bare field", "desk/New.svelte", '<input class="a" oninput={(e) => (a = e)} bind:value={a} />'],
    ["a bare field of several lines", "phone/New.svelte", "<textarea rows={3}></textarea>"],
    [
      "a field outside of a form that keeps",
      "desk/New.svelte",
      '<Field\n  label="Navn" bind:value={name} />',
    ],
    [
      "one of a known file that no longer keeps",
      "phone/Mine.svelte",
      "<textarea bind:value={text}></textarea>",
    ],
  ])("is missed: %s", (_, path, text) => {
    expect(lost(path, text)).toHaveLength(1);
  });

  it.each([
    ["in a form that keeps", '<Form keep="p names" {go}><Field label="Navn" bind:value={name} /></Form>'],
    ["of another kind than words", '<input\n type="radio" onchange={() => pick()} />'],
    ["a password", '<Field label="Kode" type="password" bind:value={code} />'],
  ])("is let be: %s", (_, text) => {
    expect(lost("desk/New.svelte", text)).toEqual([]);
  });
});
