"""The catalogue of bad input, B1 to B76: each has a test that names it."""

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
    found = {int(one) for name in called for one in _ONE.findall(name)}
    for first, last in (each for name in called for each in _RANGE.findall(name)):
        found |= set(range(int(first), int(last) + 1))
    return found


def test_B1_to_B76_each_has_a_test_that_names_it() -> None:
    # This one names them all, and tests none.
    called = [name for name in names() if not name.startswith("test B1 to B76")]
    assert not set(range(1, LAST + 1)) - named(called)


def test_the_law_reads_lists_and_ranges_and_no_other_words() -> None:
    assert named(["test B1 B3 x", "B9 to B11 said", "test AB5", "test B7x"]) == {1, 3, 9, 10, 11}
