"""A12: figures of several groups contain no group of fewer than five, and none can be computed from them."""

from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from app.activities.pulse.measured import measured
from app.activities.pulse.messages import Distribution, PulseResult, pulse_result_id
from app.engine.agenda import THRESHOLD, Item, Workshop
from app.engine.measured import Measured
from app.engine.records import Board, Held, Record
from app.locales import languages, words
from app.parts.factors import Tagged, tagged_id
from app.parts.themes import Theme
from app.processes.across import LEAST_GROUPS, Group, brought_by, by_factor, course, quarter_of
from app.processes.across_pictures import factors_picture, pulses_picture

#: The previous quarter is over.
TODAY, THEN = "2027-01-04", "2026-12-31"


def board(*records: Record) -> Board:
    made = Board()
    made.apply([Held(n, record) for n, record in enumerate(records, 1)])
    return made


def scale(n: int, step: int = 4) -> Distribution:
    return Distribution.model_validate({"counts": [n if at == step else 0 for at in range(1, 6)]})


def asked(n: int, day: str = THEN, step: int = 4) -> Board:
    """A group whose pulse was answered by this many, all the same."""
    fields = {"activity": "p", "theme": "t", "name": "Ro", "day": day, "more": 0}
    return board(PulseResult(id=pulse_result_id("p"), needed=None, better=scale(n, step), **fields))


def met(people: int | None, day: str = THEN, state: str = "ended", strength: bool = False) -> Board:
    """A group whose meeting had at most this many phones, with one theme on demands."""
    meeting = {"id": "w", "title": "Møde", "group": "g", "language": "da", "date": day, "cycle": 1}
    item = {"id": "q", "workshop": "w", "activity": "notes", "title": "", "position": 1.0, "minutes": 5}
    theme = {"id": "t", "name": "Ro", "paper": "korn", "of": "q", "position": 1.0, "strength": strength}
    return board(
        Workshop.model_validate(meeting | {"state": state, "people": people}),
        Item.model_validate(item | {"settings": {}}),
        Theme.model_validate(theme),
        Tagged(id=tagged_id("t"), theme="t", factors=("demands",)),
    )


def brought(*boards: Board) -> list[Group]:
    return [brought_by(one, [measured], TODAY) for one in boards]


@pytest.mark.parametrize("n", range(1, THRESHOLD))
def test_A12_a_group_of_fewer_than_five_changes_no_picture(n: int) -> None:
    without = brought(asked(5), asked(9, step=2), asked(7), met(6), met(12), met(5))
    with_it = without + brought(asked(n, step=1), met(n))
    assert course(with_it, "better") == course(without, "better") != []
    assert (
        by_factor(with_it)
        == by_factor(without)
        == {**dict.fromkeys(by_factor(without) or {}, 0), "demands": 3}
    )
    assert len(course(without, "better")) == 1


def test_A12_uncounted_meetings_and_those_under_way_count_as_too_few() -> None:
    for other in (met(None), met(9, state="live"), met(9, state="draft"), met(9, strength=True)):
        assert not any(brought(other)[0].themes.values())


def test_A12_nothing_is_shown_of_a_quarter_that_is_not_over() -> None:
    now = brought(
        *[asked(9, day="2027-01-02") for _ in range(5)], *[met(9, day="2027-01-02") for _ in range(5)]
    )
    assert course(now, "better") == [] and by_factor(now) is None
    assert [quarter_of(f"2026-{month:02}-15") for month in (1, 3, 4, 6, 7, 9, 10, 12)] == [
        f"2026-{nth}" for nth in (1, 1, 2, 2, 3, 3, 4, 4)
    ]


def test_A12_two_groups_are_not_combined_since_each_would_know_the_other() -> None:
    two = brought(asked(9), asked(30), met(9), met(30))
    assert course(two, "better") == [] and by_factor(two) is None
    # Many pulses of one group are one group.
    many = Group(tuple(Measured("better", THEN, 40, 10) for _ in range(LEAST_GROUPS)), {})
    assert course([many, *two], "better") != [] and course([many, two[0]], "better") == []


GROUPS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["2026-02-01", "2026-08-01", THEN]), st.integers(1, 12), st.integers(1, 5)),
        max_size=3,
    ),
    max_size=6,
)


@given(GROUPS)
def test_A12_two_views_differ_by_whole_groups_of_five_or_more(
    groups: list[list[tuple[str, int, int]]],
) -> None:
    """For anybody who leads some groups, or looks before and after: two sums never differ by less."""
    each = [
        Group(tuple(Measured("better", day, n * step, n) for day, n, step in figures if n >= THRESHOLD), {})
        for figures in groups
    ]
    for left_out in combinations(range(len(each)), 1):
        some = [one for at, one in enumerate(each) if at not in left_out]
        gone = each[left_out[0]].measured
        for point in course(each, "better"):
            before = next((one for one in course(some, "better") if one.quarter == point.quarter), None)
            own = sum(one.n for one in gone if quarter_of(one.day) == point.quarter)
            assert point.groups >= LEAST_GROUPS
            assert before is None or before == point or own >= THRESHOLD


@pytest.mark.parametrize("language", languages())
def test_A12_both_pictures_say_the_same_in_words(language: str) -> None:
    say = words(language)
    groups = brought(asked(5), asked(5), asked(10, step=3), met(5), met(6), met(7))
    themes = by_factor(groups)
    assert themes is not None
    assert f"{say('factors.report.name.demands')}: 3" in factors_picture(themes, say).alt
    picture = pulses_picture({"better": course(groups, "better"), "needed": []}, say)
    assert picture is not None and f"3{say('pulse.report.point')}5" in picture.alt
    assert pulses_picture({"better": [], "needed": []}, say) is None
