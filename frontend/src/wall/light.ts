/**
 * U7: light or dark as the desk says, regardless of the screen's setting. The dark rules exist once, in the tokens,
 * behind a media query; this makes that query apply always or never. A second set of colours would drift.
 */
import type { Wall } from "../engine/types";

const DARK = "(prefers-color-scheme: dark)";
const HOLDS: Record<Wall["light"], string> = { auto: DARK, light: "not all", dark: "all" };
const found = new WeakMap<CSSStyleSheet, CSSMediaRule[]>();

/** Each sheet is scanned once; there are no sheets of other origins. */
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
