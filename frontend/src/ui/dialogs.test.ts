/**
 * U21: one rule for every dialog: a way out in sight that changes nothing, since a tablet has no Escape; what it does,
 * then what changes nothing; and no stray Enter that says yes.
 */
import { cleanup, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { parse, type AST } from "svelte/compiler";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import Dialog from "./Dialog.svelte";

const sources = import.meta.glob<string>("../**/*.svelte", { query: "?raw", import: "default", eager: true });

type Node = AST.Component | AST.RenderTag | { type: string; [key: string]: unknown };

/** Everything in a part of a component, in the order of its source; snippets where they are drawn. */
function* within(node: unknown, snippets: ReadonlyMap<string, unknown>): Generator<Node> {
  if (Array.isArray(node)) for (const each of node) yield* within(each, snippets);
  else if (typeof node === "object" && node !== null && "type" in node) {
    yield node as Node;
    const drawn = JSON.stringify((node as { expression?: unknown }).expression)?.match(/"name":"(\w+)"/)?.[1];
    if (node.type === "RenderTag" && drawn !== undefined) yield* within(snippets.get(drawn), snippets);
    for (const [key, value] of Object.entries(node)) if (key !== "metadata") yield* within(value, snippets);
  }
}

const components = (nodes: Iterable<Node>) =>
  [...nodes].filter((node): node is AST.Component => node.type === "Component");
const has = (node: AST.Component, name: string) =>
  node.attributes.some((one) => one.type === "Attribute" && one.name === name);
const plain = (source: string, button: AST.Component) =>
  /\blook="plain"/.test(source.slice(button.start, button.end));

/** What is wrong with the dialogs of one component. */
function wrong(source: string): string[] {
  const { fragment } = parse(source, { modern: true });
  const all = [...within(fragment, new Map())];
  const snippets = new Map(
    all.flatMap((node) =>
      node.type === "SnippetBlock"
        ? [
            [
              (node as unknown as AST.SnippetBlock).expression.name,
              (node as unknown as AST.SnippetBlock).body,
            ],
          ]
        : [],
    ) as [string, unknown][],
  );
  return components(all)
    .filter(({ name }) => name === "Dialog")
    .flatMap((dialog) => {
      const inside = components(within(dialog.fragment, snippets));
      const forms = inside.filter(({ name }) => name === "Form");
      const ends = [...within(dialog.fragment, snippets)].flatMap((node) =>
        node.type === "RegularElement" && /^<div class="end">/.test(source.slice(Number(node.start)))
          ? [components(within(node.fragment, snippets)).filter(({ name }) => name === "Button")]
          : [],
      );
      const out =
        has(dialog, "close") ||
        forms.some((form) => has(form, "oncancel")) ||
        ends.some((end) => end.some((one) => plain(source, one)));
      const last = ends.every((end) => end.every((one, at) => !plain(source, one) || at === end.length - 1));
      return [...(out ? [] : ["no way out in sight"]), ...(last ? [] : ["what changes nothing is not last"])];
    });
}

describe("U21 every dialog", () => {
  it("has a way out in sight, after what it does", () => {
    const found = Object.entries(sources).flatMap(([path, source]) =>
      source.includes("<Dialog") ? wrong(source).map((what) => `${path}: ${what}`) : [],
    );
    expect(found).toEqual([]);
  });

  it("is one of ours", () => {
    const bare = Object.entries(sources).flatMap(([path, source]) =>
      /<dialog\b/.test(source.replace(/<!--[^]*?-->/g, "")) && path !== "./Dialog.svelte" ? [path] : [],
    );
    expect(bare).toEqual([]);
  });

  it.each([
    ["no way out in sight", '<Dialog {title} {onclose}><Form {go} yes="Gem"><Field /></Form></Dialog>'],
    [
      "no way out in sight",
      '{#snippet form()}<Form {go} yes="Gem" />{/snippet}<Dialog {title} {onclose}>{@render form()}</Dialog>',
    ],
    [
      "what changes nothing is not last",
      '<Dialog {title} {onclose}><div class="end"><Button look="plain">Nej</Button><Button look="primary">Ja</Button></div></Dialog>',
    ],
  ])("is missed: %s", (what, source) => {
    expect(wrong(source)).toEqual([what]);
  });
});

describe("U21 a dialog is entered", () => {
  beforeEach(() => {
    // As browsers do: the first thing in it that can be pressed has the keyboard.
    vi.spyOn(HTMLDialogElement.prototype, "showModal").mockImplementation(function (this: HTMLDialogElement) {
      this.querySelector<HTMLElement>("button, input, select, textarea")?.focus();
    });
    vi.spyOn(HTMLDialogElement.prototype, "close").mockReturnValue();
  });
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
  });

  const end = (yes: string) =>
    `<div class="end"><button class="button ${yes}">Ja</button><button class="button plain">Nej</button></div>`;
  const entered = (html: string) => {
    const children = createRawSnippet(() => ({ render: () => `<div>${html}</div>` }));
    render(Dialog, { title: "Sikker?", onclose: () => undefined, children });
    return document.activeElement;
  };

  it("at what changes nothing where nothing is typed", () => {
    expect(entered(`<p>Tekst</p>${end("primary")}`)).toBe(screen.getByText("Nej"));
  });
  it("at what changes nothing where it deletes, also with something to choose", () => {
    expect(entered(`<input type="radio" checked />${end("danger")}`)).toBe(screen.getByText("Nej"));
  });
  it("at its first field", () => {
    expect(entered(`<input aria-label="Navn" />${end("primary")}`)).toBe(screen.getByLabelText("Navn"));
  });
});
