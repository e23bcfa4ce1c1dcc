/**
 * Each shell is built by itself (`scripts/build.mjs`), so that no line of the desk makes a phone's files larger:
 * of every activity only the face of that shell is built, the other two become nothing.
 */
import type { Plugin } from "vite";

export const shellNames = ["phone", "wall", "desk"] as const;
export type Shell = (typeof shellNames)[number];

const faces: Record<string, Shell> = { "./Phone.svelte": "phone", "./Wall.svelte": "wall", "./desk": "desk" };

export function oneShell(shell: string | undefined): Plugin {
  return {
    name: "one-shell",
    enforce: "pre",
    apply: "build",
    resolveId(source, importer) {
      if (!shell || !/\/activities\/\w+\/index\.ts$/.test(importer ?? "")) return null;
      const face = faces[source];
      return face && face !== shell ? "\0nothing" : null;
    },
    load: (id) => (id === "\0nothing" ? "export default {}" : null),
  };
}
