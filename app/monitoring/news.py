"""What is new in the running version: the first part of CHANGELOG.md, which is also in the wheel."""

import re
from functools import cache
from pathlib import Path

_APP = Path(__file__).parents[1]
#: In a wheel, and in a checkout.
_PLACES = (_APP / "_changelog.md", _APP.parent / "CHANGELOG.md")


@cache
def news() -> tuple[str, tuple[str, ...]]:
    """The version, and its changes, one line each; nothing if the file is missing."""
    text = next((path.read_text(encoding="utf-8") for path in _PLACES if path.is_file()), "")
    return first_of(text)


def first_of(changelog: str) -> tuple[str, tuple[str, ...]]:
    """The first part that says anything."""
    for part in re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        # A list item may span several lines.
        points = re.findall(r"^- ((?:.+)(?:\n  .+)*)", body, re.MULTILINE)
        if points:
            return head.strip(), tuple(re.sub(r"\s+", " ", point).replace("`", "") for point in points)
    return "", ()
