"""The process that sets PDFs: one job after the other from stdin, an answer each on stdout.

It is started by path, with an empty environment, and imports nothing of ours: whatever a note might make the
compiler do, it happens here, with a ceiling on memory and without any secret to find (X24).
A job is `length, json`; an answer is `ok or not, length, bytes`.
"""

import json
import resource
import struct
import sys
import tempfile
from pathlib import Path
from typing import Any, cast

import typst

HERE = Path(__file__).parent / "typst"
BLOCKS = Path(__file__).parents[1] / "blocks"
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]


def main() -> None:
    # Not RLIMIT_AS: the compiler reserves far more address space than it ever uses.
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")]
    )
    while head := sys.stdin.buffer.read(4):
        job = json.loads(sys.stdin.buffer.read(struct.unpack(">I", head)[0]))
        try:
            answer(b"+", set_page(job, fonts))
        except RuntimeError as error:
            # The message may quote a note, so it never leaves this process (A9).
            answer(b"-", type(error).__name__.encode())


def answer(sign: bytes, body: bytes) -> None:
    sys.stdout.buffer.write(sign + struct.pack(">I", len(body)) + body)
    sys.stdout.buffer.flush()


def set_page(job: dict[str, Any], fonts: typst.Fonts) -> bytes:
    """The PDF. A character that no font has would break the standards: then without them, and said so."""
    # A fresh root for each job, with the template and nothing else in it, least of all a link.
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "main.typ").write_text(source(job["template"]), encoding="utf-8")
        try:
            return compiled(root, job["data"] | {"boxes": ""}, job["timestamp"], STANDARDS, fonts)
        except typst.TypstError as error:
            if "could not be displayed" not in f"{error.message} {error.diagnostic}":
                raise
            return compiled(root, job["data"], job["timestamp"], [], fonts)


def source(template: str) -> str:
    """What all templates share, a function for each kind of block, and the template, as one file.

    A part is an expression and no file of its own: so no template has to import anything (X24).
    """
    shared, own = ((HERE / name).read_text("utf-8") for name in ("kit.typ", template))
    parts = (f'"{part.parent.name}": {part.read_text("utf-8")},\n' for part in BLOCKS.glob("*/paper.typ"))
    return f"{shared}\n#let parts = (\n{''.join(sorted(parts))})\n{own}"


def compiled(
    root: Path,
    data: dict[str, Any],
    timestamp: int,
    standards: "list[typst.PDFStandard]",
    fonts: typst.Fonts,
) -> bytes:
    compiler = typst.Compiler(
        str(root / "main.typ"),
        root=str(root),
        font_paths=fonts,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=standards, timestamp=timestamp))


if __name__ == "__main__":
    main()
