"""Typesets pages, posters and pictures from our templates: runs only in the worker (X24)."""

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from app.exports.bundle import bundle
from app.exports.last_page import ROOM, Filled, Spacing, spaced
from app.exports.wrapping import known, wrapping

HERE = Path(__file__).parent / "typst"
BLOCKS = Path(__file__).parents[1] / "blocks"
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]
#: The resolution of a picture in a Word document.
DOTS = 300
#: Where the text of a page begins, in points.
TOP = 92
#: The part of the data that the kit always reads.
KIT = ("title", "company", "header", "language", "page", "foot", "picked", "chosen", "how")


#: A company's colours and its logo as PNG, or empty; None for the default colours and no logo.
Worn = Mapping[str, Any] | None


def pdf(template: str, data: dict[str, Any], timestamp: int, look: Worn = None) -> bytes:
    """The PDF. A character that no font has would violate the PDF standards: then it is made without them."""
    # A fresh root for each job, with only the template in it and no symlinks.
    with tempfile.TemporaryDirectory() as folder:
        root = _root(folder, template, look)
        data = _said(data, look)
        return _drawn(root, data, timestamp) or compiled(_spaced(root, data), timestamp, [])


def poster(
    shape: str, template: str, data: dict[str, Any], timestamp: int, dots: int, look: Worn = None
) -> bytes:
    """A poster in one of its shapes; several pages of pictures come together in one file."""
    if shape == "pdf":
        return pdf(template, data, timestamp, look)
    with tempfile.TemporaryDirectory() as folder:
        root = _root(folder, template, look)
        data = _said(data, look)
        # A picture also reports that a character is missing.
        said = data | {"boxes": ""} if _drawn(root, data, timestamp) else data
        it = compiler(root, said)
        made = it.compile(format="svg") if shape == "svg" else it.compile(format="png", ppi=dots)
    pages = cast("list[bytes]", made if isinstance(made, list) else [made])
    if len(pages) == 1:
        return pages[0]
    return bundle(((f"{n}.{shape}", page) for n, page in enumerate(pages, 1)), timestamp)


def _root(folder: str, template: str, look: Worn = None) -> Path:
    root = Path(folder)
    if look and look["logo"]:
        (root / "logo.png").write_bytes(look["logo"])
    (root / "main.typ").write_text(source(template), encoding="utf-8")
    _space(root, Spacing())
    return root


def _space(root: Path, spacing: Spacing) -> None:
    (root / "spacing.json").write_text(json.dumps(spacing._asdict()), encoding="utf-8")


def _said(data: dict[str, Any], look: Worn) -> dict[str, Any]:
    data = wrapping(data)
    return data | {"known": known(data)} | _worn(look)


def _worn(look: Worn) -> dict[str, Any]:
    return {"look": {**look, "logo": bool(look["logo"])}} if look else {}


def _drawn(root: Path, data: dict[str, Any], timestamp: int) -> bytes | None:
    """The PDF by all standards, or None if no font has some character."""
    try:
        return compiled(_spaced(root, data | {"boxes": ""}), timestamp, STANDARDS)
    except typst.TypstError as error:
        if not _no_glyph(error):
            raise
        return None


def _no_glyph(error: typst.TypstError) -> bool:
    """Only the PDF standards check for that."""
    return "could not be displayed" in f"{error.message} {error.diagnostic}"


def _spaced(root: Path, data: dict[str, Any]) -> typst.Compiler:
    """With the spacing that leaves no almost empty last page."""
    it = compiler(root, data)

    def measure(spacing: Spacing) -> Filled:
        _space(root, spacing)
        return _filled(it)

    _space(root, spaced(measure))
    return it


def _filled(it: typst.Compiler) -> Filled:
    found = json.loads(it.query("<ended>", field="value"))
    if not found:
        # A poster fills its pages by itself, so there is nothing to measure.
        return Filled(1, 1.0)
    units = list(enumerate(found[0]["units"]))
    # A page that begins in the middle of a unit cannot be separated from the one before.
    begin = {one["page"]: n for n, one in reversed(units) if one["y"] < TOP + 1}
    return Filled(found[0]["page"], (found[0]["y"] - TOP) / ROOM, begin)


def picture(
    shared: Mapping[str, Any], it: Mapping[str, Any], beside: int, above: int, look: Worn = None
) -> tuple[bytes, bool]:
    """The drawing of a block as PNG with room around it, and whether every character has a glyph.

    The kit also reads a few other fields.
    """
    data = {name: shared[name] for name in KIT} | {"it": it, "beside": beside, "above": above} | _worn(look)
    with tempfile.TemporaryDirectory() as folder:
        setting = compiler(_root(folder, "picture.typ"), data)
        made = setting.compile(format="png", ppi=DOTS)
        try:
            compiled(setting, 0, ["a-2b"])
            whole = True
        except typst.TypstError as error:
            if not _no_glyph(error):
                raise
            whole = False
        return cast(bytes, made[0] if isinstance(made, list) else made), whole


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")]
    )


def source(template: str) -> str:
    """One file of what all templates share, a function for each kind of block, and the template.

    Parts are inlined as expressions, so that no template has to import anything (X24).
    """
    shared, own = ((HERE / name).read_text("utf-8") for name in ("kit.typ", template))
    parts = (f'"{part.parent.name}": {part.read_text("utf-8")},\n' for part in BLOCKS.glob("*/paper.typ"))
    return f"{shared}\n#let parts = (\n{''.join(sorted(parts))})\n{own}"


def compiler(root: Path, data: dict[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        str(root / "main.typ"),
        root=str(root),
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )


def compiled(it: typst.Compiler, timestamp: int, standards: "list[typst.PDFStandard]") -> bytes:
    return cast(bytes, it.compile(format="pdf", pdf_standards=standards, timestamp=timestamp))
