/**
 * What each shell loads first, packed as the server packs it (gzip), fonts apart, against its budget. For a phone
 * that is its own files; the face of the first activity comes while the phone joins and is printed beside it.
 * Run after `npm run build`; fails above the budget.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const web = fileURLToPath(new URL("../../app/web/", import.meta.url));
const budgets = { phone: 30, wall: 70, desk: 120 };
const packed = (file) => gzipSync(readFileSync(web + file), { level: 9 }).length;

/** A file and everything it imports at once. */
function files(manifest, file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const chunk = Object.values(manifest).find((other) => other.file === file);
  for (const css of chunk?.css ?? []) seen.add(css);
  for (const name of chunk?.imports ?? []) files(manifest, manifest[name].file, seen);
  return seen;
}

/** What the page itself asks for: its scripts and styles, not its font and icon. */
const asked = (shell) =>
  [...readFileSync(`${web}${shell}.html`, "utf8").matchAll(/\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    ([, file]) => file,
  );

const manifests = JSON.parse(readFileSync(`${web}manifest.json`, "utf8"));
let over = false;
for (const [shell, budget] of Object.entries(budgets)) {
  const manifest = manifests[shell];
  if (!manifest) continue;
  const first = asked(shell).reduce((seen, file) => files(manifest, file, seen), new Set());
  const sum = (list) => [...list].reduce((bytes, file) => bytes + packed(file), 0);
  const size = (sum(first) + packed(`${shell}.html`)) / 1000;
  over ||= size > budget;
  const face = shell === "desk" ? "desk.ts" : `${shell[0].toUpperCase()}${shell.slice(1)}.svelte`;
  const more = [...files(manifest, manifest[`src/activities/notes/${face}`].file)].filter(
    (file) => !first.has(file),
  );
  console.log(
    `${shell.padEnd(6)}${size.toFixed(1).padStart(6)} kB of ${budget}; the notes' face ${(sum(more) / 1000).toFixed(1)} kB more` +
      (size > budget ? "  TOO LARGE" : ""),
  );
}
process.exitCode = over ? 1 : 0;
