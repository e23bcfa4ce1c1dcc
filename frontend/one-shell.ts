/**
 * Each shell is built by itself (`scripts/build.mjs`), so that no line of the desk makes a phone's files larger:
 * of every activity only the face of that shell is built, the lines of the other two are left out.
 */
import type { Plugin } from "vite";

export const shellNames = ["phone", "wall", "desk"] as const;

const faces = /^ *(phone|wall|desk): \(\) => import\(.*\),\n/gm;

export function oneShell(shell: string | undefined): Plugin {
  return {
    name: "one-shell",
    enforce: "pre",
    apply: "build",
    transform(code, id) {
      if (!shell || !/\/activities\/\w+\/index\.ts$/.test(id)) return null;
      return { code: code.replace(faces, (line, face) => (face === shell ? line : "")), map: null };
    },
  };
}
