"""What blocks write Word documents with: real styles, tables with header rows, pictures with alt text.

Each block has its own `word.py` with `word(it, page)`, which gets the same data as its page and its paper. It
runs in the worker (`app/exports/worker.py`) and edits the document's XML, since python-docx's own paragraphs
cost ten times as much. The names of styles are here; `word_styles.xml` defines them.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

#: The fields of a block and what follows from them (`Block.shown`).
Shown = Mapping[str, Any]
#: Makes a PNG of a block's drawing, with this much space at the sides and above, in the drawing's own unit.
#: Also returns whether every character in it has a glyph.
Draw = Callable[[Shown, int, int], tuple[bytes, bool]]
#: Words and the style of their letters, if any.
Run = tuple[str, str]

PLAIN, QUIET, LEAD, LABEL, CELL, HEAD = "Normal", "Quiet", "Lead", "Label", "Cell", "Head"
MARK, FAINT, STRONG = "Mark", "Faint", "Told"
TICK = "✓\u00a0"
#: What XML cannot hold. None of it is ever stored (X21); if it were, the document must still be made (X25).
_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_WAY = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
#: Twentieths of a point: the room between the margins.
WIDTH = 9638
#: A table of so many rows is whole on the page of its caption; of a longer one the last rows are there.
SMALL, LAST = 4, 3


class Page:
    """A document, written from the top down."""

    def __init__(self, document: Document, said: Shown, draw: Draw) -> None:
        """`said` has the few texts that no block provides."""
        self._document = document
        self._end = document.element.body.sectPr
        self._cell: BaseOxmlElement | None = None
        self.said = said
        self._draw = draw

    def heading(self, text: str, level: int) -> None:
        """A heading in one of Word's own styles; headings under a section's title begin at 2."""
        self._put(paragraph([(text, "")], f"Heading{level}"))

    def lines(self, text: str, style: str = PLAIN, *, heads: bool = False) -> None:
        """Text of one or several lines, a paragraph each; what `heads` something is on its page."""
        for line in text.split("\n"):
            made = paragraph([(line, "")], style)
            if heads:
                _keep(made)
            self._put(made)

    def runs(self, runs: Sequence[Run], style: str = PLAIN, indent: int = 0, *, heads: bool = False) -> None:
        """One paragraph of differently set words; what `heads` something is on its page."""
        made = paragraph(runs, style, indent)
        if heads:
            _keep(made)
        self._put(made)

    def caption(self, text: str) -> None:
        """The text below a picture or a table, on its page; a small table is there as a whole."""
        if text:
            for one in self._last():
                _keep(one)
            self.lines(text, QUIET)

    def theme(self, it: Shown, *more: Run) -> None:
        """A theme as the heading of what follows, with an edge in the colour of its paper."""
        self._put(paragraph([(it["name"], ""), *more], "Heading2", edge=it["paper"], light=True))

    def notes(self, texts: Iterable[str], paper: str) -> None:
        """Notes, each by itself on its paper."""
        for text in texts:
            self._put(paragraph([(text, "")], f"Note{paper}"))

    def card(self, it: Shown) -> None:
        """A theme by its name; a chosen one has a tick."""
        style = "Card" if self._cell is None else "CellCard"
        runs = [(TICK, MARK), (it["name"], MARK)] if it["chosen"] else [(it["name"], "")]
        self._put(paragraph(runs, style, edge=it["paper"]))

    def cards(self, them: Sequence[Shown], empty: str = "") -> None:
        """Themes by name, or a text when there are none."""
        for it in them:
            self.card(it)
        if not them and empty:
            self.lines(empty, QUIET if self._cell is None else HEAD)

    def table(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[Callable[[], None] | str]],
        widths: Sequence[float] = (),
        papers: Sequence[str | None] = (),
    ) -> None:
        """A table whose first row repeats as header on every page; a cell is text, or a function that writes
        it.

        `widths` are shares, `papers` the edge of each row.
        """
        shares = widths or [1.0] * len(columns)
        room = [round(WIDTH * share / sum(shares)) for share in shares]
        table = element("w:tbl")
        style = element("w:tblPr")
        style.append(element("w:tblStyle", val="Rows"))
        style.append(element("w:tblW", w=sum(room), type="dxa"))
        style.append(element("w:tblLayout", type="fixed"))
        style.append(element("w:tblLook", val="0020", firstRow="1", firstColumn="0", noVBand="1"))
        grid = element("w:tblGrid")
        for wide in room:
            grid.append(element("w:gridCol", w=wide))
        table.append(style)
        table.append(grid)
        self._put(table)
        head = element("w:trPr")
        head.append(element("w:cantSplit"))
        head.append(element("w:tblHeader"))
        self._row(table, columns, room, HEAD, head)
        for nth, row in enumerate(rows):
            self._row(table, row, room, CELL, None, papers[nth] if nth < len(papers) else None)
        # Word would join two tables that touch.
        self._put(paragraph([], "After"))

    def picture(self, it: Shown, wide: float, beside: int = 8, above: int = 8) -> None:
        """The drawing of a block, `wide` in points, with its alt text.

        `beside` and `above` are the space around it for labels outside the drawing.
        """
        frame = it["drawing"]["frame"]
        high = wide * (frame["height"] + 2 * above) / (frame["width"] + 2 * beside)
        png, whole = self._draw(it, beside, above)
        inline = self._document.part.new_pic_inline(io.BytesIO(png), Pt(wide), Pt(high))
        inline.docPr.set("descr", clean(it["alt"]))
        held = paragraph([], "Picture")
        run = element("w:r")
        drawing = element("w:drawing")
        drawing.append(inline)
        run.append(drawing)
        held.append(run)
        self._put(held)
        if not whole:
            self.caption(self.said["boxes"])

    def _row(
        self,
        table: BaseOxmlElement,
        cells: Sequence[Callable[[], None] | str],
        room: Sequence[int],
        style: str,
        how: BaseOxmlElement | None,
        paper: str | None = None,
    ) -> None:
        row = element("w:tr")
        if how is None:
            how = element("w:trPr")
            how.append(element("w:cantSplit"))
        row.append(how)
        for nth, (cell, wide) in enumerate(zip(cells, room, strict=True)):
            held = element("w:tc")
            about = element("w:tcPr")
            about.append(element("w:tcW", w=wide, type="dxa"))
            if nth == 0 and paper:
                edges = element("w:tcBorders")
                edges.append(_edge("start", paper))
                about.append(edges)
            held.append(about)
            with self._inside(held):
                if callable(cell):
                    cell()
                else:
                    self.lines(cell, style)
            if len(held) == 1:
                # Word rejects a cell without a paragraph.
                held.append(paragraph([], style))
            row.append(held)
        table.append(row)

    def _last(self) -> Iterator[BaseOxmlElement]:
        """The paragraphs of the table that was written last, or of its last rows if there are many."""
        before = self._end.getprevious()
        while before is not None and before.tag == qn("w:p"):
            yield before
            if before.pPr.style != "After":
                return
            before = before.getprevious()
        if before is not None:
            rows = list(before.iter(qn("w:tr")))
            for row in rows if len(rows) <= SMALL else rows[-LAST:]:
                yield from row.iter(qn("w:p"))

    @contextmanager
    def _inside(self, cell: BaseOxmlElement) -> Iterator[None]:
        before, self._cell = self._cell, cell
        yield
        self._cell = before

    def _put(self, one: BaseOxmlElement) -> None:
        if self._cell is not None:
            self._cell.append(one)
        else:
            self._end.addprevious(one)


#: Twentieths of a point: the indent of text that has an edge.
EDGED = 170
EDGES = {"korn": "8F6D12", "hyben": "A9503C", "mos": "587433", "fjord": "336F8D", "lyng": "775A98"}


def paragraph(
    runs: Sequence[Run], style: str, indent: int = 0, edge: str = "", light: bool = False
) -> BaseOxmlElement:
    """A paragraph in the direction of its first letter, regardless of its surroundings (X22).

    `light`: runs with a style of their own are not bold, though the paragraph is.
    """
    made, about = element("w:p"), element("w:pPr")
    about.append(element("w:pStyle", val=style))
    if edge:
        indent = indent or EDGED
        edges = element("w:pBdr")
        edges.append(_edge("left", edge))
        about.append(edges)
    way = _turned(runs)
    if way:
        about.append(element("w:bidi"))
    if way and (edge or style.startswith("Note")):
        # Word takes "left" for where the text begins; the edge is on the left all the same.
        about.append(element("w:ind", left=0, right=EDGED))
    elif indent:
        about.append(element("w:ind", left=indent))
    made.append(about)
    mixed = len(runs) > 1 and any(_OTHER_WAY.search(text) for text, _ in runs)
    for text, letters in runs:
        if text:
            # Isolated, so that a number keeps its place next to a name in another direction (X22).
            said = f"\u2068{text}\u2069" if mixed and text.strip() else text
            made.append(_run(clean(said), letters, way, light))
    return made


def _keep(one: BaseOxmlElement) -> None:
    """Keep a paragraph on the page of the next."""
    # The schema has it right after the style.
    one.pPr.insert(1, element("w:keepNext"))


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """An element of Word's own namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def clean(text: str) -> str:
    """The text, without what XML cannot hold."""
    return _UNFIT.sub("", text)


def _run(text: str, letters: str, way: bool, light: bool) -> BaseOxmlElement:
    run = element("w:r")
    if letters or way:
        about = element("w:rPr")
        if letters:
            about.append(element("w:rStyle", val=letters))
        if letters and light:
            # Set here, not in the style: bold in one style switches off the bold of another.
            about.append(element("w:b", val="0"))
            about.append(element("w:bCs", val="0"))
        if way:
            about.append(element("w:rtl"))
        run.append(about)
    for nth, line in enumerate(text.split("\n")):
        if nth:
            run.append(element("w:br"))
        for at, part in enumerate(line.split("\t")):
            if at:
                run.append(element("w:tab"))
            said = element("w:t")
            said.text = part
            said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(said)
    return run


def _turned(runs: Sequence[Run]) -> bool:
    first = _LETTER.search("".join(text for text, _ in runs))
    return bool(first and _OTHER_WAY.match(first[0]))


def _edge(side: str, paper: str) -> BaseOxmlElement:
    return element(f"w:{side}", val="single", sz=24, space=8, color=EDGES[paper])
