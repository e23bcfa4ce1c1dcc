"""The catalogue of bad input, B1 to B76: each has a test of its own that names it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAST = 76
_RANGE = re.compile(r"\bB(\d+) to B(\d+)\b")
_ONE = re.compile(r"\bB(\d+)\b")


def names() -> list[str]:
    """The name of every test, on both sides."""
    python = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    called = [name.replace("_", " ") for text in python for name in re.findall(r"def (test_\w+)", text)]
    for path in (ROOT / "frontend" / "src").rglob("*.test.ts"):
        called += re.findall(r"""\bit(?:\.each\([^)]*\))?\(\s*["'`]([^"'`]*)""", path.read_text("utf-8"))
    return called


def named(called: list[str]) -> set[int]:
    """Ranges do not count: they say where a test looks, and a number in them may have been forgotten."""
    return {int(one) for name in called for one in _ONE.findall(_RANGE.sub("", name))}


def test_each_row_of_bad_input_has_a_test_of_its_own() -> None:
    assert not set(range(1, LAST + 1)) - named(names())


def test_the_law_reads_lists_and_neither_ranges_nor_other_words() -> None:
    assert named(["test B1 B3 x", "B9 to B11 said B14", "test AB5", "test B7x"]) == {1, 3, 14}
