"""Reads the summary's formats back, as a person would: the text of a page, the text of a PDF."""

import io
from html.parser import HTMLParser

import pypdf


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
    """Without what setting a text may add or drop: spaces, breaks, hyphens, invisible signs."""
    return "".join(
        sign for sign in text if not sign.isspace() and sign not in "-\u00ad\u200b\u2068\u2069\ufe0f"
    )
