"""The rows of the method and of the room's faults: each has a test with its id."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Every row, in the method's order.
ROWS = (
    *("F1", "F2", "F3", "F4", "F5"),
    *(f"P1.{n}" for n in range(1, 7)),
    *(f"P2.{n}" for n in range(1, 11)),
    *(f"P3.{n}" for n in range(1, 5)),
    *(f"P4.{n}" for n in range(1, 8)),
    *(f"P5.{n}" for n in range(1, 6)),
    *("D1", "D2", "D3"),
)
#: Problems of facilitators and consultants, and of other tools' users.
MENDED = (
    *(f"W{n}" for n in range(1, 14)),
    *(f"U{n}" for n in range(1, 25)),
    *(f"G{n}" for n in (12, 17, 19, 22, 23, 25, 27, 32, 34, 35, 39, 40, 43, 45, 49, 52)),
)

#: `def test_P2_10_…` and `it("P2.10 …")`; a `describe` names its contents.
PYTHON = re.compile(r"^\s*(?:async )?def test_(\w+)", re.MULTILINE)
TYPESCRIPT = re.compile(r"""^\s*(?:it|describe)(?:\.each\([^\n]*\))?\(\s*["'`]([^"'`]+)""", re.MULTILINE)
ID = re.compile(r"(?<![A-Za-z0-9])(?:[DFGUW]|P\d[._])\d+(?![0-9])")


@cache
def rows_named() -> frozenset[str]:
    """Every row in the name of a test."""
    files = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "frontend" / "src").rglob("*.test.ts")]
    names = [
        name
        for path in files
        for name in (PYTHON if path.suffix == ".py" else TYPESCRIPT).findall(path.read_text("utf-8"))
    ]
    return frozenset(id.replace("_", ".") for name in names for id in ID.findall(name))


@pytest.mark.parametrize("row", [*ROWS, *MENDED])
def test_every_row_of_the_method_has_a_test_that_bears_its_id(row: str) -> None:
    assert row in rows_named()
