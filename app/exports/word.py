"""The frame of the summary as a Word document; each block's `word.py` writes the block.

It is run in the worker and given the same data as the paper's template.
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from docx.shared import Emu, Mm

from app.blocks.word import FAINT, LEAD, STRONG, Draw, Page, Shown, clean, element, paragraph

STYLES = Path(__file__).with_name("word_styles.xml")
LANGUAGES = {"da": "da-DK", "en": "en-GB"}
#: Ours, by their names in the styles.
ACCENT = "#0F5A5E"
#: As large as a logo may be in the header: between the margin and the edge of the page.
LOGO = Mm(40), Mm(11)
#: Parts of the library's empty document that a summary has no use for.
UNUSED = ("/docProps/thumbnail.jpeg", "/customXml/item1.xml", "/word/stylesWithEffects.xml")


def document(
    data: dict[str, Any], timestamp: int, draw: Draw, look: Mapping[str, Any] | None = None
) -> bytes:
    """The document. `draw` makes a picture of a drawing; `look` is a company's colour and logo."""
    made = docx.Document()
    own = (look or {}).get("accent", ACCENT)
    _dress(made, LANGUAGES.get(data["language"], data["language"]), own)
    _about(made, data, timestamp)
    _edges(made, data, (look or {}).get("logo", b""))
    page = Page(made, data, draw)
    page.lines(data["title"], "Title")
    if data["why"]:
        page.lines(data["why"], LEAD)
    _facts(page, data["rows"])
    if data["short"]:
        page.heading(data["short_title"], 1)
        _blocks(page, data["short"])
    for section in data["sections"]:
        page.heading(section["title"], 1)
        _blocks(page, section["blocks"])
    if not data["short"] and not data["sections"]:
        page.lines(data["empty"])
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _blocks(page: Page, blocks: list[Shown]) -> None:
    for it in blocks:
        # The name of a kind is that of a folder of ours.
        import_module(f"app.blocks.{it['kind']}.word").word(it, page)


def _facts(page: Page, rows: list[Shown]) -> None:
    """The few lines under the title: no table, since nothing heads their columns."""
    for row in rows:
        page.runs([(row["name"], FAINT), ("\t", ""), (row["value"], STRONG)], "Fact")


def _dress(made: Document, language: str, accent: str) -> None:
    """A4, our own styles in the meeting's language, and nothing of the library's own template."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    section.header_distance = section.footer_distance = Mm(11)
    styles = STYLES.read_text("utf-8").replace("LANGUAGE", language)
    own = parse_xml(styles.replace(ACCENT[1:], accent[1:].upper()).encode())
    sheet = made.styles.element
    for one in list(sheet):
        sheet.remove(one)
    sheet.extend(list(own))
    settings = made.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    for name in ("rsids", "proofState", "savePreviewPicture"):
        for one in settings.findall(qn(f"w:{name}")):
            settings.remove(one)
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            # Or Word says that the file is from an older version.
            one.set(qn("w:val"), "15")
    for held in (made.part.package.rels, made.part.rels):
        for id in [id for id, link in held.items() if link.target_part.partname in UNUSED]:
            held.pop(id)


def _about(made: Document, data: Shown, timestamp: int) -> None:
    """The file's metadata: its owner and its day, but nobody who made or opened it (A10)."""
    about, day = made.core_properties, datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None)
    about.title, about.author, about.subject = (
        clean(data[name])[:255] for name in ("title", "company", "header")
    )
    about.last_modified_by, about.comments, about.keywords = about.author, "", ""
    about.created = about.modified = day
    about.language = LANGUAGES.get(data["language"], data["language"])
    about.revision = 1


def _edges(made: Document, data: Shown, logo: bytes) -> None:
    """The header and footer of every page."""
    section = made.sections[0]
    for edge in (section.header, section.footer):
        edge.is_linked_to_previous = False
    head, foot = section.header.part.element, section.footer.part.element
    for edge in (head, foot):
        for empty in list(edge):
            edge.remove(empty)
    company = [("\u00a0\u00a0" if logo else "", ""), (data["company"], STRONG)]
    line = paragraph([*company, ("\t", ""), (data["header"], "")], "Header")
    if logo:
        line.insert(1, _logo(section.header.part, logo, data["company"]))
    head.append(line)
    before, _, rest = data["page"].partition("{n}")
    between, _, after = rest.partition("{total}")
    said = paragraph([(before, "")], "Footer")
    for field, text in (("PAGE", between), ("NUMPAGES", f"{after}\t{data['foot']}")):
        counted = element("w:fldSimple", instr=field)
        counted.extend(list(paragraph([("1", "")], "Footer"))[1:])
        said.append(counted)
        said.extend(list(paragraph([(text, "")], "Footer"))[1:])
    foot.append(said)


def _logo(part: StoryPart, png: bytes, alt: str) -> BaseOxmlElement:
    """A run with the logo, as high as there is room, unless it would be too wide."""
    wide, high = LOGO
    inline = part.new_pic_inline(io.BytesIO(png), None, high)
    if inline.extent.cx > wide:
        inline.extent.cx, inline.extent.cy = wide, Emu(round(inline.extent.cy * wide / inline.extent.cx))
    shown = inline.graphic.graphicData.pic.spPr
    shown.cx, shown.cy = inline.extent.cx, inline.extent.cy
    inline.docPr.set("descr", clean(alt))
    run, drawing = element("w:r"), element("w:drawing")
    drawing.append(inline)
    run.append(drawing)
    return run
