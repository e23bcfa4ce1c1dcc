"""The texts of the screens by their keys, so that a test finds what a person reads, in either language."""

import json
import re
from functools import cache

from tests.support.server import CHECKOUT

_SLOT = re.compile(r"\\\{(\w+)\\\}")


@cache
def _texts(language: str) -> dict[str, str]:
    path = CHECKOUT / "app" / "locales" / f"{language}.json"
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts


class Words:
    """`words("desk.save")`, put together as the screens do: with n=1 by the key ending in `.one`, if any.

    Not `app.locales`, which these tests must check.
    """

    def __init__(self, language: str = "da") -> None:
        self.language = language
        self._texts = _texts(language)

    def __call__(self, key: str, **filled: str | int) -> str:
        few = f"{key}.one" if filled.get("n") == 1 else f"{key}.{filled.get('n')}"
        text = self._texts.get(few) or self._texts[key]
        return re.sub(r"\{(\w+)\}", lambda slot: str(filled.get(slot[1], slot[0])), text)

    def about(self, n: int, key: str) -> re.Pattern[str]:
        """This number with its text, or up to two more or fewer, as those may be waiting (A11)."""
        near = (f"{k} {re.escape(self(key, n=k))}" for k in range(max(0, n - 2), n + 3))
        return re.compile(rf"\b(?:{'|'.join(near)})")

    def any(self, key: str) -> re.Pattern[str]:
        """The text with anything in its placeholders, for every number."""
        keys = [each for each in (key, f"{key}.one", f"{key}.0") if each in self._texts]
        one, *more = (_SLOT.sub(r"(.+?)", re.escape(self._texts[each])) for each in keys)
        return re.compile("|".join([one, *more]))
