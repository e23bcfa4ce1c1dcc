"""The order of words that people read, by the language of the page (G52), as browsers have it (CLDR).

Capitals count only between words that are otherwise the same. In Danish æ, ø, å come last, and aa is an å.
"""

import unicodedata
from collections.abc import Callable, Iterator

#: Characters before the letters, in CLDR's order; others come after the letters, by code point.
_FIRST = " _-\u2013\u2014,;:!?.'\u2018\u2019\"\u201c\u201d()[]{}@*/\\&#%`^+<=>|~$0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Accents in CLDR's order, from the acute to the macron.
_MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"
_ANY = {"ß": "ss", "œ": "oe", "đ": "d\u0338", "ð": "d\u0327", "ł": "l\u0338"}
#: A language's own letters are mapped to the characters after z.
_LAST = {
    "da": _ANY
    | {"æ": "{", "ä": "{\u0308", "ø": "|", "ö": "|\u0308", "ő": "|\u030b", "å": "}", "œ": "|\u0327"}
    | {"ü": "y\u0308", "ű": "y\u030b", "þ": "th"},
    "en": _ANY | {"æ": "ae", "ø": "o\u0338", "þ": "{"},
}
_PLACES = {sign: nth for nth, sign in enumerate(_FIRST + _LETTERS + "{|}")}
_Element = tuple[int, tuple[int, ...], int]
Key = tuple[tuple[int, ...], tuple[tuple[int, ...], ...], tuple[int, ...], str]


def by_words(language: str) -> Callable[[str], Key]:
    """A sort key of a word. Unknown languages sort like English."""
    own = _LAST.get(language, _LAST["en"])
    danish = language == "da"

    def key(text: str) -> Key:
        elements = list(_elements(unicodedata.normalize("NFC", text), own, danish))
        first, second, third = zip(*elements, strict=True) if elements else ((), (), ())
        return first, second, third, text

    return key


def _elements(text: str, own: dict[str, str], danish: bool) -> Iterator[_Element]:
    at = 0
    while at < len(text):
        two = text[at : at + 2]
        if danish and two.lower() == "aa":
            # å before aa; among them capitals first, as Danish has it.
            upper = sum(sign.isupper() for sign in two)
            yield _PLACES["}"], (), {2: 1, 1: 2, 0: 5}[upper]
            at += 2
            continue
        sign = text[at]
        case = (0 if sign.isupper() else 4) if danish else int(sign.isupper())
        plain = own.get(sign.lower()) or unicodedata.normalize("NFD", sign.lower())
        yield from _spread(plain, case, together=sign.lower() in own)
        at += 1


def _spread(plain: str, case: int, together: bool) -> Iterator[_Element]:
    bases = [sign for sign in plain if not unicodedata.combining(sign)]
    marks = tuple(_MARKS.find(sign) + 1 or 99 for sign in plain if unicodedata.combining(sign))
    for nth, base in enumerate(bases):
        place = _PLACES.get(base, 1_000 + ord(base))
        # A ligature sorts after its two letters.
        whole = (100,) if together and len(bases) > 1 and nth == 0 else ()
        yield place, (marks or whole) if nth == 0 else (), case
