"""From real records through the real reports: the summary has what activities leave, and no more."""

import random
import secrets

import pytest

from app.activities.priority.messages import Priority
from app.activities.registry import registry
from app.blocks.notes import Notes
from app.engine.agenda import Item, Workshop
from app.engine.records import Board, Held, Record
from app.exports.gather import Gathered, gather
from app.exports.html import summary_page
from app.exports.summary import Summary, collect
from app.locales import words
from app.parts.gathered import Answer
from app.parts.notes.records import Note
from app.parts.themes import Chosen, Influence, Theme
from tests.exports.making import FileMaker
from tests.exports.reading import page, pdf_text, squeezed

DA = words("da")
REPORTS = {name: kind.report for name, kind in registry.kinds.items()}


def board_of(*records: Record) -> Board:
    board = Board()
    board.apply(Held(seq, record) for seq, record in enumerate(records, 1))
    return board


def workshop(id: str = "w", date: str = "2027-01-04", title: str = "Hvad er god trivsel") -> Workshop:
    return Workshop(id=id, title=title, group="Montagen", language="da", date=date, state="live")


def item(id: str, activity: str, position: float, **settings: object) -> Item:
    return Item.model_validate(
        {
            "id": id,
            "workshop": "w",
            "activity": activity,
            "title": f"Punkt {id}",
            "minutes": 30,
            "position": position,
            "settings": settings,
            "state": "done",
        }
    )


def note(text: str, theme: str | None = None, face: str = "up", hidden: bool = False) -> Note:
    return Note.model_validate(
        {
            "id": secrets.token_urlsafe(16),
            "activity": "q",
            "text": text,
            "secret_hash": None,
            "theme": theme,
            "face": face,
            "hidden": hidden,
        }
    )


AGENDA = (
    workshop(),
    item("q", "notes", 1, question="Hvad gør det svært?", paper="fjord"),
    item("c", "clustering", 2, of="q"),
    item("i", "influence", 3, of=["q"]),
    item("p", "priority", 4),
)


def summary_of(board: Board) -> Summary:
    gathered = gather(board, company="Bakkedal", group="Montagen", people={"w": 24})
    assert gathered is not None
    return summed(gathered)


def summed(gathered: Gathered) -> Summary:
    return collect(gathered.board, gathered.items, REPORTS, gathered.heading, words(gathered.language))


def whole_workshop() -> Board:
    return board_of(
        *AGENDA,
        Theme(id="t1", name="Afbrydelser", paper="hyben", of="q", position=1),
        Theme(id="t2", name="Kulde", paper="mos", of="q", position=2),
        note("Telefonen ringer", "t1"),
        note("Porten står åben", "t2"),
        note("En helt anden ting"),
        note("Nævner en kollega", "t1", hidden=True),
        Answer(id="answer:c:1", activity="c", question=1, text="Så meget handler om ro"),
        Answer(id="answer:c:2", activity="c", question=2, text=""),
        Influence(id="influence:t1", theme="t1", field="can"),
        Influence(id="influence:t2", theme="t2", field="cannot"),
        Priority(id="priority:t1", theme="t1", important=True, urgent=True),
        Chosen(id="chosen:t1", theme="t1"),
    )


async def test_P2_6_P3_1_P3_2_P3_3_what_four_activities_made_is_in_every_form() -> None:
    summary = summary_of(whole_workshop())
    maker = FileMaker()
    forms = (
        page(summary_page(summary, DA)).text,
        pdf_text(await maker.summary(summary, DA)),
        summary.model_dump_json(),
    )
    await maker.close()
    for form in map(squeezed, forms):
        for said in (
            "Telefonen ringer",
            "Porten står åben",
            "En helt anden ting",
            "Så meget handler om ro",
            "Kan ikke påvirkes",
            "I valgte ét at arbejde med nu",
            "op til 24",
            "4. januar 2027",
        ):
            assert squeezed(said) in form, said
        assert squeezed("Nævner en kollega") not in form
        assert squeezed(DA("clustering.report.question.2")) not in form


def test_A13_the_summary_counts_what_was_put_aside_and_marks_what_was_masked() -> None:
    masked, aside = note("Spørg nogen").with_(masked=True), note("Nævner en kollega", hidden=True)
    theme = Theme(id="t1", name="Ro", paper="mos", of="q", position=1)
    for board in (board_of(workshop(), AGENDA[1], masked, aside), board_of(*AGENDA, theme, masked, aside)):
        told = page(summary_page(summary_of(board), DA)).text
        assert squeezed(f"Spørg nogen ({DA('summary.masked')})") in squeezed(told)
        assert DA("notes.report.aside.one") in told and "kollega" not in told
    only = summary_of(board_of(*AGENDA, aside, note("En til", hidden=True))).model_dump_json()
    assert DA("notes.report.aside", n=2) in only and DA("notes.report.unturned") not in only


@pytest.mark.parametrize("face", ["down", "stopped"])
def test_A16_a_note_that_is_not_turned_over_is_in_no_summary(face: str) -> None:
    summary = summary_of(board_of(*AGENDA, note("Endnu ikke vendt", face=face)))
    assert "Endnu ikke" not in summary.model_dump_json()


def test_A10_a_summary_holds_no_id_and_no_time() -> None:
    board = whole_workshop()
    told = summary_of(board).model_dump_json()
    ids = [held.record.id for held in board if isinstance(held.record, Note)]
    assert len(ids) == 4 and not any(id in told for id in ids)


def test_A15_notes_come_in_no_order_of_writing() -> None:
    """Kendall's tau between writing and summary, over many workshops, equals chance."""
    chance, taus = random.Random(7), []
    for _ in range(200):
        notes = [note(f"{n:02d}").with_(id=chance.randbytes(16).hex()) for n in range(10)]
        section = next(s for s in summary_of(board_of(*AGENDA, *notes)).sections if s.title == "Punkt q")
        order = [int(text) for block in section.blocks if isinstance(block, Notes) for text in block.notes]
        assert sorted(order) == list(range(10))
        pairs = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :]]
        taus.append(sum(1 if a < b else -1 for a, b in pairs) / len(pairs))
    # One workshop of ten notes has a standard deviation of 0.248; four standard errors of 200 are 0.07.
    assert abs(sum(taus) / len(taus)) < 0.07


def test_the_workshops_of_a_process_come_by_day_and_planned_items_not_at_all() -> None:
    board = board_of(
        workshop("later", "2027-02-01", "Udvælg temaer"),
        *AGENDA,
        note("Støj"),
        item("planned", "notes", 9, question="Hvad giver lyst?").with_(state="planned"),
    )
    gathered = gather(board, company="", group="")
    assert gathered is not None
    assert [meeting.title for meeting in gathered.heading.meetings] == [
        "Hvad er god trivsel",
        "Udvælg temaer",
    ]
    assert "planned" not in {one.id for one in gathered.items}
    alone = gather(board, company="", group="", workshop="later")
    assert alone is not None and len(alone.heading.meetings) == 1 and not alone.items
    assert summed(alone).is_empty
    assert gather(board, company="", group="", workshop="unknown") is None
