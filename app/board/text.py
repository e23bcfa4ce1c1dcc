"""Text as people type it, made safe to store and to show: cleaned once, at entry (X21)."""

import unicodedata
from dataclasses import dataclass
from typing import Annotated

import regex
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

NOTE_GRAPHEMES = 280
LINE_GRAPHEMES = 80
MAX_BYTES = 2000
MARKS_PER_BASE = 8

# Embeddings, overrides and isolates change how the *neighbours* read; fillers make an empty note look full.
_STRIPPED = regex.compile(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
# C0, C1 (newline is let through), noncharacters, lone surrogates.
_FORBIDDEN = regex.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]|[\U0000fffe-\U0000ffff\U0001fffe-\U0001ffff]|"
    + "|".join(f"[{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}]" for plane in range(2, 17))
)
_INVISIBLE = regex.compile(r"[\s\p{Cf}\u2800\u3164\u115f\u1160\uffa0\u034f]+")
_MARKS = regex.compile(rf"(\p{{M}}{{{MARKS_PER_BASE}}})\p{{M}}+")
# One form of quotes, dots and dashes: phones differ, and the difference would be a fingerprint (A13).
_ONE_FORM = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "…": "...",
        "\u2014": "-",
        "\u2013": "-",
        "\u00a0": " ",
    }
)


@dataclass(frozen=True)
class Cleaned:
    """A text ready to store, and whether marks were cut from it (B23)."""

    text: str
    marks_cut: bool = False


def clean(raw: str, graphemes: int, lines: bool) -> Cleaned:
    """The text in NFC, trimmed, in one form; raises ValueError with `text`, `empty` or `too_long`.

    `graphemes` is the limit in characters as people count them; `lines` says whether newlines stay.
    """
    text = raw.replace("\r\n", "\n").replace("\t", " ")
    if _FORBIDDEN.search(text):
        raise ValueError("text")
    # Normalised after stripping: a filler between a letter and its accent would keep them apart.
    text = unicodedata.normalize("NFC", _STRIPPED.sub("", text)).translate(_ONE_FORM)
    text = text if lines else text.replace("\n", " ")
    cut = _MARKS.sub(r"\1", text)
    marks_cut = cut != text
    text = regex.sub(r"\n{3,}", "\n\n", cut).strip()
    if not _INVISIBLE.sub("", text):
        raise ValueError("empty")
    if len(text.encode()) > MAX_BYTES or len(regex.findall(r"\X", text)) > graphemes:
        raise ValueError("too_long")
    return Cleaned(text, marks_cut)


def clean_note(raw: str) -> Cleaned:
    """A note: up to 280 characters as people count them, newlines allowed."""
    return clean(raw, NOTE_GRAPHEMES, lines=True)


def _validated(graphemes: int, lines: bool, empty: bool = False) -> AfterValidator:
    def validate(raw: str) -> str:
        if empty and not _INVISIBLE.sub("", raw):
            return ""
        try:
            return clean(raw, graphemes, lines).text
        except ValueError as reason:
            raise PydanticCustomError(str(reason), "text") from None

    return AfterValidator(validate)


#: One line with something in it: a title, a name of a group.
Line = Annotated[str, _validated(LINE_GRAPHEMES, lines=False)]
#: One line that may be empty: the name of a theme that has none yet.
Name = Annotated[str, _validated(LINE_GRAPHEMES, lines=False, empty=True)]
#: A few lines that may be empty: an answer of the group.
Prose = Annotated[str, _validated(1000, lines=True, empty=True)]
#: As long as a note, and may be empty: a cell of the plan.
Brief = Annotated[str, _validated(NOTE_GRAPHEMES, lines=True, empty=True)]
#: A note as drivers type it.
NoteText = Annotated[str, _validated(NOTE_GRAPHEMES, lines=True)]
