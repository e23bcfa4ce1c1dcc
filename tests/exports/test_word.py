"""The summary as a Word document: complete, with real styles, and text that stays text."""

import io
import re
import zipfile
from collections.abc import AsyncIterator

import docx
import pytest
import pytest_asyncio
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Line
from PIL import Image

from app.blocks.bars import Bars
from app.blocks.drawing import Picture
from app.blocks.notes import Notes
from app.blocks.paragraph import Paragraph
from app.blocks.posters import HowLine, PosterBlock, Posters, Proposal
from app.blocks.splits import Split, SplitBar, Splits
from app.blocks.themes import ThemeBlock, Themes
from app.engine.report import Card
from app.exports import setter
from app.exports.pdf import document_data
from app.exports.summary import Heading, Summary
from app.locales import words
from tests.exports.every_block import every_block, summary_of_all, summary_with
from tests.exports.making import FileMaker
from tests.exports.reading import word_lines
from tests.exports.sample import HARD, JOYS, REST, sample

DA = words("da")
HOSTILE = (
    "Scunthorpe og Fuchs",  # B30
    "<img src=x onerror=alert(1)></w:t>",  # B31
    "{{7*7}} ${x} %s%n #{1}",  # B32
    "'; DROP TABLE note;--",  # B33
    '=HYPERLINK("http://192.0.2.1")',  # B34
    '#read("/etc/passwd") $x$ @ref <lab> \\u{41}',  # B35
    "a ATTENDEE:x",  # B36: a text of one line is stored as one
    "../../x C:\\x CON",  # B37
    "👨\u200d👩\u200d👧\u200d👦 🇩🇰 한국어 漢字",  # B24
    "DDEAUTO c:\\windows\\system32\\cmd.exe { INCLUDETEXT x }",
)


@pytest_asyncio.fixture(scope="module")
async def maker() -> AsyncIterator[FileMaker]:
    maker = FileMaker()
    yield maker
    await maker.close()


async def made(maker: FileMaker, summary: Summary) -> Document:
    return docx.Document(io.BytesIO(await maker.word(summary, words(summary.language))))


async def test_every_note_theme_and_heading_is_in_it_in_the_styles_of_word(maker: FileMaker) -> None:
    document = await made(maker, sample())
    styled = [(one.style.style_id if one.style else "", one.text) for one in document.paragraphs]
    for (name, paper), notes in (JOYS | HARD | REST).items():
        assert any(style == "Heading2" and text.startswith(name) for style, text in styled)
        assert {(f"Note{paper}", note) for note in notes} <= set(styled)
    assert ("Title", sample().title) in styled
    headings = [text for style, text in styled if style == "Heading1"]
    assert headings == [DA("summary.short"), *(section.title for section in sample().sections)]


async def test_every_table_has_a_header_row_and_every_picture_its_words(maker: FileMaker) -> None:
    body = (await made(maker, summary_of_all())).element.body
    tables = list(body.iter(qn("w:tbl")))
    assert len(tables) > 4
    for table in tables:
        heads = [
            row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.iter(qn("w:tr"))
        ]
        assert heads == [True] + [False] * (len(heads) - 1)
        # No row is split by the end of a page.
        rows = table.iter(qn("w:tr"))
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    alts = {one.alt for one in every_block() if isinstance(one, Picture)}
    assert alts == {one.get("descr") for one in body.iter(qn("wp:docPr"))} and len(alts) == 4


@pytest.mark.parametrize(("language", "code"), [("da", "da-DK"), ("en", "en-GB")])
async def test_it_is_in_its_language_and_says_whose_it_is(maker: FileMaker, language: str, code: str) -> None:
    file = await maker.word(sample(language), words(language))
    document = docx.Document(io.BytesIO(file))
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {code}
    about = document.core_properties
    assert (about.title, about.author, about.language) == (
        sample(language).title,
        "Bakkedal Inventar",
        code,
    )
    # A10: the date is the meeting's, not that of the request.
    assert about.created == about.modified and about.created and about.created.date() == sample().day
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist())
        assert b"python-docx" not in whole and "docProps/thumbnail.jpeg" not in parts.namelist()
        # X25: it runs nothing and refers to nothing outside.
        assert not re.search(rb'vbaProject|TargetMode="External"|w:instrText', whole)


async def test_B30_B37_hostile_text_is_text(maker: FileMaker) -> None:
    """The same document to the last element, whatever it contains."""

    async def with_text(text: str) -> Document:
        return await made(maker, summary_of_all(f" {text}", heading=Heading(company=text, group=text)))

    plain, hostile = await with_text("Ro"), await with_text(" ".join(HOSTILE))
    tags = [[one.tag for one in it.element.body.iter()] for it in (plain, hostile)]
    assert tags[0] == tags[1]
    written = [one.text for one in hostile.paragraphs]
    assert " ".join(("Radioen", *HOSTILE)) in written
    assert " ".join(HOSTILE).startswith(hostile.core_properties.author)


async def test_X25_what_xml_cannot_hold_breaks_nothing(maker: FileMaker) -> None:
    lines = word_lines(await maker.word(summary_of_all("\x00\x07\x1b\ufffe\uffff\u0085"), DA))
    assert "Radioen\u0085" in lines


async def test_X22_B22_text_runs_in_the_direction_of_its_first_letter(maker: FileMaker) -> None:
    for text, other_way in (("שלום x", True), ("123 مرحبا", True), ("Ro שלום", False)):
        body = (await made(maker, summary_with(Notes(notes=(text,))))).element.body
        (note,) = (one for one in body.iter(qn("w:p")) if one.pPr.style == "Notekorn")
        assert (note.pPr.find(qn("w:bidi")) is not None) is other_way
        assert all((run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None) is other_way for run in note.r_lst)


async def test_X22_B22_a_note_in_the_other_direction_has_the_place_of_the_others(maker: FileMaker) -> None:
    body = (await made(maker, summary_with(Notes(notes=("Ro", "שלום"))))).element.body
    ro, shalom = (one for one in body.iter(qn("w:p")) if one.pPr.style == "Notekorn")
    assert ro.pPr.find(qn("w:ind")) is None
    indent = shalom.pPr.find(qn("w:ind"))
    # The style's indent is on the left; in this paragraph "right" is there.
    assert (indent.get(qn("w:left")), indent.get(qn("w:right"))) == ("0", "170")


async def test_X22_B22_a_theme_in_the_other_direction_keeps_its_count_to_itself(maker: FileMaker) -> None:
    themes = Themes(themes=(ThemeBlock(name="שלום", notes=("Ro",)), ThemeBlock(name="Ro", notes=("Ro",))))
    lines = word_lines(await maker.word(summary_with(themes), DA))
    said = [line for line in lines if line.endswith(("1 seddel", "1 seddel\u2069"))]
    assert [line.split() for line in said] == [
        ["\u2068שלום\u2069\u2068", "1", "seddel\u2069"],
        ["Ro", "1", "seddel"],
    ]


async def test_two_thousand_notes_are_all_there(maker: FileMaker) -> None:
    notes = tuple(f"Seddel {n} om alt det, der fylder" for n in range(2000))
    summary = summary_with(Notes(notes=notes))
    lines = word_lines(await maker.word(summary, DA))
    assert [line for line in lines if line.startswith("Seddel ")] == list(notes)


def test_a_picture_shows_its_whole_drawing_and_its_words_stand_where_its_lines_are() -> None:
    block = Bars(question="x", counts=(1, 0, 0, 0, 1), ends=("", ""), said=("x",), alt="x")
    png, whole = setter.picture(document_data(sample(), DA), block.shown(DA), 8, 8)
    assert whole
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    unit = picture.width / (680 + 16)
    accent = [
        x for x in range(picture.width) if picture.getpixel((x, round((8 + 150) * unit))) == (15, 90, 94, 255)
    ]
    # The last bar ends at the edge of the frame.
    assert abs(accent[-1] - (8 + 680) * unit) < 3 and abs(accent[0] - 8 * unit) < 3


async def test_X24_the_text_under_a_picture_says_that_no_font_has_a_character(maker: FileMaker) -> None:
    def bars(end: str) -> Bars:
        return Bars(question="x", counts=(1, 0, 0, 0, 1), ends=(end, "Altid"), said=("x",), alt="x")

    # The reader's program draws the words of a paragraph, with fonts of its own.
    for end, said in (("\U00013080", 1), ("Aldrig 👍🏽", 0)):
        lines = word_lines(await maker.word(summary_with(bars(end), Notes(notes=("\U00013080",))), DA))
        assert lines.count(DA("summary.boxes")) == said


async def test_a_caption_is_on_the_page_of_its_table_and_a_small_table_is_whole(maker: FileMaker) -> None:
    kept = qn("w:keepNext")
    body = (await made(maker, summary_of_all())).element.body
    captions = [
        one for one in body.iterchildren(qn("w:p")) if "".join(one.itertext()).startswith("En tekst under")
    ]
    assert len(captions) == 4
    for caption in captions:
        after = caption.getprevious()
        rows = list(after.getprevious().iter(qn("w:tr")))
        rows = rows if len(rows) < 5 else rows[-3:]
        held = [after, *(line for row in rows for line in row.iter(qn("w:p")))]
        styles = {"Head", "Picture"}
        assert all(one.pPr.style in styles or one.pPr.find(kept) is not None for one in held)
    # Of a long one only the end.
    bars = (SplitBar(label="Vigtigt", yes=6, of=7, said="Enige"),)
    splits = tuple(Split(card=Card(name=f"Tema {n}"), bars=bars) for n in range(20))
    body = (await made(maker, summary_with(Splits(splits=splits, caption="Under")))).element.body
    (table,) = body.iter(qn("w:tbl"))
    parted = [
        any(one.pPr.find(kept) is None for one in row.iter(qn("w:p"))) for row in table.iter(qn("w:tr"))
    ]
    assert parted[1:] == [True] * 17 + [False] * 3


def is_kept(line: Line) -> bool:
    """Whether it says itself that it is on the page of the next."""
    return line._p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


async def test_a_question_and_a_remark_are_on_the_page_of_what_they_head(maker: FileMaker) -> None:
    said = [Paragraph(text="Et spørgsmål", tone="question"), Paragraph(text="En bemærkning", tone="quiet")]
    document = await made(maker, summary_with(*said, Paragraph(text="Et afsnit")))
    kept = {one.text: is_kept(one) for one in document.paragraphs}
    assert (kept["Et spørgsmål"], kept["En bemærkning"], kept["Et afsnit"]) == (True, True, False)


@pytest.mark.parametrize(("many", "held"), [(0, 0), (1, 1), (4, 4), (5, 1)])
async def test_P4_4_a_proposal_is_on_the_page_of_its_few_answers(
    maker: FileMaker, many: int, held: int
) -> None:
    hows = tuple(HowLine(text=f"Svar {n}", depth=1) for n in range(many))
    poster = PosterBlock(title="Mere", proposals=(Proposal(text="Forslag", hows=hows),))
    document = await made(maker, summary_with(Posters(theme=Card(name="Ro"), posters=(poster,))))
    lines = [one for one in document.paragraphs if one.style and one.style.style_id == "Proposal"]
    assert len(lines) == 1 + many
    kept = [is_kept(one) for one in lines]
    assert kept == [True] * held + [False] * (1 + many - held)
