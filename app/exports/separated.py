"""Tables as CSV that a Danish Excel opens correctly: run in the worker (X23).

Semicolons, decimal commas and a byte order mark, as Excel expects; no `sep=` line, which would make it
misread the letters. What begins like a formula gets an apostrophe, so that it stays text; the JSON has every
character as it was written.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

#: Invisible characters may precede a formula; some programs turn full-width signs into plain ones first.
_UNSEEN = "\\s\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
_FORMULA = re.compile(f"[{_UNSEEN}]*[-=+@|\\x00\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def tables(data: dict[str, Any]) -> list[tuple[str, bytes]]:
    """A file for each table, with its name."""
    return [(f"{slug(one['name'])}.csv", table(one["columns"], one["rows"])) for one in data["sheets"]]


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """One table."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in (columns, *rows))
    return stream.getvalue().encode("utf-8-sig")


def guarded(cell: object) -> str:
    """The cell as it is written."""
    match cell:
        case str():
            return f"'{cell}" if _FORMULA.match(cell) else cell
        case {"day": iso}:
            return str(iso)
        case _:
            return str(cell).replace(".", ",")


def slug(name: str) -> str:
    """A word of ours as part of a file's name."""
    spelled = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")
