"""Tables as an Excel workbook: run in the worker. Text is written as text, never as a formula (X23)."""

import io
import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from math import ceil
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

#: The most a cell can hold, in the units that Excel counts.
MOST = 32_767
#: The least and greatest width of a column, in characters.
NARROW, WIDE = 10, 60
#: Points: the height of a line, and of the tallest row there can be.
LINE, TALLEST = 15, 409
#: The date format of the reader's system.
SHORT_DAY = 14
A4 = 9
#: Ours, where a company has no colour.
ACCENT = "#0F5A5E"
#: Points of a screen: as large as a logo may be.
LOGO = 200, 80


def workbook(data: dict[str, Any], timestamp: int, look: Mapping[str, Any] | None = None) -> bytes:
    """A sheet for each table, its header frozen and repeated on paper. `look`: colour and logo."""
    stream = io.BytesIO()
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False)
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    day = datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None)
    book.set_properties({"title": data["title"], "author": data["company"], "created": day})
    own = (look or {}).get("accent", ACCENT)
    head = book.add_format({"bold": True, "valign": "vcenter", "bg_color": own, "font_color": "#FFFFFF"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    days = book.add_format({"num_format": SHORT_DAY, "valign": "top", "align": "left"})
    for sheet in data["sheets"]:
        _write(book.add_worksheet(sheet["name"]), sheet, (head, text, days), data["cut"])
    if look and look["logo"]:
        _logo(book.worksheets()[0], look["logo"], data["company"])
    book.close()
    return stream.getvalue()


def _write(page: Worksheet, sheet: dict[str, Any], looks: tuple[Format, Format, Format], cut: str) -> None:
    head, text, days = looks
    wide = [len(column) for column in sheet["columns"]]
    for at, column in enumerate(sheet["columns"]):
        page.write_string(0, at, column, head)
    for line, row in enumerate(sheet["rows"], 1):
        for at, cell in enumerate(row):
            match cell:
                case "":
                    pass
                case str():
                    page.write_string(line, at, fitting(cell, cut), text)
                    wide[at] = max(wide[at], *map(len, cell.split("\n")))
                case {"day": iso}:
                    page.write_datetime(line, at, datetime.fromisoformat(iso), days)
                case _:
                    page.write_number(line, at, cell, text)
    room = [min(WIDE, max(NARROW, longest + 2)) for longest in wide]
    for at, width in enumerate(room):
        page.set_column(at, at, width)
    for line, row in enumerate(sheet["rows"], 1):
        # Excel finds the height of a row by itself, other programs do not.
        lines = max(lines_of(cell, width) for cell, width in zip(row, room, strict=True))
        if lines > 1:
            page.set_row(line, min(TALLEST, lines * LINE))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet["rows"])), len(wide) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _logo(page: Worksheet, png: bytes, alt: str) -> None:
    """Next to the table, where it covers nothing."""
    # As declared at the beginning of the file.
    size = struct.unpack(">II", png[16:24])
    scale = min(most / points for most, points in zip(LOGO, size, strict=True))
    shown = {"image_data": io.BytesIO(png), "x_scale": scale, "y_scale": scale, "description": alt}
    page.insert_image(0, page.dim_colmax + 2, "logo.png", shown)


def lines_of(cell: object, width: int) -> int:
    """About how many lines a cell needs in a column of this many characters."""
    if not isinstance(cell, str):
        return 1
    # East Asian characters are two columns wide.
    wide = (sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in cell.split("\n"))
    return sum(max(1, ceil(each / (width - 1))) for each in wide)


def fitting(text: str, cut: str) -> str:
    """As much as a cell holds, marked as cut: a longer text would not be written at all."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST:
        return text
    said = f" … ({cut})"
    return units[: 2 * (MOST - len(said))].decode("utf-16-le", "ignore") + said
