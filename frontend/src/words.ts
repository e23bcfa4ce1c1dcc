/** Every text the screens show, by key. Keys are those of the language files, cut by the build per shell. */
import type { FaultCode } from "./protocol.gen";
import type da from "../../app/locales/da.json";
import type { Lang } from "./engine/types";

export type Key = keyof typeof da;
export type Words = Record<string, string>;
export type Params = Record<string, string | number>;
/** Scope → language → words, as `virtual:words/<shell>` exports them. */
export type Cut = Record<string, Record<string, () => Words | Promise<{ default: Words }>>>;

let language: Lang = "da";
/** The language last requested; its texts may still be loading. */
let wanted: Lang = language;
let words: Words = {};
const loaded = new Set<string>();
let plurals: Intl.PluralRules | undefined;

/** The language on the screen now. */
export const lang = (): Lang => language;

/** Add texts; changing the language drops those of the other. */
export function setWords(to: Lang, more: Words): void {
  if (to !== language) {
    plurals = undefined;
    loaded.clear();
    words = {};
  }
  language = to;
  wanted = to;
  words = { ...words, ...more };
  if (typeof document !== "undefined") document.documentElement.lang = to;
}

/** Loads the words of some scopes, e.g. `["phone", "notes.phone"]`, out of a shell's cut. */
export async function loadWords(cut: Cut, scopes: string[], to: Lang = wanted): Promise<void> {
  wanted = to;
  const missing = scopes.filter((scope) => to !== language || !loaded.has(scope));
  const fresh = await Promise.all(missing.map((scope) => cut[scope]?.[to]?.() ?? {}));
  // The language has been changed meanwhile.
  if (to !== wanted) return;
  for (const more of fresh) setWords(to, "default" in more ? (more.default as Words) : (more as Words));
  for (const scope of missing) loaded.add(scope);
}

/** Whether there is a text for that key, for computed keys, e.g. `refused.<code>`. */
export const has = (key: string): key is Key => key in words;

/**
 * The text of a key. A number `n` picks the form: `<key>.0` or `<key>.12` where there is one, else `<key>.one` and
 * what other forms the language has, else the key's own; the server does it alike (`app/locales`).
 */
export function t(key: Key, params: Params = {}): string {
  const { n } = params;
  const form = typeof n === "number" && (plurals ??= new Intl.PluralRules(language)).select(n);
  const text = words[`${key}.${n}`] ?? words[`${key}.${form}`] ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The reason for a refusal in words. */
export function reason(code: FaultCode): string {
  const key = `refused.${code}`;
  return has(key) ? t(key) : t("refused.other" as Key);
}
