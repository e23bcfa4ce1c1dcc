"""D3: the rhythm, its calendar file, the next conversation, and the leader's list."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar
from sqlalchemy import text

from app.conversations.calendar import Appointment, calendar
from app.conversations.rhythm import Rhythm, after, last_and_next
from tests.conversations.conftest import EMPTY, Two, begin
from tests.support.house import House


@pytest.mark.parametrize(
    ("day", "rhythm", "next_day"),
    [
        ("2026-12-28", "week", "2027-01-04"),
        ("2026-12-28", "fortnight", "2027-01-11"),
        # The second Tuesday, and the last Monday if there is no fifth.
        ("2026-12-08", "month", "2027-01-12"),
        ("2026-11-30", "month", "2026-12-28"),
        ("2027-01-29", "month", "2027-02-26"),
        ("2026-12-28", "none", None),
    ],
)
def test_D3_the_day_after_this_one(day: str, rhythm: Rhythm, next_day: str | None) -> None:
    found = after(date.fromisoformat(day), rhythm)
    assert (found and found.isoformat()) == next_day


@pytest.mark.parametrize(
    ("days", "today", "found"),
    [
        (["2026-12-01"], "2026-12-01", (None, "2026-12-01")),
        (["2026-12-01"], "2026-12-02", ("2026-12-01", "2026-12-08")),
        (["2026-12-01"], "2026-12-20", ("2026-12-01", "2026-12-22")),
        (["2026-12-01", "2026-12-09"], "2026-12-05", ("2026-12-01", "2026-12-09")),
    ],
)
def test_D3_the_list_says_the_last_day_and_the_next(
    days: list[str], today: str, found: tuple[str | None, str | None]
) -> None:
    assert last_and_next(days, "week", today) == found


def appointment(rhythm: Rhythm, day: str = "2026-12-08", at: time | None = time(9, 30)) -> Appointment:
    now = datetime(2026, 11, 30, 8, tzinfo=UTC)
    return Appointment(
        "pair", 3, "Samtale: Ida; og\r\nATTENDEE:x", date.fromisoformat(day), at, 45, rhythm, now
    )


@pytest.mark.parametrize(("rhythm", "many"), [("week", 52), ("fortnight", 26), ("month", 12)])
def test_D3_a_series_stays_at_its_hour_when_the_clocks_change(rhythm: Rhythm, many: int) -> None:
    whole: Any = Calendar.from_ical(calendar(appointment(rhythm), "Europe/Copenhagen"))
    found = recurring_ical_events.of(whole).between((2026, 12, 1), (2028, 1, 1))
    begins = [event["DTSTART"].dt for event in found]
    assert len(begins) == many and {(each.hour, each.minute) for each in begins} == {(9, 30)}
    assert len({each.utcoffset() for each in begins}) == 2
    day: date | None = date(2026, 12, 8)
    for each in sorted(begins):
        assert each.date() == day
        day = after(each.date(), rhythm)


def test_D3_one_appointment_is_in_utc_and_a_day_without_a_time_is_a_day() -> None:
    whole: Any = Calendar.from_ical(calendar(appointment("none"), "Europe/Copenhagen"))
    (event,) = whole.walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2026, 12, 8, 8, 30, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2026, 12, 8, 9, 15, tzinfo=UTC)
    whole = Calendar.from_ical(calendar(appointment("none", at=None), "Mars"))
    (event,) = whole.walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 8), date(2026, 12, 9))
    # B36: one escaped line.
    assert "\nATTENDEE" not in event.to_ical().decode() and event["SEQUENCE"] == 3


async def test_D3_the_file_is_for_calendars_and_holds_no_link_and_no_answer(two: Two) -> None:
    await two.employee.writes("again", "Samme tid om 14 dage")
    it = await two.employee.sees()
    answer = await two.employee.asks("file", conversation=it["id"], zone="Europe/Copenhagen", **{"as": "ics"})
    text = answer.text
    assert "FREQ=WEEKLY" in text and "INTERVAL=2" in text and "TZID=Europe/Copenhagen" in text
    assert two.employee.token not in text and "http" not in text and "Samme tid" not in text


async def test_D3_the_next_conversation_has_the_same_links_and_shows_the_last_one(two: Two) -> None:
    await two.employee.writes("tasks", "Lageret")
    await two.employee.writes("change", "Et kursus")
    await two.leader.writes("change", "Jeg spørger")
    await two.leader.shares()
    first = await two.employee.sees()
    body = {"last": first["id"], "day": first["next_day"]}
    made = await two.employee.asks("next", **body)
    # Both press: only one conversation is made.
    assert (await two.leader.asks("next", **body)).json() == made.json()
    it = await two.employee.sees()
    assert [each["day"] for each in it["conversations"]] == [first["next_day"], first["day"]]
    assert await two.employee.reads("mine") == EMPTY | {"tasks": "Lageret"}
    assert (it["mine_shared"], it["theirs"]) == (False, None)
    earlier = it["earlier"]
    assert earlier["day"] == first["day"]
    assert {"question": "change", "text": "Et kursus"} in earlier["mine"]
    assert {"question": "change", "text": "Jeg spørger"} in earlier["theirs"]
    # B76: what was not shared then is not shown now.
    assert (await two.leader.sees())["earlier"]["theirs"] is None
    # The older one can be read with the same link, but not written.
    old = await two.employee.sees(conversation=first["id"])
    assert not old["writable"] and {"question": "change", "text": "Jeg spørger"} in old["theirs"]
    change = {"conversation": first["id"], "question": "change", "text": "x", "rev": 1}
    late = await two.employee.asks("answer", **change)
    assert (late.status_code, late.json()["code"]) == (409, "conversation_old")


async def test_D3_both_begin_the_next_at_the_same_moment_and_one_is_made(two: Two) -> None:
    """Both have read that the first is the newest before either has made one."""
    first = await two.employee.sees()
    talks = two.home.app.services.conversing.conversations
    both = [await talks.open(party.token, "address") for party in (two.employee, two.leader)]
    one, again = [await talks.go_on(it, first["id"], first["next_day"]) for it in both]
    assert one == again and len((await two.employee.sees())["conversations"]) == 2


async def test_D3_either_sets_the_rhythm_and_both_see_it(two: Two) -> None:
    day = (await two.employee.sees())["day"]
    plan = {"day": day, "time": None, "rhythm": "month", "minutes": 60}
    assert (await two.employee.asks("plan", **plan)).status_code == 204
    it = await two.leader.sees()
    assert {key: it[key] for key in plan} == plan
    for wrong in (
        {"day": "2099-01-01"},
        {"day": "2026-02-30"},
        {"time": "25:00"},
        {"minutes": 44},
        {"rhythm": "day"},
    ):
        assert (await two.leader.asks("plan", **(plan | wrong))).status_code == 422


# -- the leader's list, what a company says, and the end ----------------------------------------------------


async def test_D3_the_list_has_names_and_days_and_no_contents(two: Two) -> None:
    await two.employee.writes("tasks", "Lageret")
    await two.employee.shares()
    answer = await two.desk.get("/api/conversations")
    (row,) = answer.json()["pairs"]
    assert (row["employee"], row["rhythm"], row["minutes"], row["last"]) == (
        "Ida Skov",
        "fortnight",
        45,
        None,
    )
    assert row["next"] == (await two.employee.sees())["day"]
    assert "Lageret" not in answer.text and "shared" not in answer.text
    assert not any(party.token in answer.text for party in (two.employee, two.leader))


async def test_D3_deleting_a_pair_leaves_nothing(two: Two) -> None:
    other = await begin(two.home, two.desk, two.company, employee="Per")
    assert (await two.desk.delete(f"/api/conversations/{two.pair}")).status_code == 204
    assert (await two.employee.asks("open")).status_code == 403
    counts = {name: await count(two.home, name) for name in ("_link", "_answer", "")}
    assert counts == {"_link": 2, "_answer": 10, "": 1}
    assert other["id"] in [row["id"] for row in (await two.desk.get("/api/conversations")).json()["pairs"]]


async def test_D3_a_pair_is_kept_as_long_as_the_company_says(two: Two) -> None:
    path = f"/api/companies/{two.company}"
    assert (await two.desk.put(path, json={"keep_months": 3})).status_code == 204
    day = date.fromisoformat((await two.employee.sees())["deleted_on"])
    started = date.fromisoformat((await two.employee.sees())["day"])
    two.home.forward(days=(day - started).days - 1)
    await two.home.app.services.conversing.retain()
    await two.employee.sees()
    two.home.forward(days=1)
    await two.home.app.services.conversing.retain()
    assert (await two.employee.asks("open")).status_code == 403
    assert await count(two.home, "_answer") == 0


async def test_D2_a_company_switches_conversations_off_and_on(two: Two) -> None:
    await two.employee.writes("tasks", "Lageret")
    path = f"/api/companies/{two.company}/conversations"
    assert (await two.desk.put(path, json={"on": False})).status_code == 204
    # Reading and downloading work, writing does not.
    it = await two.employee.sees()
    assert it["switched_off"] and not it["writable"]
    assert (await two.employee.asks("file", conversation=it["id"], **{"as": "docx"})).status_code == 200
    for answer in (
        await two.employee.writes("tasks", "Mere"),
        await two.employee.asks("share", conversation=it["id"], shared=True),
        await two.employee.asks("next", last=it["id"], day=it["day"]),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "conversation_off")
    body = {"company": two.company, "employee": "Per", "language": "da", "day": it["day"], "time": None}
    begun = await two.desk.post("/api/conversations", json=body | {"rhythm": "none", "minutes": 30})
    assert (begun.status_code, begun.json()["code"]) == (409, "conversation_off")
    assert (await two.desk.put(path, json={"on": True})).status_code == 204
    assert (await two.employee.writes("tasks", "Mere")).status_code == 200


async def test_D2_a_company_takes_its_conversations_along(two: Two) -> None:
    assert (await two.desk.delete(f"/api/companies/{two.company}")).status_code == 204
    assert await count(two.home, "_answer") == 0


async def test_D2_no_summary_knows_of_a_conversation(two: Two) -> None:
    """The import contracts keep processes out of conversations; this test looks at the data."""
    await two.employee.writes("tasks", "Lageret")
    await two.employee.shares()
    held = await two.home.workshop(two.desk)
    for shape in ("summary", "summary.html"):
        answer = await two.desk.get(f"/api/workshops/{held['id']}/{shape}")
        assert answer.status_code == 200
        assert not any(word in answer.text for word in ("Lageret", "Ida Skov", "onversation", "amtale"))


async def count(home: House, table: str) -> int:
    async with home.database.connect() as connection:
        query = text(f"SELECT count(*) FROM conversation{table}")
        return int(await connection.scalar(query) or 0)
