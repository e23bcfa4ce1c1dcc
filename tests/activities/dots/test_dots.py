"""Dot voting: each phone places dots on themes; the room sees only sums, from five voters on."""

import pytest
from pydantic import ValidationError

from app.activities.dots.messages import CloseVote, DotsResult, DotsSettings, DotsSlate, OpenVote
from app.activities.dots.report import report
from app.activities.influence.messages import PlaceInfluence
from app.blocks.splits import Splits
from app.engine.agenda import ChangeItem, End, Go, Item
from app.engine.commands import Role
from app.locales import languages, texts_of, words
from app.parts.ballots import Ballot, Balloting, Cast
from tests.support.boards import Q1, Meeting, W, ask, new_id, secret

DOTS = "dots-1"


def lays(name: object, *themes: str, rev: int = 1, **fields: object) -> Cast:
    """The phone with that name places its dots on these themes."""
    own = {"ballot": new_id(f"ballot {name}"), "secret": secret(name)} | fields
    cast: Cast = ask(Cast, activity=DOTS, of="dots", value=themes, rev=rev, **own)
    return cast


async def open_vote(**placed: str) -> tuple[Meeting, str, str, str]:
    """Three themes; the vote is live. `placed` says where they are on the influence board, by name."""
    meeting = await Meeting.open()
    await meeting.turned("a", "b", "c")
    tone, calm, rota = [
        await meeting.theme(name, note) for name, note in (("Tone", "a"), ("Ro", "b"), ("Plan", "c"))
    ]
    for name, theme in (("tone", tone), ("calm", calm), ("rota", rota)):
        if name in placed:
            await meeting.do(ask(PlaceInfluence, theme=theme, base=0, field=placed[name]))
    await meeting.do(ask(Go, item=DOTS))
    return meeting, tone, calm, rota


def close() -> CloseVote:
    command: CloseVote = ask(CloseVote, activity=DOTS)
    return command


def slate(meeting: Meeting) -> list[str]:
    return [asked.theme for asked in meeting.board.one(DotsSlate, f"dots_slate:{DOTS}").themes]


def result(meeting: Meeting) -> DotsResult:
    return meeting.board.one(DotsResult, f"dots_result:{DOTS}")


async def test_dots_what_can_be_influenced_is_voted_on_and_all_while_nothing_is_placed() -> None:
    meeting, tone, calm, rota = await open_vote()
    assert slate(meeting) == [tone, calm, rota]
    meeting, tone, calm, rota = await open_vote(tone="can", calm="cannot")
    assert slate(meeting) == [tone]


async def test_dots_the_agenda_may_ask_about_all_themes_and_settles_it_before_it_is_live() -> None:
    meeting, _, _, _ = await open_vote(tone="can", calm="cannot")
    item = meeting.board.one(Item, DOTS)
    other = item.settings | {"dots": 5}
    base = meeting.seq(DOTS)
    change = ask(ChangeItem, item=DOTS, base=base, title="Prikker", minutes=5, settings=other)
    assert await meeting.code(change) is not None
    for wrong in (0, 11, "3"):
        with pytest.raises(ValidationError):
            DotsSettings.model_validate({"dots": wrong}, strict=True)


async def test_dots_a_phone_has_so_many_and_moves_them_until_the_vote_closes() -> None:
    meeting, tone, calm, _ = await open_vote()
    await meeting.do(lays("p", tone, tone, calm))
    await meeting.do(lays("p", tone, tone, calm))
    assert await meeting.code(lays("p", tone, tone, tone, calm, rev=2)) == "unknown"
    await meeting.do(lays("p", calm, calm, calm, rev=2))
    assert await meeting.code(lays("p", tone, rev=2)) == "stale"
    (ballot,) = meeting.board.every(Ballot).values()
    assert ballot.value == (calm, calm, calm)
    await meeting.do(close())
    assert await meeting.code(lays("p", tone, rev=3)) == "not_asked"
    assert await meeting.code(close()) == "not_asked"


async def test_dots_only_on_what_is_voted_on_and_only_with_its_own_secret() -> None:
    meeting, tone, calm, _ = await open_vote(tone="can", calm="cannot")
    assert await meeting.code(lays("p", calm)) == "unknown"
    assert await meeting.code(lays("p", tone).model_copy(update={"of": tone})) == "unknown"
    assert await meeting.code(lays("p", tone).model_copy(update={"value": 3})) == "unknown"
    await meeting.do(lays("p", tone))
    assert await meeting.code(lays("p", rev=2, secret=secret("q"))) == "taken"
    assert await meeting.code(close(), role=Role.PHONE) == "role"


async def test_dots_A16_nobody_sees_a_dot_while_the_vote_is_open() -> None:
    meeting, tone, calm, _ = await open_vote()
    screens = [meeting.join(who) for who in ("desk", "screen", "phone")]
    meeting.run()
    sent = [screen.heard for screen in screens]
    for n in range(2):
        await meeting.do(lays(n, tone, calm))
    meeting.run()
    assert [screen.heard for screen in screens] == sent
    # A11: one number, at ticks.
    await meeting.forward(60)
    meeting.run()
    assert [screen.heard for screen in screens] == sent
    await meeting.do(lays(2, tone, calm))
    await meeting.forward(10)
    meeting.run()
    for screen in screens:
        assert screen.one("balloting")["count"] == 3
        assert not screen.kinds("ballot") and not screen.kinds("dots_result")


@pytest.mark.parametrize("voters", range(5))
async def test_dots_A12_with_fewer_than_five_voters_nothing_is_shown_and_it_may_open_again(
    voters: int,
) -> None:
    meeting, tone, _, _ = await open_vote()
    for n in range(voters):
        await meeting.do(lays(n, tone))
    # A phone that took every dot back has not voted.
    await meeting.do(lays("idle"))
    assert (await meeting.do(close())).told == ("few",)
    assert not meeting.board.every(DotsResult)
    await meeting.do(ask(OpenVote, activity=DOTS))
    for n in range(voters, voters + 5):
        await meeting.do(lays(n, tone))
    await meeting.forward(10)
    await meeting.do(close())
    assert result(meeting).voters == voters + 5


async def test_dots_A11_opened_again_it_goes_by_what_was_there_at_a_tick() -> None:
    """Otherwise closing and reopening repeatedly would reveal the fifth vote; no count moves for it."""
    meeting, tone, _, _ = await open_vote()
    await meeting.do(*(lays(n, tone) for n in range(4)), close(), ask(OpenVote, activity=DOTS))
    await meeting.do(lays(4, tone))
    for _ in range(20):
        assert (await meeting.do(close())).told == ("few",)
        await meeting.do(ask(OpenVote, activity=DOTS))
        await meeting.forward(0.4)
    await meeting.forward(10)
    assert meeting.board.one(Balloting, f"balloting:{DOTS}").count == 4
    await meeting.do(close())
    assert result(meeting).voters == 5


async def test_dots_A12_the_sums_of_five_voters_are_shown_once_and_for_all() -> None:
    meeting, tone, calm, rota = await open_vote()
    for n in range(5):
        await meeting.do(lays(n, tone, tone, calm))
    await meeting.do(close())
    assert (result(meeting).voters, result(meeting).sums) == (5, {tone: 10, calm: 5, rota: 0})
    assert await meeting.code(ask(OpenVote, activity=DOTS)) == "counted"
    await meeting.do(ask(Go, item=Q1), ask(Go, item=DOTS))
    assert meeting.board.one(Balloting, f"balloting:{DOTS}").state == "closed"


async def test_dots_A1_once_counted_nothing_links_the_dots_of_one_phone() -> None:
    meeting, tone, calm, _ = await open_vote()
    for n in range(6):
        await meeting.do(lays(n, tone, calm))
    await meeting.do(close())
    assert not meeting.board.every(Ballot)
    phone, wall, desk = (meeting.fresh(who) for who in ("phone", "screen", "desk"))
    assert not phone.kinds("dots_result")
    for screen in (wall, desk):
        assert screen.one("dots_result")["sums"][tone] == 6
    stored = b"".join(
        row.record.model_dump_json().encode() for row in meeting.store.boards["board"].rows.values()
    )
    assert b'"value"' not in stored and secret(0).encode() not in stored


async def test_dots_E7_leaving_shows_nothing_and_returning_continues_the_vote() -> None:
    meeting, tone, _, _ = await open_vote()
    for n in range(5):
        await meeting.do(lays(n, tone))
    await meeting.do(ask(Go, item=Q1))
    assert await meeting.code(lays("late", tone)) == "not_asked"
    assert not meeting.board.every(DotsResult)
    assert await meeting.code(ask(OpenVote, activity=DOTS)) == "not_live"
    await meeting.do(ask(Go, item=DOTS))
    await meeting.do(lays("late", tone))
    await meeting.do(close())
    assert result(meeting).voters == 6


async def test_dots_a_vote_without_themes_does_not_open() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=DOTS))
    assert not meeting.board.every(Balloting)
    assert await meeting.code(close()) == "not_asked"


async def test_dots_the_summary_has_the_sums_the_most_first() -> None:
    meeting, tone, calm, _ = await open_vote()
    item, say = meeting.board.one(Item, DOTS), words("da")
    for n in range(5):
        await meeting.do(lays(n, calm, calm, tone))
    assert report(meeting.board, item, say) == []
    await meeting.do(close(), ask(End, workshop=W))
    (block,) = report(meeting.board, item, say)
    assert isinstance(block, Splits)
    assert [(one.card.name, one.bars[0].yes, one.bars[0].of) for one in block.splits] == [
        ("Ro", 10, 15),
        ("Tone", 5, 15),
        ("Plan", 0, 15),
    ]
    assert "5" in block.caption


def test_dots_the_script_and_the_examples_are_there() -> None:
    for language in languages():
        texts = texts_of(language)
        assert len([key for key in texts if key.startswith("dots.desk.say.")]) >= 6
        assert len([key for key in texts if key.startswith("dots.desk.example.")]) >= 3
