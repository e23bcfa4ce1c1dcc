/**
 * Cuts the language files by key prefix, so that a phone loads no desk text: `virtual:words/<shell>` exports one loader
 * per language, for a phone also one for each part that comes later and for each activity. Danish words of a shell are
 * in the bundle itself (no second round trip for most), everything else comes when it is needed.
 */
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";

type Words = Record<string, string>;

export const localesFolder = `${resolve(import.meta.dirname, "../app/locales")}/`;

/** Scopes whose Danish words are in a shell's own file; a phone nearly always begins with writing notes. */
const inline = (shell: string): string[] => (shell === "phone" ? [shell, "notes.phone"] : [shell]);

const refused = (code: string) => `refused.${code}`;

/**
 * What a shell's own part holds. Wall and desk show every activity, and hold what each says there; the phone's is small,
 * since it is what everybody waits for.
 */
const common: Record<string, string[]> = {
  phone: ["phone.", ...["app", "finish", "loading", "time_left", "unnamed"].map((key) => `shared.${key}`)],
  wall: ["wall.", "shared.", "refused."],
  desk: ["desk.", "shared.", "refused.", "did.", "method."],
  conversation: ["conversation.", "refused.", "shared.day.", "shared.pasted.", "shared.time."],
};

/** Said by the server, whole: no screen needs them. */
const saidByServer = ["shared.health.", "shared.start.", "conversation.paper."];

/** Parts of a shell that come later; what is in them is not in the shell's own part. */
const later: Record<string, Record<string, string[]>> = {
  phone: {
    "phone.join": ["phone.join.", "phone.left.", "phone.offline.join"],
    "notes.phone": ["notes.phone."],
    // What is said of a note that is not new comes once the line is open; of the refusals a phone gets only those
    // that can be the answer to a note.
    "phone.mine": [
      "notes.phone.looks.",
      ...["back", "drop", "late", "late_safe", "left", "not_sent", "open_until", "too_long"].map(
        (key) => `notes.phone.${key}`,
      ),
      "notes.in_turn.",
      "phone.mine.",
      "phone.done.",
      "phone.hand.",
      "phone.offline.text",
      "shared.offline.title",
      "shared.pasted.",
      "phone.ended.",
      "phone.broken.",
      "phone.half.",
      "phone.said.",
      "phone.state.",
      ...["busy", "closed", "empty", "full", "gone", "lost", "not_open", "not_yours"].map(refused),
      ...["other", "range", "slow_down", "text", "too_long", "too_many", "unknown"].map(refused),
    ],
  },
};

/** The words of a scope: "phone", a later part "phone.mine", or an activity's part of a shell, "notes.phone". */
export function cut(words: Words, scope: string): Words {
  const [first = "", shell = ""] = scope.split(".");
  const prefixes = common[scope] ?? later[first]?.[scope] ?? later[shell]?.[scope] ?? [`${scope}.`];
  const spoken = scope in common && scope !== "phone" ? activities(words, scope) : [];
  const rivals = [...saidByServer, ...Object.values(later[shell || scope] ?? {}).flat()];
  // The longest beginning of a key says where it belongs.
  const longest = (key: string, list: string[]) =>
    Math.max(0, ...list.filter((prefix) => key.startsWith(prefix)).map((prefix) => prefix.length));
  return Object.fromEntries(
    Object.entries(words).filter(([key]) => {
      const own = longest(key, [...prefixes, ...spoken.map((activity) => `${activity}.`)]);
      return own > 0 && longest(key, rivals) <= own;
    }),
  );
}

const languages = () =>
  readdirSync(localesFolder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -5));

const read = (language: string): Words =>
  JSON.parse(readFileSync(`${localesFolder}${language}.json`, "utf8"));

/** The scopes of the activities that say something in a shell. */
function activities(words: Words, shell: string): string[] {
  const found = Object.keys(words).flatMap((key) => {
    const [activity, part] = key.split(".");
    return part === shell && activity && !(activity in common) ? [`${activity}.${shell}`] : [];
  });
  return [...new Set(found)];
}

/** On a phone, where to find the words of activities is looked up when one comes (`virtual:words/phone/later`). */
function listed(shell: string, part: string | undefined): string[] {
  const own = [shell, ...Object.keys(later[shell] ?? {})];
  return part === "later" ? activities(read("da"), shell).filter((scope) => !own.includes(scope)) : own;
}

export function words(): Plugin {
  return {
    name: "words",
    resolveId: (id) => (id.startsWith("virtual:words/") ? `\0${id}` : null),
    load(id) {
      const [, shell, language, scope] = /^\0virtual:words\/(\w+)(?:\/(\w+))?(?:\/([\w.]+))?$/.exec(id) ?? [];
      if (!shell) return null;
      for (const name of languages()) this.addWatchFile(`${localesFolder}${name}.json`);
      if (language && scope) return `export default ${JSON.stringify(cut(read(language), scope))}`;
      const within = language ? [] : inline(shell);
      const entries = listed(shell, language).map((name) => {
        const loaders = languages().map((l) => {
          const at = l === "da" ? within.indexOf(name) : -1;
          return `${JSON.stringify(l)}:()=>${at < 0 ? `import("virtual:words/${shell}/${l}/${name}")` : `da${at}`}`;
        });
        return `${JSON.stringify(name)}:{${loaders.join()}}`;
      });
      const imports = within.map((name, at) => `import da${at} from "virtual:words/${shell}/da/${name}";`);
      return `${imports.join("\n")}\nexport default {${entries.join()}}`;
    },
  };
}
