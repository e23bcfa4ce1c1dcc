"""W12: one anonymous tap for each theme or turned note; the room sees what five or more tapped."""

import pytest

from app.activities.me_too.messages import CloseMeToo, MeTooResult, MeTooSlate, OpenMeToo
from app.activities.me_too.report import report
from app.blocks.table import Table
from app.engine.agenda import ChangeItem, ChangeWorkshop, End, Go, Item
from app.locales import languages, words
from app.parts.ballots import Ballot, Balloting, Cast
from app.parts.notes.messages import HideNote
from tests.support.boards import Meeting, W, ask, new_id, secret

ME_TOO = "me_too-1"


def taps(name: object, thing: str, value: int | str = 1, rev: int = 1) -> Cast:
    """The phone with that name taps "me too" for a theme or a note; each tap is a ballot of its own."""
    own = f"{thing[-6:]} {name}"
    fields = {"ballot": new_id(own), "secret": secret(own), "rev": rev, "value": value}
    cast: Cast = ask(Cast, activity=ME_TOO, of=thing, **fields)
    return cast


async def tapping(what: str = "themes") -> tuple[Meeting, str, str]:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    themes = [await meeting.theme("Tone", "a"), await meeting.theme("Ro", "b")]
    about = {"title": "Også mig", "minutes": 5, "settings": {"of": [], "what": what}}
    await meeting.do(ask(ChangeItem, item=ME_TOO, base=meeting.seq(ME_TOO), **about))
    await meeting.do(ask(Go, item=ME_TOO))
    a, b = themes if what == "themes" else (new_id("a"), new_id("b"))
    return meeting, a, b


def result(meeting: Meeting) -> MeTooResult | None:
    return meeting.board.find(MeTooResult, f"me_too_result:{ME_TOO}")


async def close(meeting: Meeting) -> tuple[str, ...]:
    return (await meeting.do(ask(CloseMeToo, activity=ME_TOO))).told


@pytest.mark.parametrize("what", ["themes", "notes"])
async def test_W12_A12_what_five_tapped_is_told_and_of_what_four_tapped_nothing(what: str) -> None:
    meeting, a, b = await tapping(what)
    await meeting.do(*(taps(n, a) for n in range(5)), *(taps(n, b) for n in range(4)))
    assert await close(meeting) == ()
    meeting.run()
    assert meeting.fresh("screen").one("me_too_result")["counts"] == {a: 5}
    assert not meeting.fresh("phone").kinds("me_too_result")
    # 2.2: nothing that shows what a phone tapped is left.
    assert not meeting.board.every(Ballot)
    assert await meeting.code(ask(OpenMeToo, activity=ME_TOO)) == "counted"


async def test_W12_a_tap_is_taken_back_and_a_repeat_is_harmless() -> None:
    meeting, a, b = await tapping()
    await meeting.do(*(taps(n, a) for n in range(5)), taps(1, a))
    await meeting.do(taps(1, a, "", rev=2))
    assert await close(meeting) == ("few",)
    assert result(meeting) is None
    await meeting.do(ask(OpenMeToo, activity=ME_TOO), taps(1, a, 1, rev=3))
    await meeting.forward(10)
    assert await close(meeting) == ()
    assert result(meeting) is not None
    assert await meeting.code(taps(9, b)) == "not_asked"


async def test_W12_A11_the_room_hears_one_number_at_ticks() -> None:
    meeting, a, b = await tapping()
    await meeting.do(taps(1, a), taps(1, b))
    await meeting.forward(30)
    assert meeting.board.one(Balloting, f"balloting:{ME_TOO}").count == 0
    await meeting.do(taps(2, a))
    await meeting.forward(10)
    assert meeting.board.one(Balloting, f"balloting:{ME_TOO}").count == 3


async def test_W12_phones_are_told_the_words_of_notes_only_where_the_board_is_shown_on_them() -> None:
    meeting, a, _ = await tapping("notes")
    phone = meeting.fresh("phone")
    assert {one["name"] for one in phone.one("me_too_slate")["things"]} == {""}
    assert b"note a" not in phone.bytes
    await meeting.do(ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), board_on_phones=True))
    assert b"note a" in meeting.fresh("phone").bytes
    assert await meeting.code(taps(1, a)) is None
    assert await meeting.code(taps(1, "nothing")) == "unknown"
    assert await meeting.code(taps(2, a, 2)) == "unknown"


async def test_W12_hidden_notes_are_not_asked_about() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    await meeting.do(ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    about = {"title": "Også mig", "minutes": 5, "settings": {"of": [], "what": "notes"}}
    await meeting.do(ask(ChangeItem, item=ME_TOO, base=meeting.seq(ME_TOO), **about), ask(Go, item=ME_TOO))
    slate = meeting.board.one(MeTooSlate, f"me_too_slate:{ME_TOO}")
    assert [thing.id for thing in slate.things] == [new_id("b")]


async def test_W12_F4_without_a_result_nothing_is_kept() -> None:
    meeting, a, _ = await tapping()
    await meeting.do(taps(1, a), ask(End, workshop=W))
    assert not meeting.board.every(MeTooSlate) and not meeting.board.every(Ballot)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("what", ["themes", "notes"])
async def test_W12_the_summary_says_for_how_many_it_goes(language: str, what: str) -> None:
    meeting, a, b = await tapping(what)
    item, say = meeting.board.one(Item, ME_TOO), words(language)
    assert report(meeting.board, item, say) == []
    await meeting.do(*(taps(n, a) for n in range(5)), *(taps(n, b) for n in range(6)))
    await close(meeting)
    table = report(meeting.board, item, say)[1]
    assert isinstance(table, Table)
    names = ["Ro", "Tone"] if what == "themes" else ["note b", "note a"]
    assert [row.cells for row in table.rows] == [(names[0], "6"), (names[1], "5")]
