"""What is new in the version that runs: the first part of CHANGELOG.md, which lies in the wheel as well."""

import re
from functools import cache
from pathlib import Path

_APP = Path(__file__).parents[1]
#: In a wheel, and in a checkout.
_PLACES = (_APP / "_changelog.md", _APP.parent / "CHANGELOG.md")


@cache
def news() -> tuple[str, tuple[str, ...]]:
    """Which version it is of, and each thing in one line; nothing where the file did not come along."""
    text = next((path.read_text(encoding="utf-8") for path in _PLACES if path.is_file()), "")
    return first_of(text)


def first_of(changelog: str) -> tuple[str, tuple[str, ...]]:
    """The first part that says anything."""
    for part in re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        # A point may run over several lines.
        points = re.findall(r"^- ((?:.+)(?:\n  .+)*)", body, re.MULTILINE)
        if points:
            return head.strip(), tuple(re.sub(r"\s+", " ", point).replace("`", "") for point in points)
    return "", ()
