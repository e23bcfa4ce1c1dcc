/**
 * The tokens are one file for all three shells; a built shell keeps only those it uses, in its styles or in its
 * scripts. This removes a sixth of a phone's styles.
 */
import type { Plugin } from "vite";

const declared = /(--[\w-]+):([^;{}]*)(?:;|(?=\}))/g;

const empty = /(?:@media[^{}]*\{)?:root\{\}\}?/g;

export function spareCss(): Plugin {
  return {
    name: "spare-css",
    enforce: "post",
    apply: "build",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const styles = files.filter((file) => file.type === "asset" && file.fileName.endsWith(".css"));
      const text = (file: (typeof files)[number]) =>
        file.type === "chunk" ? file.code : String(file.source);
      // A token may be used by another that nobody uses.
      for (let before = ""; ;) {
        const all = files.map(text).join("\n");
        if (all === before) return;
        before = all;
        // A token is used if it occurs anywhere but on the left of a declaration: in var(), or in a script.
        const used = new Set(all.replace(declared, "$2").match(/--[\w-]+/g));
        for (const file of styles)
          if (file.type === "asset")
            file.source = text(file)
              .replace(declared, (whole, name: string) => (used.has(name) ? whole : ""))
              .replace(empty, "");
      }
    },
  };
}
