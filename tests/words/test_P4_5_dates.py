"""P4.5: the meaning of phrases. Each row is a phrase; none may be wrong, and no day is never wrong."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from app.words.date_words import TABLES
from app.words.dates import Meaning, meaning

#: A Wednesday, in ISO week 48.
TODAY = date(2026, 11, 25)

MEANT = """
da | inden for to måneder               | 2027-01-25
da | inden to måneder                   | 2027-01-25
da | Inden for  TO måneder.             | 2027-01-25
da | inden for de næste to måneder      | 2027-01-25
da | inden for 14 dage                  | 2026-12-09
da | inden for en måned                 | 2026-12-25
da | i løbet af de næste to uger        | 2026-12-09
da | om 14 dage                         | 2026-12-09
da | om en uge                          | 2026-12-02
da | om tre uger                        | 2026-12-16
da | om 6 uger                          | 2027-01-06
da | om tre måneder                     | 2027-02-25
da | om 3 mdr.                          | 2027-02-25
da | om ca. 2 måneder                   | 2027-01-25
da | om et halvt år                     | 2027-05-25
da | om halvandet år                    | 2028-05-25
da | om et år                           | 2027-11-25
da | senest om en måned                 | 2026-12-25
da | tre uger fra i dag                 | 2026-12-16
da | i dag                              | 2026-11-25
da | i morgen                           | 2026-11-26
da | i overmorgen                       | 2026-11-27
da | senest 1. marts                    | 2027-03-01
da | senest den 1. marts 2027           | 2027-03-01
da | 1. marts senest                    | 2027-03-01
da | d. 1. marts                        | 2027-03-01
da | til 1. marts                       | 2027-03-01
da | før 1. marts                       | 2027-02-28
da | 1/3                                | 2027-03-01
da | 3/4                                | 2027-04-03
da | 3/4-27                             | 2027-04-03
da | 01.03.2027                         | 2027-03-01
da | 1.3.                               | 2027-03-01
da | 2027-03-01                         | 2027-03-01
da | 1. marts 2020                      | 2020-03-01
da | 29. februar 2028                   | 2028-02-29
da | 3. maj kl. 14                      | 2027-05-03
da | d. 25. november                    | 2026-11-25
da | den 15.                            | 2026-12-15
da | den første april                   | 2027-04-01
da | fredag den 5. marts                | 2027-03-05
da | tirs. d. 1/12                      | 2026-12-01
da | lørdag den 28. november            | 2026-11-28
da | fra 1. december                    | 2026-12-01
da | pr. 1. januar                      | 2027-01-01
da | fra og med den 1. januar           | 2027-01-01
da | på fredag                          | 2026-11-27
da | fredag                             | 2026-11-27
da | senest på fredag                   | 2026-11-27
da | fredag kl. 10.30                   | 2026-11-27
da | nu på fredag                       | 2026-11-27
da | førstkommende fredag               | 2026-11-27
da | denne fredag                       | 2026-11-27
da | fredag i næste uge                 | 2026-12-04
da | fredag i uge 50                    | 2026-12-11
da | næste onsdag                       | 2026-12-02
da | onsdag om en uge                   | 2026-12-02
da | første mandag i marts              | 2027-03-01
da | sidste fredag i januar             | 2027-01-29
da | uge 12                             | 2027-03-26
da | i uge 3                            | 2027-01-22
da | uge 2 2027                         | 2027-01-15
da | uge 48                             | 2026-11-27
da | uge 53                             | 2027-01-01
da | senest i uge 12                    | 2027-03-26
da | i løbet af uge 50                  | 2026-12-11
da | inden uge 12                       | 2027-03-19
da | fra uge 12                         | 2027-03-22
da | næste uge                          | 2026-12-04
da | i denne uge                        | 2026-11-27
da | inden ugens udgang                 | 2026-11-27
da | marts                              | 2027-03-31
da | i marts                            | 2027-03-31
da | november                           | 2026-11-30
da | senest i marts                     | 2027-03-31
da | inden marts                        | 2027-02-28
da | næste måned                        | 2026-12-31
da | inden udgangen af marts            | 2027-03-31
da | inden udgangen af måneden          | 2026-11-30
da | inden udgangen af næste måned      | 2026-12-31
da | i slutningen af januar             | 2027-01-31
da | ultimo marts                       | 2027-03-31
da | primo april                        | 2027-04-01
da | medio maj                          | 2027-05-15
da | i 1. kvartal                       | 2027-03-31
da | første kvartal 2028                | 2028-03-31
da | første halvår                      | 2027-06-30
da | i år                               | 2026-12-31
da | i 2027                             | 2027-12-31
da | næste år                           | 2027-12-31
da | inden årets udgang                 | 2026-12-31
da | inden jul                          | 2026-12-23
da | inden nytår                        | 2026-12-31
en | within two months                  | 2027-01-25
en | within the next 3 weeks            | 2026-12-16
en | in six months                      | 2027-05-25
en | in three weeks' time               | 2026-12-16
en | in a fortnight                     | 2026-12-09
en | in half a year                     | 2027-05-25
en | a year from now                    | 2027-11-25
en | over the next two weeks            | 2026-12-09
en | in the next two months             | 2027-01-25
en | today                              | 2026-11-25
en | tomorrow                           | 2026-11-26
en | the day after tomorrow             | 2026-11-27
en | by March 1                         | 2027-03-01
en | by the 1st of March                | 2027-03-01
en | no later than 1 March              | 2027-03-01
en | 1 March at the latest              | 2027-03-01
en | March 1, 2027                      | 2027-03-01
en | before March 1                     | 2027-02-28
en | Friday, March 5                    | 2027-03-05
en | Dec 15th                           | 2026-12-15
en | 15.12.2026                         | 2026-12-15
en | 12/15/2026                         | 2026-12-15
en | 4/4                                | 2027-04-04
en | on the 15th                        | 2026-12-15
en | as of January 1                    | 2027-01-01
en | until December 15                  | 2026-12-15
en | Friday                             | 2026-11-27
en | by Friday                          | 2026-11-27
en | Friday at 2 pm                     | 2026-11-27
en | this Friday                        | 2026-11-27
en | next Wednesday                     | 2026-12-02
en | a week on Friday                   | 2026-12-04
en | Friday week                        | 2026-12-04
en | Friday next week                   | 2026-12-04
en | last Friday of June                | 2027-06-25
en | week 12                            | 2027-03-26
en | from week 3                        | 2027-01-18
en | next week                          | 2026-12-04
en | by the end of the week             | 2026-11-27
en | in March                           | 2027-03-31
en | before February                    | 2027-01-31
en | next month                         | 2026-12-31
en | by the end of March                | 2027-03-31
en | end of next month                  | 2026-12-31
en | by the end of this month           | 2026-11-30
en | end of Q1                          | 2027-03-31
en | Q3 2027                            | 2027-09-30
en | the first quarter                  | 2027-03-31
en | before Q2                          | 2027-03-31
en | end of quarter                     | 2026-12-31
en | by year-end                        | 2026-12-31
en | end of the year                    | 2026-12-31
en | before Christmas                   | 2026-12-24
da | by March 1                         | 2027-03-01
en | senest 1. marts                    | 2027-03-01
"""

DOUBTFUL = """
da | næste fredag       | 2026-11-27 2026-12-04
en | next Friday        | 2026-11-27 2026-12-04
da | mandag om en uge   | 2026-11-30 2026-12-07
da | onsdag             | 2026-11-25 2026-12-02
da | om otte dage       | 2026-12-02 2026-12-03
da | inden fredag       | 2026-11-26 2026-11-27
da | inden 1. marts     | 2027-02-28 2027-03-01
da | til marts          | 2027-02-28 2027-03-31
da | inden påske        | 2027-03-19 2027-03-24
en | before Easter      | 2027-03-25 2027-03-27
en | by March           | 2027-02-28 2027-03-31
en | by week 12         | 2027-03-19 2027-03-26
en | 3/4                | 2027-03-04 2027-04-03
en | 1.3.               | 2027-01-03 2027-03-01
da | by 3/4             | 2027-03-04 2027-04-03
"""

NO_DAY = """
da | efter sommerferien
da | inden sommerferien
da | efter nytår
da | til sommer
da | i foråret
da | løbende
da | hurtigst muligt
da | snart
da | hver mandag
da | næste møde
da | når Mette er tilbage
da | i starten af marts
da | omkring 1. marts
da | om et par uger
da | om en måneds tid
da | om to-tre uger
da | halvandet år
da | inden for den næste måned
da | 1. marts eller 1. april
da | 1.-5. marts
da | uge 12-13
da | uge 0
da | uge 54
da | 31. februar
da | 29.02.2027
da | 1. marts 9999
da | den 32.
da | 40/40
da | 1/13
da | torsdag den 5. marts
da | om 0 dage
da | 1. marts, men kun hvis Ole kan
en | as soon as possible
en | after the summer
en | ongoing
en | every Friday
en | in a couple of weeks
en | in 10 working days
en | early March
en | by Christmas
en | Monday or Tuesday
en | Friday, March 6
en | February 30
en | this Monday
en | next March
"""


def named(cell: str) -> str:
    return cell.replace(" ", "_")


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


def test_P4_5_there_are_at_least_120_phrases_in_two_languages() -> None:
    meant = {row[:2] for row in rows(MEANT)}
    assert len(meant) >= 120
    assert min(sum(language == each for language, _ in meant) for each in TABLES) >= 45


@pytest.mark.parametrize(("language", "phrase", "day"), rows(MEANT), ids=named)
def test_P4_5_a_phrase_means_its_day(language: str, phrase: str, day: str) -> None:
    assert meaning(phrase, TODAY, language) == Meaning(day=date.fromisoformat(day))


@pytest.mark.parametrize(("language", "phrase", "days"), rows(DOUBTFUL), ids=named)
def test_P4_5_what_can_be_read_in_two_ways_has_no_day_but_both_are_told(
    language: str, phrase: str, days: str
) -> None:
    either = tuple(date.fromisoformat(day) for day in days.split())
    assert meaning(phrase, TODAY, language) == Meaning(either=either)


@pytest.mark.parametrize(("language", "phrase"), rows(NO_DAY), ids=named)
def test_P4_5_what_is_not_understood_to_the_last_word_has_no_day(language: str, phrase: str) -> None:
    assert meaning(phrase, TODAY, language) == Meaning()


def test_P4_5_the_next_meeting_has_the_day_it_is_planned_for() -> None:
    planned = date(2026, 12, 17)
    for language, phrase in (("da", "næste møde"), ("da", "til næste møde"), ("en", "at the next meeting")):
        assert meaning(phrase, TODAY, language, planned) == Meaning(day=planned)


EVERY_DAY = [date(2024, 1, 1) + timedelta(n) for n in range(366 * 5)]


def test_P4_5_whatever_day_it_is_a_phrase_keeps_its_meaning() -> None:
    for today in EVERY_DAY:
        march = meaning("senest 1. marts", today, "da").day
        assert march and (march.month, march.day) == (3, 1) and 0 <= (march - today).days <= 366
        week = meaning("uge 12", today, "da").day
        if week is not None:
            assert week.isocalendar()[1:] == (12, 5) and 0 <= (week - today).days <= 371
        friday = meaning("fredag i næste uge", today, "da").day
        if friday is not None:
            assert friday - timedelta(11) == today - timedelta(today.weekday())
        quarter = meaning("end of Q1", today, "en").day
        assert quarter and (quarter.month, quarter.day) == (3, 31) and quarter >= today
        christmas = meaning("inden jul", today, "da").day
        assert christmas and (christmas.month, christmas.day) == (12, 23) and christmas >= today


def test_P4_5_no_phrase_of_the_tables_means_a_day_behind_us() -> None:
    phrases = [row[:2] for row in rows(MEANT) if not re.search(r"\d{4}|-27", row[1])]
    for today in EVERY_DAY[::37]:
        for language, phrase in phrases:
            found = meaning(phrase, today, language)
            assert all(day >= today for day in (found.day, *found.either) if day), (today, phrase)


@settings(max_examples=300)
@given(st.text(max_size=90), st.dates(date(2001, 1, 1), date(2099, 1, 1)), st.sampled_from(["da", "en"]))
def test_P4_5_any_text_is_read_without_harm(text: str, today: date, language: str) -> None:
    found = meaning(text, today, language)
    assert found.day is None or not found.either


_WORDS = st.sampled_from(
    sorted({word for _, phrase, *_ in [*rows(MEANT), *rows(DOUBTFUL)] for word in phrase.split()}),
)


@settings(max_examples=500)
@given(st.lists(_WORDS, min_size=1, max_size=6), st.dates(date(2001, 1, 1), date(2099, 1, 1)))
def test_P4_5_words_in_any_order_are_read_without_harm(words: list[str], today: date) -> None:
    meaning(" ".join(words), today, "da")


def test_P4_5_a_long_text_is_read_at_once() -> None:
    assert meaning("om " * 3000, TODAY, "da") == Meaning()
