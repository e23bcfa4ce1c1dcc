"""Text as people type it, made safe to store and to show: cleaned once, at entry (X21)."""

import unicodedata
from dataclasses import dataclass
from typing import Annotated, LiteralString

import regex
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

NOTE_GRAPHEMES = 280
LINE_GRAPHEMES = 80
PROSE_GRAPHEMES = 1000
MAX_BYTES = 2000
MARKS_PER_BASE = 8

# Embeddings, overrides and isolates change how *adjacent* text reads; fillers make an empty note look full.
_STRIPPED = regex.compile(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
# G39: what other programs end a line with; Word's own is the vertical tab.
_LINE_ENDS = regex.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# The rest of C0 and C1, except newline and tab: they are invisible, so nobody could remove them.
_CONTROLS = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Noncharacters and lone surrogates: no program copies these.
_FORBIDDEN = regex.compile(
    r"[\ud800-\udfff\ufdd0-\ufdef]|[\U0000fffe-\U0000ffff\U0001fffe-\U0001ffff]|"
    + "|".join(f"[{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}]" for plane in range(2, 17))
)
_INVISIBLE = regex.compile(r"[\s\p{Cf}\u2800\u3164\u115f\u1160\uffa0\u034f]+")
_MARKS = regex.compile(rf"(\p{{M}}{{{MARKS_PER_BASE}}})\p{{M}}+")
# One form of quotes, dots and dashes: phones differ, and that would be a fingerprint (A13).
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


#: What `clean` finds, under pydantic's names for these errors, so that all fields report them alike.
_FAULTS: dict[str, LiteralString] = {
    "text": "string_unicode",
    "empty": "string_too_short",
    "too_long": "string_too_long",
}


@dataclass(frozen=True)
class Cleaned:
    """A text ready to store, and whether marks (B23) or controls (G39) were cut from it."""

    text: str
    marks_cut: bool = False
    signs_cut: bool = False

    @property
    def told(self) -> tuple[str, ...]:
        """The codes by which the author is told."""
        cut = {"marks_cut": self.marks_cut, "signs_cut": self.signs_cut}
        return tuple(code for code, was in cut.items() if was)


def clean(raw: str, graphemes: int, lines: bool, most: int = MAX_BYTES) -> Cleaned:
    """The text in NFC, trimmed, in one form; raises ValueError with `text`, `empty` or `too_long`.

    `graphemes` is the limit in characters as people count them, `most` that in bytes; `lines` says whether
    newlines stay.
    """
    lined = _LINE_ENDS.sub("\n", raw).replace("\t", " ")
    text = _CONTROLS.sub("", lined)
    signs_cut = text != lined
    if _FORBIDDEN.search(text):
        raise ValueError("text")
    # Normalised after stripping: a filler between a letter and its accent would keep them apart.
    text = unicodedata.normalize("NFC", _STRIPPED.sub("", text)).translate(_ONE_FORM)
    text = text if lines else text.replace("\n", " ")
    fewer = _MARKS.sub(r"\1", text)
    marks_cut = fewer != text
    text = regex.sub(r"\n{3,}", "\n\n", fewer).strip()
    if not _INVISIBLE.sub("", text):
        raise ValueError("empty")
    if len(text.encode()) > most or len(regex.findall(r"\X", text)) > graphemes:
        raise ValueError("too_long")
    return Cleaned(text, marks_cut, signs_cut)


def cut(text: str, graphemes: int) -> str:
    """The first characters, as people count them, of a text that was cleaned before."""
    return "".join(regex.findall(r"\X", text)[:graphemes]).strip()


def clean_note(raw: str) -> Cleaned:
    """A note: up to 280 characters as people count them, newlines allowed."""
    return clean(raw, NOTE_GRAPHEMES, lines=True)


def validated(graphemes: int, lines: bool, empty: bool = False, most: int = MAX_BYTES) -> AfterValidator:
    """For a field: the text as `clean` makes it."""

    def validate(raw: str) -> str:
        if empty and not _INVISIBLE.sub("", raw):
            return ""
        try:
            return clean(raw, graphemes, lines, most).text
        except ValueError as reason:
            raise PydanticCustomError(_FAULTS[str(reason)], "text") from None

    return AfterValidator(validate)


#: One line with something in it: a title, a name of a group.
Line = Annotated[str, validated(LINE_GRAPHEMES, lines=False)]
#: One line that may be empty: the name of a theme that has none yet.
Name = Annotated[str, validated(LINE_GRAPHEMES, lines=False, empty=True)]
#: A few lines that may be empty: an answer of the group.
Prose = Annotated[str, validated(PROSE_GRAPHEMES, lines=True, empty=True)]
#: As long as a note, and may be empty: a cell of the plan.
Brief = Annotated[str, validated(NOTE_GRAPHEMES, lines=True, empty=True)]
#: A note as drivers type it.
NoteText = Annotated[str, validated(NOTE_GRAPHEMES, lines=True)]


def storable(text: str, most: int = MAX_BYTES) -> bool:
    """Whether it could have been stored: normalised, without invisible characters, and not too long."""
    return (
        len(text.encode(errors="surrogatepass")) <= most
        and not (_CONTROLS.search(text) or _FORBIDDEN.search(text) or _LINE_ENDS.search(text))
        and unicodedata.is_normalized("NFC", text)
    )
