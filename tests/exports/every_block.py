"""One of every block with distinct texts: the basis of the laws on formats."""

from collections.abc import Iterator

from app.blocks.answers import QuestionAnswer, QuestionAnswers
from app.blocks.bars import Bars
from app.blocks.chosen import Chosen
from app.blocks.course import Course, CoursePoint
from app.blocks.fields import FieldBlock, Fields
from app.blocks.notes import Notes
from app.blocks.open_answers import OpenAnswers
from app.blocks.paragraph import Paragraph
from app.blocks.posters import HowLine, PosterBlock, Posters, Proposal
from app.blocks.quadrants import Quadrants
from app.blocks.splits import Split, SplitBar, Splits
from app.blocks.table import Table, TableRow
from app.blocks.themes import ThemeBlock, Themes
from app.blocks.trend import Trend, TrendLine, TrendPlace, TrendTime
from app.blocks.wheel import Ray, Wheel
from app.engine.report import Block, Card, Report, ReportModel
from app.exports.summary import Heading, Summary, collect
from app.locales import words
from tests.exports.sample import HEADING, Item

#: Names of our own, and alternative texts of pictures.
NO_TEXT = {"kind", "paper", "tone", "alt"}


def every_block(more: str = "") -> list[Block]:
    """All kinds; `more` follows each text that people wrote."""

    def said(text: str) -> str:
        return text + more

    def card(name: str) -> Card:
        return Card(name=said(name), paper="mos")

    return [
        Paragraph(text=said("Et afsnit")),
        QuestionAnswers(answers=(QuestionAnswer(question="Et spørgsmål", answer=said("Et svar")),)),
        Themes(themes=(ThemeBlock(name=said("Støj"), paper="fjord", tag="Krav", notes=(said("Radioen"),)),)),
        Notes(notes=(said("Solen"), said("Kaffen")), title="Uden tema her"),
        Chosen(themes=(card("Ro"),)),
        Fields(
            fields=(
                FieldBlock(title="Kan påvirkes", cards=(card("Rod"),)),
                FieldBlock(title="Kan ikke", empty="Intet her"),
            ),
            caption="En tekst under felter",
        ),
        Splits(
            splits=(Split(card=card("Kulde"), bars=(SplitBar(label="Vigtigt", yes=6, of=7, said="Enige"),)),),
            caption="En tekst under fordelinger",
        ),
        Quadrants(
            columns=("Meget", "Lidt"),
            rows=("Nu", "Siden"),
            cells=(((card("Travlt"),), ()), ((), (card("Trægt"),))),
            caption="En tekst under kvadranter",
            alt="Fire felter",
        ),
        Wheel(
            rays=(Ray(label="Mening", cards=(card("Formål"),)), Ray(label="Støtte")),
            caption="En tekst under hjulet",
            alt="Et hjul",
        ),
        Posters(
            theme=card("Besked"),
            posters=(
                PosterBlock(
                    title="Stop",
                    proposals=(
                        Proposal(
                            text=said("Natbeskeder"),
                            picked=True,
                            hows=(HowLine(text=said("Aftal"), depth=1),),
                        ),
                    ),
                ),
                PosterBlock(title="Nyt", empty="Ingen forslag her"),
            ),
        ),
        Table(
            columns=("Emne", "Handling"),
            rows=(TableRow(cells=(said("Tavle"), said("Morgenmøde")), paper="lyng"),),
        ),
        Bars(
            question="Hvor tit?",
            counts=(1, 2, 3, 0, 1),
            earlier=(0, 1, 1, 3, 2),
            ends=("Aldrig", "Altid"),
            said=("Gennemsnit 2,7", "I maj 3,9"),
            alt="Søjler",
        ),
        Trend(
            title="Over tid her",
            times=(TrendTime(label="april", days=0), TrendTime(label="oktober", days=180)),
            lines=(
                TrendLine(
                    name="Behov",
                    places=(
                        TrendPlace(time=0, mean=4.2, said="4,2"),
                        TrendPlace(time=1, mean=2.6, said="2,6"),
                    ),
                ),
                TrendLine(name="Bedring", places=(TrendPlace(time=1, mean=2.6, said="2,6"),)),
            ),
            ends=("Ikke", "Meget"),
            alt="To linjer",
        ),
        OpenAnswers(question="Andet?", answers=(said("Tak for i dag"),)),
        Course(
            name=said("Vejen"),
            low="Lavt",
            high="Højt",
            points=(CoursePoint(label="maj", value=3), CoursePoint(label="juni", value=5)),
            aim=CoursePoint(label="august", value=8),
            alt="Lavt, Højt: maj 3, juni 5, august 8",
        ),
    ]


def summary_of_all(more: str = "", language: str = "da", heading: Heading = HEADING) -> Summary:
    """A summary with one of every block, and so of everything that a format can contain."""
    blocks = every_block(more)
    return summary_with(*blocks, title=f"Et punkt{more}", language=language, heading=heading)


def summary_with(
    *blocks: Block, title: str = "Et punkt", language: str = "da", heading: Heading = HEADING
) -> Summary:
    """A summary of these blocks under one heading."""
    report: dict[str, Report] = {"one": lambda board, item, say: list(blocks)}
    return collect(None, [Item("one", title)], report, heading, words(language))


def texts(value: object) -> Iterator[str]:
    """Every text of a block."""
    match value:
        case str():
            yield value
        case tuple():
            for one in value:
                yield from texts(one)
        case ReportModel():
            for name in type(value).model_fields:
                if name not in NO_TEXT:
                    yield from texts(getattr(value, name))
