"""2.5, A12: which anonymous answers are shown, and when. Casting is tested with the kinds that use it."""

from collections import Counter

import pytest

from app.engine.activity import nobody
from app.engine.agenda import THRESHOLD
from app.engine.proof import hashed, proves
from app.engine.records import VIEWERS, Record
from app.parts.answers import MarksOn, released
from app.parts.ballots import Ballot, Balloting, ballots


@pytest.mark.parametrize("many", range(THRESHOLD))
def test_A12_below_five_nothing_is_released(many: int) -> None:
    assert released([1] * many) is None


def test_A12_from_five_on_it_is_said_how_often_each_was_answered() -> None:
    assert released([3, 1, 3, 2, 3]) == Counter({3: 3, 1: 1, 2: 1})


@pytest.mark.parametrize("further", range(5))
def test_A12_B75_reopened_it_is_released_again_only_after_five_further_answers(further: int) -> None:
    assert released([1] * (7 + further), before=7) is None
    assert released([1] * 12, before=7) == Counter({1: 12})


def test_A12_the_threshold_may_be_raised_and_never_lowered() -> None:
    assert released([1] * 7, threshold=8) is None
    assert released([1] * 8, threshold=8) is not None
    assert released([1] * 4, threshold=3) is None


def test_A1_no_view_shows_a_ballot_and_the_balloting_tells_no_time() -> None:
    assert ballots.records[Ballot] is nobody
    taking = Balloting(id="balloting:p", activity="p", count=4, moved_at=17)
    for viewer in VIEWERS:
        seen = ballots.records[Balloting](taking, viewer)
        assert seen is not None
        assert set(type(seen).model_fields) == {"kind", "id", "activity", "state", "count"}


def test_A1_a_ballot_keeps_a_hash_and_is_gone_at_the_end() -> None:
    ballot = Ballot(id="b", activity="p", of="t", value=1, secret_hash=hashed("s"), rev=2)
    assert proves("s", ballot.secret_hash) and not proves("t", ballot.secret_hash)
    record: Record = ballot
    assert record.closed() is None
    assert not proves("s", None)


def test_2_5_marks_are_limited_and_only_on_what_is_asked_about() -> None:
    allowed = MarksOn(frozenset({"a", "b"}), 3)
    for within in ((), ("a",), ("a", "a", "b")):
        assert within in allowed
    for beyond in (("a",) * 4, ("c",), 3, "ab", None):
        assert beyond not in allowed
