/**
 * Builds the four shells one after the other into app/web, so that a phone loads no code of the desk.
 * `manifest.json` has the manifest of each under its name. The old pages stay until the new ones are complete.
 */
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const web = here("../../app/web");
const next = here("../node_modules/.next-web");
const shells = process.argv.length > 2 ? process.argv.slice(2) : ["phone", "wall", "desk", "conversation"];

const manifests = {};
await rm(next, { recursive: true, force: true });
for (const shell of shells) {
  process.env.TRIVSEL_SHELL = shell;
  await build({ root: here(".."), logLevel: "warn", build: { outDir: next, emptyOutDir: false } });
  manifests[shell] = JSON.parse(await readFile(`${next}/manifest.json`, "utf8"));
}
await writeFile(`${next}/manifest.json`, JSON.stringify(manifests, null, 1));
await rm(web, { recursive: true, force: true });
await cp(next, web, { recursive: true });
await rm(next, { recursive: true, force: true });
