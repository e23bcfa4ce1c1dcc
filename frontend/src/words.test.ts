import type { Lang } from "./engine/types";
import type { FaultCode } from "./protocol.gen";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cut, localesFolder } from "../words-plugin";
import own from "virtual:words/phone";
import later from "virtual:words/phone/later";
import { lang, loadWords, reason, setWords, t, type Key } from "./words";

const phone = { ...own, ...later };
const read = (name: string) =>
  JSON.parse(readFileSync(`${localesFolder}${name}.json`, "utf8")) as Record<string, string>;
const languages = readdirSync(localesFolder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -5));
const danish = read("da");
const places = (text = "") => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** The forms of a language besides the one that a text has under its own key. */
const formsOf = (language: string) =>
  new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== "other");
/** Texts that are counted: those that have a form of their own for one. */
const counted = Object.keys(danish).flatMap((key) => (key.endsWith(".one") ? key.slice(0, -4) : []));

describe.each(languages)("the language file %s", (language) => {
  const words = read(language);

  it("has every text and no other, what is counted in every form of the language", () => {
    const forms = counted.flatMap((key) => formsOf(language).map((form) => `${key}.${form}`));
    const plain = Object.keys(danish).filter((key) => !key.endsWith(".one"));
    expect(Object.keys(words).sort()).toEqual([...plain, ...forms].sort());
    expect(Object.entries(words).filter(([, text]) => !text.trim())).toEqual([]);
  });

  it("is counted by the server as by the screens: one, and all others", () => {
    // `plural_form` in `app/locales` needs a rule for a language that fails here.
    const rules = new Intl.PluralRules(language);
    for (let n = 0; n <= 200; n++) expect(rules.select(n)).toBe(n === 1 ? "one" : "other");
  });

  it("has the same places for numbers and names", () => {
    for (const [key, text] of Object.entries(danish)) {
      // "1 note" may say the number in words, so those forms may leave it out.
      const may = /\.(one|\d+)$/.test(key) ? places(text).filter((name) => name !== "n") : places(text);
      const has = places(words[key]).filter((name) => name !== "n" || may.includes("n"));
      expect([key, has]).toEqual([key, may]);
    }
  });
});

describe("what is asked for", () => {
  const TOLD_ON = ["waiting", "parts"].map((what) => `ui/Taking.svelte: ^shared\\.take\\.${what}$`);
  /** `t("a.b", …)` and `t(`a.${b}.c`, …)`: the key as a pattern, and whether something is filled in. */
  const asked = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.endsWith(".test.ts"))
    .flatMap((path) =>
      [
        ...readFileSync(`src/${path}`, "utf8").matchAll(
          /\bt\(\s*(?:"([^"]+)"|`((?:[^`$]|\$\{(?:[^{}`]|`[^`]*`)*\})*)`)\s*(,\s*)?(\{[^{}]*\})?/g,
        ),
      ].flatMap(([, plain = "", made = "", more, names]) => {
        const parts = plain ? [plain] : made.split(/\$\{(?:[^{}`]|`[^`]*`)*\}/);
        // A key that ends in a computed part may be any of several texts with different placeholders.
        if (!parts.at(-1)) return [];
        const pattern = parts.map((part) => part.replaceAll(".", "\\.")).join("[a-z_0-9]+");
        return [{ path, key: new RegExp(`^${pattern}$`), filled: !!more, names }];
      }),
    );

  it("is given what its places want", () => {
    const bare = asked.filter(({ key, filled, names = "..." }) => {
      const wanted = Object.keys(danish).filter((found) => key.test(found));
      const misses = (found: string) =>
        places(danish[found]).some(
          (name = "") => !filled || !(names.includes("...") || names.includes(name)),
        );
      return wanted.length > 0 && wanted.every(misses);
    });
    expect(asked.length).toBeGreaterThan(1000);
    // `take.js` fills in these two while counting.
    expect(bare.map(({ path, key }) => `${path}: ${key.source}`)).toEqual(TOLD_ON);
  });
});

describe("the cut", () => {
  it("gives a phone nothing of the desk, the wall or the method", () => {
    for (const scope of Object.keys(phone)) {
      const words = cut(danish, scope);
      expect(Object.keys(words).length).toBeGreaterThan(0);
      expect(
        Object.keys(words).filter((key) => /(^|\.)(desk|wall|report|method|did|summary)\./.test(key)),
      ).toEqual([]);
    }
  });

  it("H4 gives every shell the one name of a theme without a name", () => {
    expect(Object.keys(danish).filter((key) => key.split(".").includes("unnamed"))).toEqual([
      "shared.unnamed",
    ]);
    for (const shell of ["phone", "wall", "desk"])
      expect(cut(danish, shell)["shared.unnamed"]).toBe("Tema uden navn");
  });

  it("gives no screen what only the server says", () => {
    for (const shell of ["phone", "wall", "desk"])
      expect(Object.keys(cut(danish, shell)).filter((key) => /^shared\.(health|start)\./.test(key))).toEqual(
        [],
      );
  });

  it("leaves nothing of the phone out, and holds nothing twice", () => {
    const all = Object.keys(phone).flatMap((scope) => Object.keys(cut(danish, scope)));
    expect(new Set(all).size).toBe(all.length);
    const wanted = Object.keys(danish).filter((key) => /^phone\.|^\w+\.phone\./.test(key));
    expect(wanted.filter((key) => !all.includes(key))).toEqual([]);
  });

  it("holds every text that a phone's files ask for", () => {
    const files = [
      ...readdirSync("src/phone").map((name) => `src/phone/${name}`),
      ...readdirSync("src/activities", { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `src/activities/${entry.name}/Phone.svelte`),
    ].filter((path) => /\.(svelte|ts)$/.test(path) && !path.endsWith(".test.ts"));
    const texts = files.map((path) => readFileSync(path, "utf8")).join("\n");
    const asked = [...texts.matchAll(/"((?:phone|shared|refused|\w+\.phone)\.[a-z_.]+)"/g)].map(
      ([, key]) => key,
    );
    const scopes = Object.keys(phone);
    const all = new Set(scopes.flatMap((scope) => Object.keys(cut(danish, scope))));
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => key && !all.has(key) && !scopes.includes(key))).toEqual([]);
  });

  it("has the safety lines word for word as they were promised", () => {
    expect(danish["notes.phone.safe"]).toBe(
      "Din seddel gemmes uden navn og uden spor af din telefon. Mødelederen læser sedlerne, før alle ser dem, og de " +
        "kommer med i opsamlingen. Dine egne ord kan afsløre dig.",
    );
    expect(read("en")["notes.phone.safe"]).toBe(
      "Your note is kept without a name and without a trace of your phone. The facilitator reads the notes before " +
        "everybody sees them, and they go into the summary. Your own words can give you away.",
    );
  });
});

describe("t", () => {
  it("fills in, takes the form for one and for none, and leaves unknown places as they are", () => {
    setWords("en", { "a.b": "{n} notes of {who}", "a.b.one": "one note", "a.b.0": "no notes" });
    const key = "a.b" as Key;
    expect(t(key, { n: 3, who: "all" })).toBe("3 notes of all");
    expect(t(key, { n: 1 })).toBe("one note");
    expect(t(key, { n: 0 })).toBe("no notes");
    expect(t(key, { n: 2 })).toBe("2 notes of {who}");
  });

  it("takes as many forms as the language has", () => {
    const key = "a.b" as Key;
    setWords("pl" as Lang, { "a.b": "{n} kartki", "a.b.one": "{n} kartka", "a.b.many": "{n} kartek" });
    expect([1, 3, 5, 22, 25].map((n) => t(key, { n }))).toEqual([
      "1 kartka",
      "3 kartki",
      "5 kartek",
      "22 kartki",
      "25 kartek",
    ]);
  });

  it("loads a shell's words by language and says reasons it does not know in general words", async () => {
    await loadWords(phone, ["phone", "phone.mine", "notes.phone"], "en");
    expect(t("phone.look.title")).toBe("Look up at the board");
    expect(t("notes.phone.send")).toBe("Send");
    expect(reason("closed")).toBe(read("en")["refused.closed"]);
    expect(reason("nobody_knows" as FaultCode)).toBe(read("en")["refused.other"]);
    await loadWords(phone, ["phone"], "da");
    expect(t("phone.look.title")).toBe("Kig op på tavlen");
    expect(document.documentElement.lang).toBe("da");
  });

  it("does not fall back to a language that was left while its words were on their way", async () => {
    let come: (words: { default: Record<string, string> }) => void = () => undefined;
    const slow = {
      a: {
        da: () => new Promise<{ default: Record<string, string> }>((done) => (come = done)),
        en: () => ({ k: "en" }),
      },
    };
    setWords("da", {});
    const danish = loadWords(slow, ["a"]);
    await loadWords(slow, ["a"], "en");
    come({ default: { k: "da" } });
    await danish;
    expect([lang(), t("k" as Key)]).toEqual(["en", "en"]);
  });
});
