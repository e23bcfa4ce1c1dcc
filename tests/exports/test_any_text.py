"""B40, X21: every text that may be stored is reproduced by every format."""

import asyncio
import json

import regex
from hypothesis import given, settings, strategies as st

from app.blocks.answers import QuestionAnswer, QuestionAnswers
from app.blocks.chosen import Chosen
from app.blocks.notes import Notes
from app.blocks.paragraph import Paragraph
from app.blocks.themes import ThemeBlock, Themes
from app.engine.report import Block, Card
from app.engine.text import clean_note
from app.exports.html import summary_page
from app.exports.summary import Heading, Summary, collect
from app.locales import words
from tests.exports.making import FileMaker
from tests.exports.reading import page, pdf_text, squeezed
from tests.exports.sample import Item

DA = words("da")


def allowed(raw: str) -> str | None:
    """The text as it would be stored, or None if it would be refused."""
    try:
        return clean_note(raw).text
    except ValueError:
        return None


anything = st.text(max_size=80).map(allowed).filter(bool)
# Text that every first-choice font of the report covers: then the PDF must contain exactly the same.
latin = st.text(st.sampled_from("abcæøåÆØÅéßłŁ 0123456789.,;:!?#$*_`@<>[]{}()=+/\\'\"&%"), max_size=80)
written = latin.map(allowed).filter(bool)


def summary_of(texts: list[str]) -> Summary:
    blocks: list[Block] = [
        Paragraph(text=texts[-1], tone="lead"),
        Themes(themes=tuple(ThemeBlock(name=text, notes=(text,)) for text in texts)),
        Notes(notes=tuple(texts)),
        Chosen(themes=(Card(name=texts[0]),)),
        QuestionAnswers(answers=(QuestionAnswer(question=texts[0], answer=texts[-1]),)),
    ]
    heading = Heading(company=texts[0], group=texts[0])
    return collect(None, [Item("one", texts[0])], {"one": lambda board, item, say: blocks}, heading, DA)


@given(st.lists(anything, min_size=1, max_size=8))
@settings(max_examples=60)
def test_X22_any_text_is_the_same_on_the_page_and_in_json(texts: list[str]) -> None:
    summary = summary_of(texts)
    # The parser reads a carriage return as a newline, as every browser does.
    assert page(summary_page(summary, DA)).notes == [*texts, *texts]
    read = json.loads(summary.model_dump_json())
    told = [*read.pop("short"), *(block for section in read.pop("sections") for block in section["blocks"])]
    rest = Summary.model_validate(read | {"short": [], "sections": []})
    assert rest == summary.model_copy(update={"short": (), "sections": ()})
    # Only their folders know which kinds of block there are: each is read back as itself.
    given = [*summary.short, *(block for section in summary.sections for block in section.blocks)]
    assert [type(block).model_validate(one) for block, one in zip(given, told, strict=True)] == given


def test_X24_any_text_can_be_set_and_latin_is_read_back() -> None:
    with asyncio.Runner() as runner:
        maker = FileMaker()

        @given(st.lists(anything, min_size=1, max_size=12), st.lists(written, min_size=1, max_size=6))
        @settings(max_examples=40)
        def holds(strange: list[str], plain: list[str]) -> None:
            text = squeezed(pdf_text(runner.run(maker.summary(summary_of([*plain, *strange]), DA))))
            for one in plain:
                assert squeezed(one) in text

        try:
            holds()
        finally:
            runner.run(maker.close())


def test_X24_marks_on_letters_of_another_script_break_nothing() -> None:
    """No font covers both, which the archival standard would refuse."""
    notes = ["ж\u05b7", "a\u0e31", "\u0301\u0301", "漢\u0627\u064b", "🙂\u05b7", "\u2800", "\U0010fffd"]
    kept = [note for note in notes if allowed(note)]
    with asyncio.Runner() as runner:
        maker = FileMaker()
        try:
            pdf = runner.run(maker.summary(summary_of(kept), DA))
        finally:
            runner.run(maker.close())
    assert pdf.startswith(b"%PDF") and regex.search(r"Side\s1", pdf_text(pdf))
