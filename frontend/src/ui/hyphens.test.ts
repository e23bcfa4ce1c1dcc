import fc from "../../tests/repeatable";
import { beforeAll, describe, expect, it } from "vitest";
import { hyphenateBy, pieces, pointed } from "./hyphens.svelte";
import { lines, widest } from "./lines";

const parted = (text: string) => pieces(text).join("-");

it("U11: words stay whole until the rules are there", () => {
  expect(parted("arbejdsmiljørepræsentant")).toBe("arbejdsmiljørepræsentant");
});

describe("U11 in Danish", () => {
  beforeAll(() => hyphenateBy("da"));

  it.each([
    ["arbejdsmiljørepræsentant", "arbejds-mil-jø-re-præ-sen-tant"],
    ["Om formiddagen er her stille", "Om formiddagen er her stille"],
    ["Efter formiddagsmødet er her stille", "Efter for-mid-dags-mødet er her stille"],
    ["Medarbejdersamtaler", "Med-ar-bej-der-sam-taler"],
    ["sammenhængskraft, ledelsesopbakning!", "sam-men-hængs-kraft, ledel-ses-op-bak-ning!"],
    ["»Trivselstavlen«", "»Triv-sel-stavlen«"],
  ])("parts %s where a syllable ends", (text, expected) => {
    for (const [at, word] of text.split(" ").entries()) {
      const own = parted(text).split(" ")[at] ?? "";
      expect(own.replaceAll("-", "")).toBe(word);
    }
    expect(parted(text)).toBe(expected);
  });

  it.each([
    "møde kl. 10",
    "💪🏽🎉👩‍👩‍👧‍👦❤️🧑🏿‍🚒🙌🏼🤷🏻‍♀️👍👍",
    "العملبروحالفريقالواحدةجميعا",
    "我们需要更多的休息时间和更好的沟通",
    "1234567890123",
    "https://intranet.eksempel.dk/arbejdsmiljø/formiddagen",
    "arbejdsmiljorepraesentant@eksempel.dk",
    "www.arbejdsmiljø.dk",
    "arbejdsmiljø_2026",
  ])("leaves alone what is no word: %s", (text) => {
    expect(pieces(text)).toEqual([text]);
  });

  it("changes no text, and leaves no stump", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        expect(pieces(text).join("")).toBe(text.replaceAll("\u00ad", ""));
      }),
    );
    for (const word of ["uoverensstemmelser", "erhvervsuddannelse", "overarbejde", "idéudvikling"]) {
      const own = pieces(word);
      expect(own[0]?.length).toBeGreaterThanOrEqual(3);
      expect(own.at(-1)?.length).toBeGreaterThanOrEqual(4);
      expect(own.every((piece) => piece.length > 1)).toBe(true);
    }
  });

  const width = (text: string) => text.length;
  it("the widest piece counts, with its hyphen", () => {
    expect(widest(pointed("arbejdsmiljørepræsentant"), width)).toBe("arbejds-".length);
    expect(widest(pointed("en to"), width)).toBe(2);
    // A name is hyphenated only where its words are very long.
    expect(widest(pointed("Om formiddagsmødet"), width, true)).toBe("formiddagsmødet".length);
    expect(widest(pointed("Om formiddagsmødet"), width)).toBe("mødet".length);
    expect(widest(pointed("Arbejdsmiljørepræsentant"), width, true)).toBe("Arbejds-".length);
  });

  it("a line is filled up to a hyphen, and no further", () => {
    const text = pointed("om formiddagsmødet");
    expect(lines(text, 18, width)).toBe(1);
    // om formid- / dagsmødet
    expect(lines(text, 10, width)).toBe(2);
    // om for- / mid- / dags- / mødet
    expect(lines(text, 7, width)).toBe(4);
    // om / for- / mid- / dags- / mødet
    expect(lines(text, 5, width)).toBe(5);
  });
});

it("U11: a meeting in English has its own rules", async () => {
  await hyphenateBy("en");
  expect(parted("collaboration in the workplace")).toBe("col-labo-ra-tion in the workplace");
  await hyphenateBy("da");
  expect(parted("formiddagsmødet")).toBe("for-mid-dags-mødet");
});
