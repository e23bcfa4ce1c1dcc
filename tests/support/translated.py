"""A browser that translates the page: a stand-in, since the real one asks another host (G25).

It does to the page what Chrome's does. Each text node is replaced by two `font` elements with the translated
text; labels and placeholders are overwritten; the root is marked. It takes a while, continues as the page
changes, and leaves what people type alone. Its output is not a language, but every word differs from the
original.
"""

import re

from playwright.async_api import Page, expect

from tests.support.words import Words

TRANSLATE = """
() => {
  const NAMES = ["aria-label", "alt", "placeholder", "title"];
  const translated = (text) => text.replace(/\\p{L}+/gu, (word) => `${word}ski`);
  const ours = new WeakMap();
  const waiting = new Set();
  let timer;
  const inPlaceOf = (text) => {
    const skipped = "font, script, style, textarea, .notranslate, [translate=no]";
    if (!text.isConnected || text.data.trim() === "" || text.parentElement?.closest(skipped)) return;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    for (const font of [outer, inner]) font.style.verticalAlign = "inherit";
    inner.textContent = translated(text.data);
    outer.append(inner);
    text.parentNode.replaceChild(outer, text);
  };
  const relabel = (element) => {
    for (const name of NAMES) {
      const now = element.getAttribute(name);
      const own = ours.get(element) ?? {};
      if (!now || own[name] === now) continue;
      ours.set(element, { ...own, [name]: translated(now) });
      element.setAttribute(name, translated(now));
    }
  };
  const all = (node) => {
    if (node instanceof Text) return inPlaceOf(node);
    if (!(node instanceof Element) || !node.isConnected) return;
    relabel(node);
    [...node.childNodes].forEach(all);
  };
  const later = (node) => {
    waiting.add(node);
    timer ??= setTimeout(() => {
      timer = undefined;
      const now = [...waiting];
      waiting.clear();
      now.forEach(all);
    }, 100);
  };
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records)
      if (type === "childList") addedNodes.forEach(later);
      else later(target);
  }).observe(document.body, {
    ...{ subtree: true, childList: true, characterData: true },
    attributeFilter: NAMES,
  });
  later(document.body);
  document.documentElement.lang = "pl";
  document.documentElement.classList.add("translated-ltr");
}
"""


def translated(text: str) -> str:
    """The translation of a text; placeholders for numbers and names are kept."""
    return re.sub(r"\{\w+\}|[^\W\d_]+", lambda m: m[0] if m[0].startswith("{") else f"{m[0]}ski", text)


class TranslatedWords(Words):
    """What is to be read in a page that is translated from Danish."""

    def __init__(self) -> None:
        super().__init__("da")
        self._danish = Words("da")
        self._texts = {key: translated(text) for key, text in self._texts.items()}

    def __call__(self, key: str, **filled: str | int) -> str:
        return translated(self._danish(key, **filled))


async def translate(page: Page) -> None:
    """Somebody says yes to the browser's question."""
    await page.evaluate(TRANSLATE)
    await expect(page.locator("font font").first).to_be_attached()
