"""Subscribers are reminded the day before a meeting, and when planned actions are due; one tap ends it."""

import asyncio
from datetime import date, timedelta

import httpx2
import pytest
from sqlalchemy import select

from app.engine.agenda import Workshop
from app.engine.commands import new_id
from app.locales import languages, words
from app.mail.ahead import OnDay, Plan, Reader, due, letter_of
from app.mail.tables import reminder
from app.parts.plan import Action, ActionStatus
from app.processes.tables import membership
from tests.support.house import House
from tests.support.post import Post

TODAY = date(2027, 1, 4)
DAY = timedelta(days=1)
#: In how many days, and its status.
ACTIONS: tuple[tuple[int, ActionStatus], ...] = (
    (0, "not_started"),
    (0, "done"),
    (0, "dropped"),
    (5, "under_way"),
)


@pytest.mark.parametrize(("of", "told"), [("", {1}), ("Handleplan", {0, 7})])
def test_X28_a_meeting_is_told_the_day_before_and_others_a_week_before_and_on_the_day(
    of: str, told: set[int]
) -> None:
    found = {n for n in range(-10, 20) if due([OnDay(TODAY + n * DAY, of)], TODAY - DAY, TODAY)}
    assert found == told


def test_X28_after_days_of_silence_what_still_lies_ahead_is_told_and_the_rest_is_not() -> None:
    days = [OnDay(TODAY + n * DAY, "Handleplan") for n in (-1, 0, 3, 8)]
    # A week ago nobody was reminded: of what is due in three days there should have been a mail four days
    # ago.
    assert [one.day - TODAY for one in due(days, TODAY - 7 * DAY, TODAY)] == [0 * DAY, 3 * DAY]
    assert due(days, TODAY, TODAY) == []


@pytest.mark.parametrize("language", languages())
def test_X28_the_mail_says_when_and_where_and_puts_names_in_as_they_are(language: str) -> None:
    say = words(language)
    plan = Plan("{company} Æ", "Bakke\r\ndal", language, ())
    found = [
        OnDay(TODAY, "{of}"),
        OnDay(TODAY, "{of}"),
        OnDay(TODAY + DAY, ""),
        OnDay(TODAY + 7 * DAY, "Puls"),
    ]
    mail = letter_of(plan, found, TODAY, Reader("Åse {name}", "aase@firma.dk"), say, link="L", ends="E")
    lead = say("mail.reminder.lead").replace("{group}", "Æ Æ").replace("{company}", "Bakke dal")
    assert lead in mail.text.replace("{company} Æ", "Æ Æ")
    assert (
        "Åse {name}" in mail.text and "- " in mail.text and "\nL\n" in mail.text and mail.text.endswith("\nE")
    )
    assert mail.subject.endswith("{company} Æ") and mail.ends == "E"
    expected = {
        "da": ["I dag, mandag den 4. januar 2027: {of}, 2 punkter",
               "I morgen, tirsdag den 5. januar 2027: møde",
               "Om en uge, mandag den 11. januar 2027: Puls, ét punkt"],
        "en": ["Today, Monday 4 January 2027: {of}, 2 items", "Tomorrow, Tuesday 5 January 2027: meeting",
               "In a week, Monday 11 January 2027: Puls, one item"],
    }  # fmt: skip
    assert [line[2:] for line in mail.text.splitlines() if line.startswith("- ")] == expected[language]


# -- over HTTP ---------------------------------------------------------------------------------------------


def on(days: int) -> str:
    return (TODAY + days * DAY).isoformat()


async def reminded(home: House) -> tuple[httpx2.AsyncClient, dict[str, str]]:
    """A facilitator has a meeting tomorrow and three actions, and subscribed to reminders."""
    desk = await home.signed_in()
    made = await home.workshop(desk)
    who = (await desk.get("/api/session")).json()["account"]["id"]
    place = await home.app.services.processes.process(who, made["process"])
    assert place is not None
    board = place.board
    meeting = (await home.board(board)).every(Workshop)[made["id"]]
    await home.lay(
        board,
        meeting.with_(date=on(1), title="wolfram"),
        *(
            Action(id=new_id(), text="zirkon", theme=None, position=n, day=on(n), status=status)
            for n, status in ACTIONS
        ),
    )
    path = f"/api/processes/{made['process']}/reminder"
    assert (await desk.get(path)).json() == {"on": False, "possible": True}
    assert (await desk.put(path, json={"on": True})).status_code == 204
    assert (await desk.get(path)).json() == {"on": True, "possible": True}
    return desk, made


async def work(home: House) -> None:
    await home.app.services.mailing.remind()
    await home.app.services.mailing.send()


async def test_X28_one_mail_a_day_with_none_of_the_words_on_the_board(home: House, post: Post) -> None:
    await reminded(home)
    for _ in range(2):
        await work(home)
    (mail,) = post.mails
    text = mail.get_content()
    lines = [line.strip() for line in text.splitlines() if line.startswith("- ")]
    assert lines == [
        "- I dag, mandag den 4. januar 2027: Handleplan, ét punkt",
        "- I morgen, tirsdag den 5. januar 2027: møde",
    ]
    assert mail["Subject"] == "Påmindelse: Montagen" and post.to == ["karen@bakkedal.dk"]
    assert not [word for word in ("wolfram", "zirkon") if word in text]
    home.forward(days=1)
    await work(home)
    assert len(post.mails) == 1


async def test_X28_two_processes_remind_once(home: House, post: Post) -> None:
    await reminded(home)
    await asyncio.gather(*(home.app.services.mailing.remind() for _ in range(2)))
    await home.app.services.mailing.send()
    assert len(post.mails) == 1


async def test_X28_nobody_is_woken(home: House, post: Post) -> None:
    await reminded(home)
    home.forward(hours=-6)
    await work(home)
    assert post.mails == []


async def test_X2_one_tap_ends_it_and_opening_the_address_does_not(home: House, post: Post) -> None:
    desk, made = await reminded(home)
    await work(home)
    ends = str(post.mails[0]["List-Unsubscribe"]).strip("<>").removeprefix("http://localhost:8000")
    anybody = home.client()
    page = await anybody.get(ends)
    assert (
        page.status_code == 200 and '<form method="post">' in page.text and "set-cookie" not in page.headers
    )
    path = f"/api/processes/{made['process']}/reminder"
    assert (await desk.get(path)).json()["on"] is True
    # As a mail program does it: without an origin, by a form (RFC 8058).
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    del anybody.headers["Origin"]
    for _ in range(2):
        answer = await anybody.post(ends, content=b"List-Unsubscribe=One-Click", headers=form)
        assert answer.status_code == 200
        assert (await desk.get(path)).json()["on"] is False
    for wrong in ("/unsubscribe/x", ends[:-1]):
        assert (await anybody.get(wrong)).status_code == (await anybody.post(wrong)).status_code == 410
    # Only there may a form have no origin.
    assert (await anybody.post("/api/session", content=b"a=b", headers=form)).status_code == 403


async def test_X20_people_who_left_the_process_get_nothing(home: House, post: Post) -> None:
    await reminded(home)
    async with home.database.begin() as connection:
        await connection.execute(membership.delete())
    await work(home)
    async with home.database.connect() as connection:
        assert (await connection.execute(select(reminder))).all() == []
    assert post.mails == []
