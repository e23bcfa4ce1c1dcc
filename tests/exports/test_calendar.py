"""P4.7: the dates of a process as calendar files: read by two libraries, subscribed to, withdrawn."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import recurring_ical_events
import vobject
from icalendar import Calendar

from app.activities.pulse.messages import PulseSettings
from app.activities.reflection.messages import Mark, Progress, Reminder
from app.activities.registry import registry
from app.engine.agenda import Workshop
from app.engine.commands import Role
from app.engine.dated import Dated
from app.engine.records import Board, Held, Record
from app.exports.addresses import CalendarAddresses
from app.exports.calendar import calendar, groups_of
from app.exports.gather import gather
from app.http.errors import Problem
from app.locales import words
from app.parts.plan import Action
from app.parts.themes import Theme
from app.storage.database import Database
from tests.exports.web import OTHER, PROCESS, START, Now, Web
from tests.support.boards import item
from tests.support.naughty import NAUGHTY

DA = words("da")
DATES = {name: kind.dates for name, kind in registry.kinds.items() if kind.dates}
HOSTILE = "a\r\nATTENDEE:mailto:x@example.com\nBEGIN:VEVENT;x,y\\n:æ"


def board_of(*records: Record) -> Board:
    board = Board()
    board.apply(Held(seq, record) for seq, record in enumerate(records, 1))
    return board


def meeting(id: str, day: str, **fields: Any) -> Workshop:
    return Workshop(id=id, title="Opfølgning", group="Montagen", language="da", date=day, **fields)


def plan(id: str, text: str, **fields: Any) -> Action:
    return Action(id=id, theme="t", text=text, position=1, **fields)


RECORDS = (
    Theme(id="t", of="q", name="Afbrydelser", paper="fjord", position=1),
    meeting("past", "2026-12-03", state="ended"),
    meeting("next", "2027-02-01"),
    item("p", "pulse", 1, "next", **PulseSettings(theme="t", name="Afbrydelser").model_dump(mode="json")),
    item("done", "pulse", 1, "past").with_(state="done"),
    plan("one", "Ti minutter ved tavlen", day="2027-01-25", responsible=("Emil", "Dorte"), how="Kl. 7.10"),
    plan("two", "Fast afløser", day="2027-03-26", status="done"),
    plan("dropped", "Ny hal", day="2027-03-26", status="dropped"),
    plan("someday", "Når vi kan", when="hurtigst muligt"),
    Reminder(id="r", theme="t", meeting="Mandagsmødet", day="2027-02-08", who="Dorte"),
    Progress(id="w", theme="t", by="2027-06-30", marks=(Mark(day="2027-01-04", value=3, want=8),)),
)


def found(*records: Record) -> dict[str, tuple[Dated, ...]]:
    gathered = gather(board_of(*records), company="Bakkedal", group="Montagen")
    assert gathered is not None
    return {group.of: group.dates for group in groups_of(gathered, DATES, DA)}


def made(*days: Dated, now: int = START, **how: Any) -> bytes:
    return calendar(days, process=PROCESS, now=now, language="da", **how)


def events(file: bytes) -> list[Any]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


def both(file: bytes) -> list[tuple[str, object, object]]:
    """What two libraries read: title, first day, and the day after the last; they must agree."""
    theirs = [
        (each.summary.value, each.dtstart.value, each.dtend.value)
        for each in getattr(vobject.readOne(file.decode()), "vevent_list", [])
    ]
    ours = [(str(each["summary"]), each.decoded("dtstart"), each.decoded("dtend")) for each in events(file)]
    assert ours == theirs
    return ours


def test_P4_7_meetings_pulses_actions_and_what_is_taken_up_again_have_days() -> None:
    said = {of: [(one.day, one.title) for one in days] for of, days in found(*RECORDS).items()}
    assert said == {
        "meeting": [("2027-02-01", "Opfølgning (Montagen)")],
        "action_plan": [("2027-01-25", "Ti minutter ved tavlen"), ("2027-03-26", "Gjort: Fast afløser")],
        "pulse": [("2027-02-01", "Puls på ”Afbrydelser”")],
        "reflection": [
            ("2027-02-08", "Vi tager ”Afbrydelser” op igen"),
            ("2027-06-30", "Her vil vi være med ”Afbrydelser”"),
        ],
    }


def test_P4_7_a_pulse_by_link_has_its_last_day_and_a_day_that_is_none_is_left_out() -> None:
    settings = PulseSettings(open_until="2027-02-05").model_dump(mode="json")
    live = item("p", "pulse", 1, "next", **settings)
    days = found(meeting("next", "2027-02-01"), live)["pulse"]
    assert [(one.day, one.title) for one in days] == [
        ("2027-02-01", "Puls"),
        ("2027-02-05", "Sidste dag: Puls"),
    ]
    none = PulseSettings(open_until="2027-02-31").model_dump(mode="json")
    days = found(meeting("next", "2027-02-01"), item("p", "pulse", 1, "next", **none))["pulse"]
    assert [one.day for one in days] == ["2027-02-01"]


def test_P4_7_two_libraries_read_all_day_entries_that_end_the_next_day() -> None:
    days = found(*RECORDS)
    file = made(*days["action_plan"], *days["reflection"], name="Handleplan: Montagen")
    assert both(file) == [
        ("Ti minutter ved tavlen", date(2027, 1, 25), date(2027, 1, 26)),
        ("Gjort: Fast afløser", date(2027, 3, 26), date(2027, 3, 27)),
        ("Vi tager ”Afbrydelser” op igen", date(2027, 2, 8), date(2027, 2, 9)),
        ("Her vil vi være med ”Afbrydelser”", date(2027, 6, 30), date(2027, 7, 1)),
    ]
    (one,) = recurring_ical_events.of(Calendar.from_ical(file)).at("20270125")
    assert "Ansvarlig: Emil, Dorte\n" in one["description"] and "Tema: Afbrydelser\n" in one["description"]
    assert b"\r\n" in file and b"\n" not in file.replace(b"\r\n", b"")
    assert max(len(line) for line in file.split(b"\r\n")) <= 75


def test_P4_7_several_have_a_name_and_one_has_none() -> None:
    days = found(*RECORDS)["action_plan"]
    one, several = (Calendar.from_ical(made(*days[:n], name="Plan" * (n > 1))) for n in (1, 2))
    assert [str(each["method"]) for each in (one, several)] == ["PUBLISH", "PUBLISH"]
    assert "x-wr-calname" not in one and several["x-wr-calname"] == "Plan"


def test_P4_7_a_later_file_replaces_an_earlier_and_tells_no_id_of_the_board() -> None:
    (day,) = found(*RECORDS)["meeting"]
    first, later = made(day), made(day, now=START + 1000)
    (a,), (b,) = events(first), events(later)
    assert a["uid"] == b["uid"] and int(a["sequence"]) < int(b["sequence"]) < 2**31
    assert b"next" not in first and PROCESS.encode() not in first
    (c,) = events(calendar([day], process=OTHER, now=START, language="da"))
    assert c["uid"] != a["uid"]


def test_P4_7_a_meeting_at_a_time_of_the_day_is_in_utc() -> None:
    (day,) = found(*RECORDS)["meeting"]
    eight = datetime.fromisoformat("2027-02-01T09:00+01:00")
    file = made(day, begins=eight)
    assert b"DTSTART:20270201T080000Z" in file and b"TZID" not in file
    ((_, begins, ends),) = both(file)
    assert (begins, ends) == (eight.astimezone(UTC), eight + timedelta(minutes=day.minutes))


@pytest.mark.parametrize("text", [HOSTILE, *(each for each in NAUGHTY[:200:7] if each.strip())])
def test_B36_B40_a_title_is_one_escaped_line(text: str) -> None:
    # Control characters are removed at entry (X21).
    text = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    (event,) = events(made(Dated(key="k", day="2027-01-25", title=text, about=(text,))))
    assert (str(event["summary"]), str(event["description"])) == (text, text)
    assert set(event) == {
        "UID", "SEQUENCE", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "TRANSP", "DESCRIPTION",
    }  # fmt: skip


async def refused(asking: Any) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        await asking
    return problem.value.status_code, problem.value.code


async def test_P4_7_there_is_one_address_and_only_its_hash_is_kept(database: Database, now: Now) -> None:
    addresses = CalendarAddresses(database, now)
    first, other = await addresses.make(PROCESS), await addresses.make(OTHER)
    assert len(first) == 43 and await addresses.process(first) == PROCESS
    now.ms += 1
    second = await addresses.make(PROCESS)
    assert await addresses.made_at(PROCESS) == START + 1
    for wrong in (first, "", second[:-1], second.upper(), second + "A", "\ud800"):
        assert await refused(addresses.process(wrong)) == (410, "link_gone")
    await addresses.revoke(PROCESS)
    await addresses.revoke(PROCESS)
    assert await refused(addresses.process(second)) == (410, "link_gone")
    assert (await addresses.made_at(PROCESS), await addresses.process(other)) == (None, OTHER)


def with_days(web: Web) -> None:
    web.source.gathered = gather(board_of(*RECORDS), company="Bakkedal", group="Montagen")


async def test_P4_7_files_are_downloaded_whole_by_kind_and_one_by_one(web: Web) -> None:
    with_days(web)
    at = f"/api/processes/{PROCESS}/calendar"
    seen = (await web.client.get(at)).json()
    assert [(group["of"], len(group["dates"])) for group in seen["groups"]] == [
        ("meeting", 1), ("action_plan", 2), ("reflection", 2), ("pulse", 1),
    ]  # fmt: skip
    asked = {"": 6, "?of=action_plan": 2, "?of=reflection&only=r": 1}
    for query, many in asked.items():
        answer = await web.client.get(f"{at}.ics{query}")
        assert len(events(answer.content)) == many
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["content-disposition"] == 'attachment; filename="kalender-2027-01-15.ics"'
        assert (b"X-WR-CALNAME" in answer.content) is (many > 1)
    timed = await web.client.get(f"{at}.ics", params={"only": "next", "begins": "2027-02-01T08:00:00.000Z"})
    assert b"DTSTART:20270201T080000Z" in timed.content
    for query, status in {"?only=x": 404, "?of=x": 404, "?begins=2027-02-01T08:00Z": 422}.items():
        assert (await web.client.get(f"{at}.ics{query}")).status_code == status
    for begins in ("9999-12-31T23:00Z", "1900-01-01T00:00Z", "2027-02-01T08:00", "x"):
        answer = await web.client.get(f"{at}.ics", params={"only": "next", "begins": begins})
        assert answer.status_code == 422


async def test_P4_7_a_program_subscribes_with_the_address_alone_until_it_is_withdrawn(web: Web) -> None:
    with_days(web)
    url = (await web.client.post(f"/api/processes/{PROCESS}/calendar")).json()["url"]
    path = url.removeprefix("http://192.0.2.7:8000")
    web.people.role = None
    answer = await web.client.get(path, headers={"Origin": ""})
    assert len(events(answer.content)) == 6 and b"X-WR-CALNAME:Trivsel: Montagen" in answer.content
    assert answer.headers["cache-control"] == "no-store"
    assert (await web.client.head(path)).status_code == 200
    web.people.role = Role.CO_FACILITATOR
    assert (await web.client.delete(f"/api/processes/{PROCESS}/calendar")).status_code == 403
    web.people.role = Role.FACILITATOR
    assert (await web.client.delete(f"/api/processes/{PROCESS}/calendar")).status_code == 204
    assert (await web.client.get(path)).status_code == 410


async def test_P4_7_without_a_meeting_there_are_no_days(web: Web) -> None:
    url = (await web.client.post(f"/api/processes/{PROCESS}/calendar")).json()["url"]
    web.source.gathered = None
    assert (await web.client.get(f"/api/processes/{PROCESS}/calendar")).json()["groups"] == []
    assert (await web.client.get(f"/api/processes/{PROCESS}/calendar.ics")).status_code == 404
    assert (await web.client.get(url.removeprefix("http://192.0.2.7:8000"))).status_code == 410
