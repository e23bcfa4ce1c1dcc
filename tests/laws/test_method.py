"""The method, row by row: none is without a test that bears its id."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Every row that works live, in the method's order. Not here: the poster of the results (P2.8), the calendar
#: file of the plan (half of P4.7), and the conversation for two (D1-D3).
ROWS = (
    *("F1", "F2", "F3", "F4", "F5"),
    *(f"P1.{n}" for n in range(1, 7)),
    *(f"P2.{n}" for n in (1, 2, 3, 4, 5, 6, 7, 9, 10)),
    *(f"P3.{n}" for n in range(1, 5)),
    *(f"P4.{n}" for n in range(1, 8)),
    *(f"P5.{n}" for n in range(1, 6)),
)

#: `def test_P2_10_…` and `it("P2.10 …")`; a `describe` names what stands in it.
PYTHON = re.compile(r"^\s*(?:async )?def test_(\w+)", re.MULTILINE)
TYPESCRIPT = re.compile(r"""^\s*(?:it|describe)(?:\.each\([^\n]*\))?\(\s*["'`]([^"'`]+)""", re.MULTILINE)
ID = re.compile(r"(?<![A-Za-z0-9])(?:F|P\d[._])\d+(?![0-9])")


@cache
def rows_named() -> frozenset[str]:
    """Every row that stands in the name of a test."""
    files = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "frontend" / "src").rglob("*.test.ts")]
    names = [
        name
        for path in files
        for name in (PYTHON if path.suffix == ".py" else TYPESCRIPT).findall(path.read_text("utf-8"))
    ]
    return frozenset(id.replace("_", ".") for name in names for id in ID.findall(name))


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_the_method_has_a_test_that_bears_its_id(row: str) -> None:
    assert row in rows_named()
