"""P4.4, P4.5: proposals are asked "how?" until they are concrete, and marked for the action plan."""

from app.engine.undo import UndoCommand
from app.parts.notes.messages import DeleteNote, HideNote
from app.parts.proposals import (
    AskHow,
    DropHow,
    How,
    Picked,
    PickProposal,
    RewordHow,
    UnpickProposal,
    chain_under,
    picked_id,
)
from tests.support.boards import STOP, Meeting, W, ask, new_id


async def with_proposal() -> tuple[Meeting, str]:
    meeting = await Meeting.open()
    await meeting.turned("a")
    await meeting.headed(STOP, await meeting.theme("Tonen", "a"))
    (proposal,) = await meeting.proposals("more")
    return meeting, proposal


def how(name: str, of: str, text: str | None = None) -> AskHow:
    command: AskHow = ask(AskHow, how=new_id(name), of=of, text=text or name)
    return command


def read(meeting: Meeting, of: str) -> list[tuple[int, str]]:
    return [(depth, answer.text) for depth, answer in chain_under(meeting.board, of)]


async def test_P4_4_answers_hang_under_the_proposal_and_are_asked_again() -> None:
    meeting, proposal = await with_proposal()
    await meeting.do(how("ti minutter", proposal), how("kl. 7.10", new_id("ti minutter")))
    await meeting.do(how("ved tavlen", proposal))
    assert read(meeting, proposal) == [(1, "ti minutter"), (2, "kl. 7.10"), (1, "ved tavlen")]


async def test_P4_4_a_chain_is_five_answers_deep_and_no_deeper() -> None:
    meeting, proposal = await with_proposal()
    of = proposal
    for n in range(5):
        await meeting.do(how(f"h{n}", of))
        of = new_id(f"h{n}")
    assert await meeting.code(how("h5", of)) == "too_deep"
    assert len(read(meeting, proposal)) == 5


async def test_P4_4_only_what_the_room_can_read_on_a_poster_is_asked() -> None:
    meeting, proposal = await with_proposal()
    assert await meeting.code(how("x", new_id("a"))) == "unknown"
    assert await meeting.code(how("x", new_id("nothing"))) == "unknown"
    await meeting.do(ask(HideNote, note=proposal, base=meeting.seq(proposal)))
    assert await meeting.code(how("x", proposal)) == "unknown"
    assert await meeting.code(ask(PickProposal, note=proposal)) == "unknown"


async def test_P4_4_an_answer_is_reworded_and_taken_away_with_what_hangs_under_it() -> None:
    meeting, proposal = await with_proposal()
    await meeting.do(how("h1", proposal), how("h2", new_id("h1")), how("h3", new_id("h2")))
    stale = ask(RewordHow, how=new_id("h1"), base=1, text="nyt")
    assert await meeting.code(stale) == "stale"
    await meeting.do(ask(RewordHow, how=new_id("h1"), base=meeting.seq(new_id("h1")), text="nyt"))
    await meeting.do(ask(DropHow, how=new_id("h2"), base=meeting.seq(new_id("h2"))))
    assert read(meeting, proposal) == [(1, "nyt")]
    await meeting.do(ask(UndoCommand, workshop=W))
    assert read(meeting, proposal) == [(1, "nyt"), (2, "h2"), (3, "h3")]


async def test_P4_5_a_proposal_is_marked_for_the_plan_once() -> None:
    meeting, proposal = await with_proposal()
    await meeting.do(ask(PickProposal, note=proposal), ask(PickProposal, note=proposal))
    (mark,) = meeting.board.every(Picked).values()
    assert (mark.id, mark.note, mark.poster) == (picked_id(proposal), proposal, "more")
    assert mark.theme == new_id("theme Tonen")
    await meeting.do(ask(UnpickProposal, note=proposal), ask(UnpickProposal, note=proposal))
    assert not meeting.board.every(Picked)


async def test_A5_a_proposal_that_is_deleted_takes_its_answers_and_its_mark_along() -> None:
    meeting, proposal = await with_proposal()
    await meeting.do(how("h1", proposal), how("h2", new_id("h1")), ask(PickProposal, note=proposal))
    await meeting.do(ask(DeleteNote, note=proposal))
    assert not meeting.board.every(How) and not meeting.board.every(Picked)
