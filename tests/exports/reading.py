"""Reads the summary's formats back, as a person would: the text of a page, the text of a PDF."""

import io
from html.parser import HTMLParser

import docx
import openpyxl
import pypdf
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.notes: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._in_note = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "li" and "note" in (dict(attrs).get("class") or "").split():
            self.notes.append("")
            self._in_note = True

    def handle_endtag(self, tag: str) -> None:
        self._in_note = self._in_note and tag != "li"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_note:
            self.notes[-1] += data


def page(html: str) -> _Page:
    """The page's notes, tags, attributes and text."""
    found = _Page()
    found.feed(html)
    return found


def pdf_text(pdf: bytes) -> str:
    """The text of all pages."""
    return "\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Without what typesetting may add or drop: spaces, breaks, hyphens, invisible characters."""
    return "".join(
        sign for sign in text if not sign.isspace() and sign not in "-\u00ad\u200b\u2068\u2069\ufe0f"
    )


def word_lines(document: bytes) -> list[str]:
    """Every paragraph of a Word document, including those in tables, as a reader would see them."""
    body = docx.Document(io.BytesIO(document)).element.body
    return ["".join(map(_said, one.iter(*_SAID))) for one in body.iter(qn("w:p"))]


def workbook(file: bytes) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each sheet, its header first."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def cells(file: bytes) -> list[str]:
    """Everything in a workbook, as text."""
    rows = (row for sheet in workbook(file).values() for row in sheet)
    return [str(cell) for row in rows for cell in row if cell is not None]


_SAID = (qn("w:t"), qn("w:br"), qn("w:tab"))


def _said(part: BaseOxmlElement) -> str:
    return {qn("w:br"): "\n", qn("w:tab"): "\t"}.get(part.tag, part.text or "")
