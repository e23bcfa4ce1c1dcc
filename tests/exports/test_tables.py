"""The summary as Excel and CSV: the same texts, and nothing that a spreadsheet evaluates (X23, B34)."""

import csv
import io
import re
import zipfile
from collections.abc import AsyncIterator
from datetime import datetime

import openpyxl
import pytest
import pytest_asyncio

from app.blocks.answers import QuestionAnswer, QuestionAnswers
from app.blocks.notes import Notes
from app.blocks.table import Table, TableRow
from app.exports.excel import MOST, fitting
from app.exports.separated import guarded, slug
from app.exports.sheets import sheets
from app.exports.summary import Summary
from app.locales import texts_of, words
from tests.exports.every_block import summary_of_all, summary_with
from tests.exports.making import FileMaker
from tests.exports.reading import workbook
from tests.exports.sample import HARD, JOYS, REST, sample

DA = words("da")
FORMULAS = (
    '=HYPERLINK("http://192.0.2.1";"klik")',
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\uff1d1",
    "\uff0b1",
    "|calc",
    "=cmd|' /C calc'!A0",
    "http://192.0.2.1",
    "mailto:a@example.com",
    "_x0041_",
    "007",
    "1e5",
    "TRUE",
    "3-4",
    "ftp://x",
)


@pytest_asyncio.fixture(scope="module")
async def maker() -> AsyncIterator[FileMaker]:
    maker = FileMaker()
    yield maker
    await maker.close()


async def tables(maker: FileMaker, summary: Summary) -> dict[str, list[list[str]]]:
    """The CSV files, read as Excel reads them."""
    with zipfile.ZipFile(io.BytesIO(await maker.file("csv", summary, DA))) as held:
        files = {name: held.read(name) for name in held.namelist()}
    assert all(file.startswith(b"\xef\xbb\xbf") and file.endswith(b"\r\n") for file in files.values())
    read = {name: io.StringIO(file.decode("utf-8-sig"), newline="") for name, file in files.items()}
    return {name: list(csv.reader(file, delimiter=";")) for name, file in read.items()}


async def test_every_note_and_theme_has_its_row(maker: FileMaker) -> None:
    book, files = workbook(await maker.file("xlsx", sample(), DA)), await tables(maker, sample())
    expected = {(name, note) for (name, _), notes in (JOYS | HARD | REST).items() for note in notes}
    assert expected | {(None, "Solen")} == {row[1:] for row in book["Sedler"][1:]}
    assert {(name or "", note) for _, name, note in book["Sedler"][1:]} == {
        tuple(row[1:]) for row in files["sedler.csv"][1:]
    }
    themes = {row[1]: row[2:] for row in book["Temaer"][1:]}
    assert themes["Afbrydelser"] == (None, 8, "Valgt") and themes["For lidt ros"] == (None, 3, None)
    assert ("De valgte temaer", "Kulde i hallen", "Haster", 7, 11, "delte meninger") in [
        tuple(row) for row in book["Fordelinger"]
    ]
    assert ("Det korte af det lange", "For lidt ros", "Vigtigt, haster ikke") in book["Placeringer"]


async def test_X23_B34_what_looks_like_a_formula_is_text(maker: FileMaker) -> None:
    summary = summary_with(Notes(notes=FORMULAS))
    file = await maker.file("xlsx", summary, DA)
    sheet = openpyxl.load_workbook(io.BytesIO(file))["Sedler"]
    read = [(row[2].value, row[2].data_type, row[2].hyperlink) for row in sheet.iter_rows(min_row=2)]
    assert read == [(text, "s", None) for text in FORMULAS]
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist())
    assert not re.search(rb"<f>|<hyperlink|externalLink|vbaProject", whole)
    written = [row[2] for row in (await tables(maker, summary))["sedler.csv"][1:]]
    assert [text.removeprefix("'") for text in written] == list(FORMULAS)
    assert not [text for text in written if re.match("[-=+@|\t\r\n\uff1d\uff0b\uff0d\uff20]", text)]


@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\u200b", "\ufeff", "\u2068", "\u00a0 "])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_X23_no_sign_before_a_formula_hides_it(before: str, sign: str) -> None:
    assert guarded(f"{before}{sign}1") == f"'{before}{sign}1"
    assert guarded(f"a{before}{sign}1") == f"a{before}{sign}1"


def test_X23_lines_and_semicolons_stay_in_their_cell_and_numbers_have_a_comma() -> None:
    from app.exports.separated import table

    text = table(["a", "b"], [['x;"y"\nz', 2.5], ["\x00=1", {"day": "2027-01-25"}]]).decode("utf-8-sig")
    assert text == 'a;b\r\n"x;""y""\nz";2,5\r\n\'\x00=1;2027-01-25\r\n'


async def test_P4_5_the_plan_has_a_sheet_of_its_own_and_days_that_can_be_sorted(maker: FileMaker) -> None:
    columns = ("Handling", "Hvornår")
    rows = (
        TableRow(cells=("Morgenmøde", "25. januar 2027"), day="2027-01-25"),
        TableRow(cells=("Kaffe", "løbende")),
    )
    summary = summary_with(Table(columns=columns, rows=rows, sheet="Handleplan"))
    plan = workbook(await maker.file("xlsx", summary, DA))["Handleplan"]
    assert plan == [
        ("Punkt", *columns, "Dato"),
        ("Et punkt", "Morgenmøde", "25. januar 2027", datetime(2027, 1, 25)),  # noqa: DTZ001
        ("Et punkt", "Kaffe", "løbende", None),
    ]
    assert (await tables(maker, summary))["handleplan.csv"][1][3] == "2027-01-25"


async def test_every_sheet_has_a_header_that_stays_and_columns_wide_enough(maker: FileMaker) -> None:
    book = openpyxl.load_workbook(io.BytesIO(await maker.file("xlsx", summary_of_all(), DA)))
    assert len(book.worksheets) > 8
    for sheet in book:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref and sheet.print_title_rows == "$1:$1"
        assert all(cell.font.b and cell.value for cell in sheet[1])
        assert all(10 <= one.width <= 61 for one in sheet.column_dimensions.values())
    assert (book.properties.title, book.properties.creator) == (sample().title, "Bakkedal Inventar")
    assert book.properties.created.date() == sample().day


@pytest.mark.parametrize("sign", ["x", "æ", "🙂"])
async def test_X23_a_text_that_no_cell_holds_is_cut_and_that_is_said(maker: FileMaker, sign: str) -> None:
    long = sign * 40_000
    cut = fitting(long, DA("summary.cut"))
    assert len(cut.encode("utf-16-le")) // 2 <= MOST and cut.endswith(f"({DA('summary.cut')})")
    summary = summary_with(QuestionAnswers(answers=(QuestionAnswer(question="Hvorfor?", answer=long),)))
    assert workbook(await maker.file("xlsx", summary, DA))["Tekster"][1][2] == cut
    assert fitting(sign * 10_000, "") == sign * 10_000


def test_tables_with_different_columns_get_separate_sheets() -> None:
    one, other = (Table(columns=names, rows=(TableRow(cells=names),)) for names in (("A",), ("A", "B")))
    assert [sheet.name for sheet in sheets(summary_with(one, other, one), DA)] == [
        "Overblik",
        "Tabel",
        "Tabel (2)",
    ]
    assert len(sheets(summary_with(one, other, one), DA)[1].rows) == 2


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_names_of_sheets_are_such_as_excel_takes(language: str) -> None:
    names = [text for key, text in texts_of(language).items() if key.startswith("summary.sheet.")]
    assert len({name.casefold() for name in names}) == len(names) == len(set(map(slug, names)))
    assert all(re.fullmatch(r"[^\[\]:*?/\\'()]{1,26}", name) and slug(name) for name in names)


async def test_A10_the_same_summary_gives_the_same_tables_to_the_byte(maker: FileMaker) -> None:
    assert await maker.file("csv", sample(), DA) == await maker.file("csv", sample(), DA)


async def test_all_of_them_come_in_one_file(maker: FileMaker) -> None:
    with zipfile.ZipFile(io.BytesIO(await maker.file("zip", sample(), DA))) as held:
        assert held.testzip() is None
        assert held.namelist() == [
            f"opsamling-2026-12-03{end}" for end in (".pdf", ".docx", ".xlsx", "-csv.zip")
        ]
        assert held.read("opsamling-2026-12-03.pdf") == await maker.summary(sample(), DA)
        # A10: the date is that of the meeting.
        assert {one.date_time[:3] for one in held.infolist()} == {(2026, 12, 3)}


async def test_a_row_is_as_tall_as_its_longest_cell_needs(maker: FileMaker) -> None:
    notes = ("Kort", "En seddel, der er meget længere end kolonnen er bred. " * 3, "En\nto\ntre", "漢" * 60)
    file = await maker.file("xlsx", summary_with(Notes(notes=notes)), DA)
    sheet = openpyxl.load_workbook(io.BytesIO(file))[DA("summary.sheet.notes")]
    assert [sheet.row_dimensions[row].height for row in range(2, 6)] == [None, 45, 45, 45]
