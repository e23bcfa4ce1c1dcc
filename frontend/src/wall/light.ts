/**
 * U7: light or dark as the desk says, whatever the screen is set to. The rules for dark screens stand once, in the
 * tokens, behind a media query; here that query is made to hold always, or never. A second set of colours would drift.
 */
import type { Wall } from "../engine/types";

const DARK = "(prefers-color-scheme: dark)";
const HOLDS: Record<Wall["light"], string> = { auto: DARK, light: "not all", dark: "all" };
const found = new WeakMap<CSSStyleSheet, CSSMediaRule[]>();

/** A sheet is looked through once: sheets of other origins there are none. */
function rulesFor(sheet: CSSStyleSheet): CSSMediaRule[] {
  let rules = found.get(sheet);
  if (!rules) {
    rules = [...sheet.cssRules].filter(
      (rule): rule is CSSMediaRule =>
        rule instanceof CSSMediaRule && rule.conditionText.includes("color-scheme: dark"),
    );
    found.set(sheet, rules);
  }
  return rules;
}

export function setLight(light: Wall["light"]): void {
  document.documentElement.style.colorScheme = light === "auto" ? "" : light;
  for (const sheet of document.styleSheets)
    for (const { media } of rulesFor(sheet))
      if (media.mediaText !== HOLDS[light]) media.mediaText = HOLDS[light];
}
