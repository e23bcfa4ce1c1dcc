"""P4.1: its posters, and their part of the summary."""

from app.activities.stop_more_new.report import report
from app.blocks.paragraph import Paragraph
from app.blocks.posters import Posters
from app.engine.agenda import Item
from app.locales import words
from app.parts.notes.messages import HideNote, StopWriting
from app.parts.proposals import AskHow, PickProposal
from tests.support.boards import STOP, WRITES, Meeting, ask, new_id

KIND = "stop_more_new"


async def with_proposals() -> tuple[Meeting, list[str]]:
    meeting = await Meeting.open()
    await meeting.opened_for_writing(KIND)
    return meeting, await meeting.proposals("stop", "more", "new", item=STOP)


def test_P4_1_its_posters() -> None:
    assert WRITES[KIND] == ("stop", "more", "new")


async def test_P4_1_P4_4_the_summary_has_the_posters_with_chains_and_marks() -> None:
    meeting, (first, *_, last) = await with_proposals()
    await meeting.do(ask(AskHow, how=new_id("h"), of=first, text="sådan"), ask(PickProposal, note=first))
    await meeting.do(ask(AskHow, how=new_id("hh"), of=new_id("h"), text="helt nøjagtigt"))
    await meeting.do(ask(HideNote, note=last, base=meeting.seq(last)))
    block, aside = report(meeting.board, meeting.board.one(Item, STOP), words("da"))
    assert isinstance(block, Posters)
    assert block.theme.name == "Tonen" and len(block.posters) == 3
    (proposal,) = block.posters[0].proposals
    assert (proposal.text, proposal.picked) == ("on stop", True)
    assert [(how.text, how.depth) for how in proposal.hows] == [("sådan", 1), ("helt nøjagtigt", 2)]
    # A13: notes put aside are counted and not shown.
    assert aside == Paragraph(text=words("da")("posters.report.aside.one"), tone="quiet")
    assert block.posters[-1].proposals == ()


async def test_A16_what_is_not_turned_over_is_in_no_summary() -> None:
    meeting = await Meeting.open()
    item = await meeting.opened_for_writing(KIND)
    say = words("da")
    assert report(meeting.board, meeting.board.one(Item, item), say) == []
    await meeting.do(meeting.hung(item, "a", "marked"))
    # F8: the summary mentions it once the room was shown it.
    assert report(meeting.board, meeting.board.one(Item, item), say) == []
    await meeting.do(ask(StopWriting, activity=item))
    (said,) = report(meeting.board, meeting.board.one(Item, item), say)
    assert isinstance(said, Paragraph) and "marked" not in said.text


async def test_P4_1_without_a_theme_there_is_nothing_to_say() -> None:
    meeting = await Meeting.open()
    assert report(meeting.board, meeting.board.one(Item, STOP), words("da")) == []
