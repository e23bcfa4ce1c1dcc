"""Small and very large meetings, in every script: every format reproduces every text."""

import asyncio
import csv
import io
import random
import shutil
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from app.blocks.themes import ThemeBlock, Themes
from app.exports.shapes import Shape
from app.exports.summary import Summary
from app.locales import words
from tests.exports.every_block import summary_of_all, summary_with
from tests.exports.making import FileMaker
from tests.exports.reading import pdf_text, squeezed, word_lines, workbook

DA = words("da")
SAID = (
    "Vi får først besked, når bilen er læsset til en anden adresse",
    "Tak for kaffe ☕ og 👩🏽\u200d🔧 hjælp 🇩🇰",
    "نحن نعمل معًا كل يوم",
    "טוב לי כאן",
    "함께 일해서 좋아요",
    "我们互相帮助",
    "ขอบคุณทุกคน",
    "Speciallægepraksisplanlægningsstabiliseringsperiodekonferencelokaleudlejning",
    "Første linje\nog anden",
    "æøå ÆØÅ ½ € “citat” – 85 dB ≥ 80",
    "-5 grader om morgenen",
    "=SUM(A1:A9)",
)


@pytest_asyncio.fixture(scope="module")
async def maker() -> AsyncIterator[FileMaker]:
    maker = FileMaker()
    yield maker
    await maker.close()


def meeting(size: int) -> tuple[Summary, list[str]]:
    """This many notes in up to twenty themes, with their texts."""
    rng = random.Random(size)
    notes = [f"{rng.choice(SAID)} {n}" for n in range(size)]
    step = min(20, size)
    themes = (
        ThemeBlock(name=f"Tema {SAID[at % 8]} {at}", notes=tuple(notes[at::step])) for at in range(step)
    )
    return summary_with(Themes(themes=tuple(themes))), [
        note for at in range(step) for note in notes[at::step]
    ]


@pytest.mark.parametrize("size", [5, 60, 400, 2000])
async def test_every_note_is_in_every_format(maker: FileMaker, size: int) -> None:
    summary, notes = meeting(size)
    lines = word_lines(await maker.word(summary, DA))
    assert [line for line in lines if line in set(notes)] == notes
    assert [row[2] for row in workbook(await maker.file("xlsx", summary, DA))["Sedler"][1:]] == notes
    with zipfile.ZipFile(io.BytesIO(await maker.file("csv", summary, DA))) as held:
        text = held.read("sedler.csv").decode("utf-8-sig")
    written = [row[2] for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")][1:]
    # X23: what a spreadsheet would evaluate starts with an apostrophe, and nothing else does.
    assert written == [f"'{note}" if note[0] in "-=" else note for note in notes]
    if size <= 60:
        # Larger ones, and other scripts, are read back in `test_pdf.py`.
        told = squeezed(pdf_text(await maker.summary(summary, DA)))
        assert all(squeezed(note) in told for note in notes if note.isascii() or note[0] in "VÆæ")


async def test_an_office_program_opens_word_and_excel_without_repair(
    maker: FileMaker, tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine")
    # Started once for both, since starting takes the longest.
    shapes: tuple[Shape, ...] = ("docx", "xlsx")
    for shape in shapes:
        (tmp_path / f"{shape}.{shape}").write_bytes(await maker.file(shape, summary_of_all(), DA))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, "--headless", profile, "--convert-to", "pdf", *(f"{one}.{one}" for one in shapes)]
    converting = await asyncio.create_subprocess_exec(*command, cwd=tmp_path)
    assert await asyncio.wait_for(converting.wait(), 120) == 0
    for shape in shapes:
        told = squeezed(pdf_text((tmp_path / f"{shape}.pdf").read_bytes()))
        assert "Radioen" in told and "Natbeskeder" in told
