/** One build for the four shells: phone, wall, desk and conversation each have an html entry of their own. */
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";
import { shells } from "./dev-shells.ts";
import { lean } from "./lean.ts";
import { OLDEST } from "./oldest.ts";
import { spareCss } from "./spare-css.ts";
import { words } from "./words-plugin.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const shellNames = ["phone", "wall", "desk", "conversation"];
/**
 * Set by scripts/build.mjs: each shell is built by itself, so that no line of the desk makes a phone's files larger.
 * Without it (`vite`, vitest) all of them are there.
 */
const shell = process.env["TRIVSEL_SHELL"];
const server = process.env["TRIVSEL_DEV_SERVER"] ?? "http://127.0.0.1:8000";

/** Stands in front of every address in what is built; the server puts its own folder there, or none (`app/pages/shells.py`). */
const ROOT = "/-root-/";

export default defineConfig(({ command }) => ({
  base: command === "build" ? ROOT : "/",
  plugins: [svelte(), svelteTesting(), words(), shells(), lean(), spareCss()],
  publicDir: false,
  build: {
    outDir: here("../app/web"),
    emptyOutDir: true,
    manifest: "manifest.json",
    // What they all can of the language, but for what the test of the build looks for. Named one by one, Safari's
    // early faults with fields would have every class written out: 1.5 KiB more for a phone.
    target: "es2022",
    cssTarget: OLDEST,
    // Everything is a file of its own: the server's content policy allows no data: URLs for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Svelte's package does not say so, but only its flags do anything by being imported: 9 kB less for a phone.
      treeshake: { moduleSideEffects: (id) => !/\/svelte\/src\/(?!.*flags)/.test(id) },
      input: Object.fromEntries(
        shellNames.filter((name) => !shell || name === shell).map((name) => [name, here(`${name}.html`)]),
      ),
      // With one shell to a build, what it begins with is best packed as one file.
      ...(shell && {
        output: { codeSplitting: { groups: [{ name: shell, test: new RegExp(`/src/${shell}/main`) }] } },
      }),
    },
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    strictPort: true,
    // The language files belong to both sides and lie outside this folder.
    fs: { allow: [here("."), here("../app/locales")] },
    proxy: { "^/(api|live|summary|static|page|healthz)\\b": { target: server, ws: true } },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    // One process that loads everything once takes a fifth of what a world for each file took.
    isolate: false,
    fileParallelism: false,
    setupFiles: ["tests/afresh.ts"],
    // How long one takes says more of the machine than of us; this ends one that hangs.
    testTimeout: 60_000,
  },
}));
