"""The summary as a page: text stays text, whatever it contains."""

import pytest

from app.blocks.bars import Bars
from app.blocks.chosen import Chosen
from app.blocks.notes import Notes
from app.blocks.open_answers import OpenAnswers
from app.blocks.posters import HowLine, PosterBlock, Posters, Proposal
from app.blocks.quadrants import Quadrants
from app.blocks.table import Table, TableRow
from app.blocks.themes import ThemeBlock, Themes
from app.engine.report import Block, Card
from app.exports.html import link_page, summary_page
from app.exports.summary import Heading, Summary, collect
from app.locales import words
from tests.exports.reading import page
from tests.exports.sample import Item, sample

DA = words("da")
HOSTILE = (
    "<img src=x onerror=alert(1)>",  # B31
    "<svg onload=alert(1)></svg>",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "</li></ul></main><script>alert(1)</script>",
    "{{7*7}} {% raw %} ${x} %s%n #{1}",  # B32
    "'; DROP TABLE note;--",  # B33
)


def with_text(text: str) -> Summary:
    card = Card(name=text, chosen=True)
    blocks: list[Block] = [
        Themes(themes=(ThemeBlock(name=text, notes=(text,), chosen=True, tag=text),)),
        Notes(notes=(text,), title=text),
        Chosen(themes=(card,)),
        Posters(
            theme=card,
            posters=(
                PosterBlock(
                    title="Stop",
                    proposals=(Proposal(text=text, picked=True, hows=(HowLine(text=text, depth=1),)),),
                ),
            ),
        ),
        Bars(
            question=text,
            counts=(1, 2, 3, 0, 1),
            earlier=(0, 1, 1, 3, 2),
            ends=("A", "B"),
            said=(text, text),
            alt=text,
        ),
        OpenAnswers(question=text, answers=(text,)),
        Table(columns=("A", "B"), rows=(TableRow(cells=(text, text), paper="mos"),)),
        Quadrants(
            columns=("A", "B"),
            rows=("C", "D"),
            cells=(((card,), ()), ((), (card,))),
            alt=text,
            caption=text,
        ),
    ]
    heading = Heading(company=text, group=text)
    return collect(None, [Item("one", text)], {"one": lambda board, item, say: blocks}, heading, DA)


@pytest.mark.parametrize("text", HOSTILE)
def test_B31_B32_B33_hostile_text_is_text(text: str) -> None:
    plain, hostile = page(summary_page(with_text("Ro"), DA)), page(summary_page(with_text(text), DA))
    assert hostile.tags == plain.tags
    assert [name for name, _ in hostile.attributes] == [name for name, _ in plain.attributes]
    assert hostile.notes == [text] * 3


def test_X27_the_page_needs_no_script_and_no_style_of_its_own() -> None:
    found = page(summary_page(sample(), DA, file="summary."))
    assert not {"script", "style", "iframe"} & set(page(summary_page(sample(), DA)).tags)
    # For facilitators: links for which a script of ours shows the progress of their file.
    assert found.tags.count("script") == 1 and ("src", "../../../static/take.js") in found.attributes
    assert not {"style", "iframe"} & set(found.tags) and ("href", "summary.zip") in found.attributes
    assert not [name for name, _ in found.attributes if name == "style" or name.startswith("on")]
    sources = {value for name, value in found.attributes if name in ("src", "href") and value}
    assert all(source.startswith(("../../../static/", "#part-", "summary.")) for source in sources)


def test_X22_B22_every_text_of_people_is_isolated() -> None:
    html = summary_page(with_text("שלום"), DA)
    for before, after in zip(html.split("שלום"), html.split("שלום")[1:], strict=False):
        inside = before.rstrip().rpartition("<")[2]
        isolated = inside == "bdi>" or 'dir="auto"' in inside or before.endswith("\u2068")
        # A title or a label cannot contain an element, and the browser isolates it itself.
        alone = inside.startswith(("title>", "figcaption>", "figure ", "svg ", "h3 class")) or "alt" in inside
        assert isolated or alone or "Trivsel: " in before[-14:], (inside, after[:20])


def test_X12_both_pages_ask_not_to_be_indexed() -> None:
    for html in (summary_page(sample(), DA), link_page(DA)):
        assert ("content", "noindex, nofollow") in page(html).attributes


def test_the_picture_is_told_in_words() -> None:
    assert (
        "aria-label",
        "Fire felter. Vigtigt og haster: Besked om ændringer, Afbrydelser, Travlt før levering.",
    ) in (page(summary_page(sample(), DA)).attributes)


def test_P4_5_a_table_has_named_columns_and_keeps_its_lines() -> None:
    table = Table(columns=("Tema", "Handling"), rows=(TableRow(cells=("Ro", "Én\nTo"), paper="mos"),))
    made = collect(
        None, [Item("one", "Plan")], {"one": lambda *_: [table]}, Heading(company="", group=""), DA
    )
    html = summary_page(made, DA)
    assert '<th scope="col">Handling</th>' in html
    assert '<th scope="row" class="mos" dir="auto">Ro</th>' in html
    assert "Én<br>To" in html
    assert not collect(
        None,
        [Item("one", "Plan")],
        {"one": lambda *_: [Table(columns=("Tema",), rows=())]},
        Heading(company="", group=""),
        DA,
    ).sections
