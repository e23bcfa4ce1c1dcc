"""Patterns with placeholders, and tables from patterns to their meaning; part of `dates`."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

Found = re.Match[str]
V = TypeVar("V")


def placed(form: str, **places: str) -> str:
    """A form with its placeholders filled in."""
    for name, pattern in places.items():
        form = form.replace(f"{{{name}}}", pattern)
    return form


@lru_cache(maxsize=512)
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(form)


def match(form: str, text: str) -> Found | None:
    return _pattern(form).fullmatch(text)


def found_in(table: Mapping[str, V], text: str) -> V | None:
    """What the table has for the words, or None."""
    return next((value for words, value in table.items() if match(words, text)), None)


def sure_of(table: Mapping[str, V], text: str) -> V:
    """What the table has for words that were matched by it."""
    return next(value for words, value in table.items() if match(words, text))
