/**
 * G45: in forced colours shadows vanish and backgrounds are all alike, so a state shown by them also needs an outline,
 * a line or words.
 */
import { describe, expect, it } from "vitest";

const sources = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>(["../**/*.svelte", "../**/*.css"], {
      ...{ query: "?raw", import: "default", eager: true },
    }),
  ).map(([path, text]) => [path.replace(/^(\.\.\/|\.\/)/, (at) => (at === "./" ? "design/" : "")), text]),
);

/** Rules whose state is shown in another way, and how. Pressed buttons have an outline in `base.css`. */
const SAID: Record<string, string> = {
  "activities/action_plan/DeskCell.svelte .warn": "words",
  "activities/action_plan/DeskRow.svelte .done": "the word of the status",
  "activities/action_plan/Phone.svelte .on": "its words and a tick",
  "activities/action_plan/Wall.svelte .open .nth-0, .people .nth-1": "no state",
  "activities/action_plan/Wall.svelte .late > span": "the word",
  "activities/me_too/Phone.svelte .on .me": "a tick",
  "activities/clustering/DeskNote.svelte .dn.selected, .dn:focus-visible": "a pressed button",
  "activities/clustering/DeskNote.svelte .held": "the word",
  "activities/priority/Wall.svelte .main": "no state",
  "conversation/App.svelte .warn": "words",
  "desk/fields/FieldGrid.svelte .field.main": "no state",
  "desk/fields/FieldGrid.svelte .field.main h2": "no state",
  "desk/live/Agenda.svelte .done": "a tick",
  "desk/live/Agenda.svelte .done .dot": "a tick",
  "desk/live/Bar.svelte .warn": "a sign of its own",
  "desk/live/Dock.svelte .b.on": "a pressed button",
  "desk/live/JoinPanel.svelte li.warn, .sm.warn": "words",
  "desk/live/Start.svelte .warn": "words",
  "desk/pages/Choice.svelte input:checked": "an outline around it",
  "desk/pages/Overview.svelte .live": "words",
  "desk/pages/Overview.svelte .late": "words",
  "parts/ballots/DeskCount.svelte .warn": "words",
  "parts/factors/WallSix.svelte .front": "no state",
  "parts/placing/Choice.svelte .on": "a tick",
  "ui/NoteCard.svelte .lifted": "a pressed button around it",
  "ui/NoteCard.svelte .selected": "a pressed button around it",
  "ui/ThemeCard.svelte .chosen": "a tick",
  "ui/ThemeCard.svelte .chosen small": "a tick",
  "wall/Card.svelte .chosen": "a tick",
  "wall/Card.svelte .chosen .unnamed": "a tick",
  "wall/Card.svelte .seat:global([data-lifted]) .card-body, .front .card-body": "it moves, or is alone",
  "wall/Forward.svelte .front": "no state",
  "wall/ThemeCards.svelte .chosen": "all of them are",
};

const STATE =
  /(\.(on|picked|target|looking|live|now|chosen|asked|held|selected|current|open|front|dragged|lifted|late|warn|main|taken|done)\b|\[aria-(current|selected|checked)[^\]]*\]|:checked)/;
const SHOWN = /background|box-shadow|(^|[\s;])color\s*:/;
const STANDS = /outline\s*:|border|font-weight|text-decoration|content\s*:/;

/** The rules of one file that say a state by colours alone. */
function bare(text: string): string[] {
  const css = text.includes("<style") ? (/<style[^>]*>([\s\S]*)<\/style>/.exec(text)?.[1] ?? "") : text;
  const at = css.indexOf("@media (forced-colors: active)");
  const [plain, forced] = at < 0 ? [css, ""] : [css.slice(0, at), css.slice(at)];
  return [...plain.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(
    ([, selector = "", body = ""]) => {
      const state = STATE.exec(selector)?.[0];
      if (!state || !SHOWN.test(body) || STANDS.test(body) || forced.includes(state)) return [];
      return [selector.trim().replace(/\s+/g, " ")];
    },
  );
}

describe("G45 what says a state by its ground or its shadow", () => {
  it("says it in forced colours too, or is named here with how", () => {
    const found = Object.entries(sources).flatMap(([path, text]) =>
      path.endsWith("gen.css") ? [] : bare(text).map((rule) => `${path} ${rule}`),
    );
    expect(found.filter((rule) => !(rule in SAID))).toEqual([]);
    expect(Object.keys(SAID).filter((rule) => !found.includes(rule))).toEqual([]);
  });

  it.each([
    [".a.on { background: red; }", 1],
    [".a.target { box-shadow: 0 0 2px red; }", 1],
    ["li[aria-current] { color: red; }", 1],
    [".a.on { background: red; outline: 1px solid; }", 0],
    [".a.on { background: red; } @media (forced-colors: active) { .a.on { outline: 1px solid; } }", 0],
    [".a { background: red; }", 0],
  ])("of %s finds %i", (css, many) => expect(bare(css)).toHaveLength(many));
});
