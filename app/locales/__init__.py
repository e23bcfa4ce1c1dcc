"""Every text of both sides, one JSON file per language, read once.

A key that a language lacks falls back to Danish; a key that nobody has is a bug and raises. A test holds that
all languages have all keys, so the fallback is for the week in which a language is being translated.
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

FOLDER = Path(__file__).parent
FALLBACK: Final = "da"


class Words:
    """The texts of one language, called with a key and what the text's {places} stand for.

    A number called `n` picks the form: `key.0` or `key.12` where there is one, else `key.one` and what other
    forms the language has, else the key's own, as the screens do it.
    """

    def __init__(self, language: str, texts: dict[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __contains__(self, key: object) -> bool:
        """Whether there is a text for that key, for computed keys."""
        return key in self._texts or key in texts_of(FALLBACK)

    def __call__(self, key: str, /, **params: object) -> str:
        n = params.get("n")
        forms = (f"{key}.{n}", f"{key}.{plural_form(self.language, n)}") if isinstance(n, int) else ()
        text = next((self._texts[each] for each in (*forms, key) if each in self._texts), None)
        if text is None:
            text = texts_of(FALLBACK)[key]
        # Not str.format: values may contain braces, and a stray brace in a text is not a placeholder.
        for name, value in params.items():
            text = text.replace("{" + name + "}", str(value), 1) if "{" + name + "}" in text else text
        return text


def plural_form(_language: str, n: int) -> str:
    """The CLDR plural category of a whole number.

    Danish and English agree; a language with more forms adds its rule here. A test compares browsers.
    """
    return "one" if n == 1 else "other"


@cache
def words(language: str) -> Words:
    """The texts of a language we have; an unknown language is a KeyError."""
    if language not in languages():
        raise KeyError(language)
    return Words(language, texts_of(language))


@cache
def languages() -> tuple[str, ...]:
    """The languages there are, Danish first."""
    found = sorted(path.stem for path in FOLDER.glob("*.json"))
    return tuple(sorted(found, key=lambda name: (name != FALLBACK, name)))


@cache
def texts_of(language: str) -> dict[str, str]:
    """The whole file of a language."""
    texts: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return texts
