"""Where a line may break: computed in the worker, since it is slow for the texts of a long meeting."""

import re
from collections.abc import Iterator
from typing import Any

import regex

# Words of letters hyphenate; a line may break anywhere only in what is longer than any real word, and sooner
# in runs of other characters. Some Arabic ligatures are a whole phrase wide: it may always break between
# those (B26). The compiler splits scripts without spaces by word, except where one character is repeated.
_UNSPACED = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Han}\p{Hiragana}\p{Katakana}"
_LONG = regex.compile(
    rf"\p{{Latin}}{{41,}}|([{_UNSPACED}]\p{{M}}*)\1{{15,}}"
    rf"|[^\s\p{{Latin}}{_UNSPACED}]{{25,}}|[^\s{_UNSPACED}]{{41,}}"
)
_LATIN = regex.compile(r"\p{Latin}+")
#: So many vowels or other letters in a row that no syllable ends there.
_STUCK = re.compile(r"[aeiouyæøåäöüéèáàíóúœ]{9}|[^aeiouyæøåäöüéèáàíóúœ]{9}", re.IGNORECASE)
# The checks above are slow: these tell most texts at once.
_NO_BREAK = re.compile(r"\S{16}|[\uFDF0-\uFDFD]")
_PIECE = regex.compile(r"\X{1,8}")
_WIDE = regex.compile(r"(?<=[\uFDF0-\uFDFD])(?=\S)")


def wrapping(value: Any) -> Any:
    """The same data with a break opportunity inside every word that no line can hold."""
    match value:
        case str():
            return _WIDE.sub("\u200b", _LONG.sub(_broken, value)) if _NO_BREAK.search(value) else value
        case list():
            return [wrapping(one) for one in value]
        case dict():
            # A drawing is no text: it stays as it is.
            return {key: one if key == "svg" else wrapping(one) for key, one in value.items()}
    return value


def _broken(match: "regex.Match[str]") -> str:
    word = match[0]
    # What has syllables is left to hyphenation, which shows where a line goes on.
    return word if _LATIN.fullmatch(word) and not _STUCK.search(word) else "\u200b".join(_PIECE.findall(word))


#: From right to left, or as high as a page may be: for the compiler to look at.
_NOT_KNOWN = re.compile(r"[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\n]|.{200}")
_LONG_WORD = re.compile(r"([^\W\d_]{13,})")


def known(value: Any) -> dict[str, list[str] | None]:
    """The words in lists, such as notes, each with its pieces if long words part it: every second is one."""
    pieces = {words: _LONG_WORD.split(words) for words in _listed(value) if not _NOT_KNOWN.search(words)}
    return {words: parted if len(parted) > 1 else None for words, parted in pieces.items()}


def _listed(value: Any) -> Iterator[str]:
    match value:
        case list():
            for one in value:
                yield from (one,) if isinstance(one, str) else _listed(one)
        case dict():
            for one in value.values():
                yield from _listed(one)
