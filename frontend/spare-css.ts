/**
 * The tokens are one file for all three shells; a built shell keeps only those it uses, in its styles or in its
 * scripts. Of a phone's styles that takes away a sixth.
 */
import type { Plugin } from "vite";

const declared = /(--[\w-]+):([^;{}]*)(?:;|(?=\}))/g;

export function spareCss(): Plugin {
  return {
    name: "spare-css",
    enforce: "post",
    apply: "build",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const all = files.map((file) => (file.type === "chunk" ? file.code : String(file.source))).join("\n");
      // Used is what stands anywhere but on the left of a declaration: in var(), or in a script.
      const used = new Set(all.replace(declared, "$2").match(/--[\w-]+/g));
      for (const file of files)
        if (file.type === "asset" && file.fileName.endsWith(".css"))
          file.source = String(file.source).replace(declared, (whole, name: string) =>
            used.has(name) ? whole : "",
          );
    },
  };
}
