/**
 * Leaves out code of two libraries that every page would contain and none uses. The build stops when the code to be
 * changed is missing, or something needs more of it.
 */
import type { Plugin } from "vite";

/** Svelte can take over pages drawn on a server; ours are drawn in the browser alone, so none of this ever runs. */
const hydration = `
export const hydrating = false;
export const hydrate_node = null;
const never = () => {};
export {
  never as hydrate_next,
  never as hydrate_template,
  never as next,
  never as read_hydration_instruction,
  never as reset,
  never as set_hydrate_node,
  never as set_hydrating,
  never as skip_nodes,
};
`;

/**
 * Vite's helper for the dependencies of a file: scripts are requested in parallel, styles are waited for. Failed
 * requests are repeated the next time. Vite's own also handles nonces, other bases and its own events.
 */
const preload = `
const asked = {};
const ask = (file) =>
  document.querySelector(\`link[href="/\${file}"]\`) ??
  new Promise((done, failed) => {
    const link = document.createElement("link");
    const style = file.endsWith(".css");
    link.rel = style ? "stylesheet" : link.relList.supports("modulepreload") ? "modulepreload" : "preload";
    if (!style) link.as = "script";
    link.crossOrigin = "";
    link.href = "/" + file;
    link.onload = done;
    link.onerror = (event) => {
      link.remove();
      delete asked[file];
      failed(event);
    };
    document.head.append(link);
    if (!style) done();
  });
export const __vitePreload = (load, files = []) =>
  Promise.all(files.map((file) => (asked[file] ??= ask(file)))).then(load);
`;

/** An unused list, which the bundler keeps since it cannot know that creating it has no other effect. */
const properties = (code: string) =>
  code.replace(/(const DOM_PROPERTIES = )(\[[^]*?\]);/, "$1/* @__PURE__ */ (() => $2)();");

/** Only for debugging Svelte itself: the names of its symbols and of its errors. */
const unnamed = (code: string) => code.replace(/\bSymbol\('[\w ]*'\)/g, "Symbol()");
const brief = (code: string) => code.replace(/https:\/\/svelte\.dev\/e\/\w+/g, "");

/** Class names, from a list or an object of conditions; the library's own handles numbers too. */
const words = `
export const clsx = (of) =>
  Array.isArray(of) ? of.map(clsx).filter(Boolean).join(" ")
  : of && typeof of == "object" ? Object.keys(of).filter((name) => of[name]).join(" ") : of || "";
`;

const lighter: readonly (readonly [file: RegExp, change: (code: string) => string])[] = [
  [/svelte\/src\/internal\/client\/dom\/hydration\.js$/, () => hydration],
  [/svelte\/src\/utils\.js$/, properties],
  [/svelte\/src\/internal\/client\/constants\.js$/, unnamed],
  [/svelte\/src\/internal\/client\/dom\/elements\/(attributes|events)\.js$/, unnamed],
  [/svelte\/src\/constants\.js$/, unnamed],
  [/svelte\/src\/internal\/client\/dom\/blocks\/key\.js$/, unnamed],
  [/svelte\/src\/internal\/client\/errors\.js$/, brief],
  [/svelte\/src\/internal\/client\/warnings\.js$/, brief],
  [/svelte\/src\/internal\/shared\/errors\.js$/, brief],
  [/clsx\/dist\/clsx\.mjs$/, () => words],
  [/^\0vite\/preload-helper\.js$/, () => preload],
];

export function lean(): Plugin {
  const met = new Set<RegExp>();
  return {
    name: "lean",
    enforce: "pre",
    apply: "build",
    transform(code, id) {
      for (const [file, change] of lighter) {
        if (!file.test(id)) continue;
        const changed = change(code);
        if (changed !== code) met.add(file);
        return { code: changed, map: null };
      }
      return null;
    },
    buildEnd(error) {
      const moved = lighter.filter(([file]) => !met.has(file)).map(([file]) => file.source);
      if (!error && moved.length > 0)
        this.error(`lean.ts finds no more what it changes in ${moved.join(", ")}`);
    },
  };
}
