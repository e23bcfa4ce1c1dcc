"""Where a line may break: done in the worker, since a long meeting's words take a while."""

from typing import Any

import regex

# Words of letters hyphenate; a line may break anywhere only in what is longer than any real word, and sooner
# in runs of other signs. Some Arabic ligatures are a whole phrase wide: between those it always may (B26).
# Scripts that write no spaces are parted word by word by the compiler, except where one sign is repeated.
_UNSPACED = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Han}\p{Hiragana}\p{Katakana}"
_LONG = regex.compile(
    rf"\p{{Latin}}{{41,}}|([{_UNSPACED}]\p{{M}}*)\1{{15,}}"
    rf"|[^\s\p{{Latin}}{_UNSPACED}]{{25,}}|[^\s{_UNSPACED}]{{41,}}"
)
_PIECE = regex.compile(r"\X{1,8}")
_WIDE = regex.compile(r"(?<=[\uFDF0-\uFDFD])(?=\S)")


def wrapping(value: Any) -> Any:
    """The same data with a break opportunity inside every word that no line can hold."""
    match value:
        case str():
            return _WIDE.sub("\u200b", _LONG.sub(_broken, value))
        case list():
            return [wrapping(one) for one in value]
        case dict():
            # A drawing is no text: it stays as it is.
            return {key: one if key == "svg" else wrapping(one) for key, one in value.items()}
    return value


def _broken(match: "regex.Match[str]") -> str:
    return "\u200b".join(_PIECE.findall(match[0]))
