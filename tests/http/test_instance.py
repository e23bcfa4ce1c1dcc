"""The server page (A14): for administrators, without secrets or anything of a board."""

import json
from pathlib import Path

import httpx2 as httpx
import pytest

from app.main import create_app
from app.monitoring.news import first_of, news
from app.monitoring.settings_told import told
from app.operations.serving import prepare
from app.settings import Settings, variable_of
from tests.live.quick import quick
from tests.support.browsers import until
from tests.support.meeting import EMAIL, Meeting, Wire, meeting as a_meeting
from tests.support.server import Server

SECRET = "hemmelighed-" * 4


async def test_A14_an_administrator_sees_how_the_server_stands_and_nothing_of_a_board(tmp_path: Path) -> None:
    async with quick(tmp_path / "data") as running:
        link = await running.app.services.accounts.first_link()
        here = Server(tmp_path / "data")
        here.url, here.first_link = running.url, lambda: f"{running.url}{link}"  # type: ignore[method-assign]
        async with a_meeting(here) as meeting:
            desk, phone = await meeting.desk(), await meeting.phone()
            await desk.until(lambda: desk.items)
            question = desk.items[0]["id"]
            await desk.do("agenda.go", item=question)
            await desk.do("timer.start", activity=question, seconds=300)
            await phone.until(lambda: phone.activity == question)
            await phone.write(question, "en seddel om kaffen")
            answer = await meeting.http.get("/api/instance?language=en")
            assert answer.status_code == 200
            seen = answer.json()
            assert (seen["meetings"], seen["screens"]) == (1, 2)
            assert seen["people"] == [{"name": "Anna", "email": EMAIL, "admin": True, "by_link": False}]
            assert seen["companies"] == [{"name": "Montagen ApS", "owner": "Anna", "processes": 1}]
            assert {"traces", "disk", "encrypted"} <= {line["id"] for line in seen["lines"]}
            assert all(line["text"] for line in seen["lines"])
            assert seen["used"] > 10_000
            assert seen["free"] > 0
            board = (
                "kaffen",
                meeting.code,
                meeting.board,
                meeting.workshop,
                meeting.process,
                question,
                "Onsdag",
            )
            assert [one for one in board if one in answer.text] == []
            await phone.close()
            await desk.close()


async def test_R16_the_page_counts_what_is_in_use_at_all_processes_together(
    tmp_path: Path, postgres_url: str
) -> None:
    data = tmp_path / "data"
    async with quick(data, postgres_url) as one, quick(data, postgres_url) as two:
        link = await one.app.services.accounts.first_link()
        here = Server(data)
        here.url, here.first_link = one.url, lambda: f"{one.url}{link}"  # type: ignore[method-assign]
        async with a_meeting(here) as meeting, signed_in_at(two.url, meeting) as other:

            async def counts(meetings: int, screens: int) -> None:
                """Wait until either process says so."""
                for http in (meeting.http, other):

                    async def asks(http: httpx.AsyncClient = http) -> tuple[int, int]:
                        seen = (await http.get("/api/instance")).json()
                        return seen["meetings"], seen["screens"]

                    await until(asks, lambda found: found == (meetings, screens))

            await counts(0, 0)
            desk, phone = await meeting.desk("laptop"), await meeting.phone()
            await counts(1, 2)
            # The same meeting at the other process is the same meeting.
            there = await Wire(two.url, phone.token).open()
            wall = (await meeting.post(f"/api/workshops/{meeting.workshop}/screens"))["token"]
            shown = await Wire(two.url, wall).open()
            await counts(1, 4)
            first = meeting.workshop
            ticket = await (await meeting.again()).post(f"/api/workshops/{meeting.workshop}/ticket?desk=mine")
            assert meeting.workshop != first
            second = await Wire(two.url, ticket["ticket"]).open()
            await counts(2, 5)
            for wire in (there, shown, second, phone):
                await wire.close()
            await counts(1, 1)
            await desk.close()


def signed_in_at(url: str, meeting: Meeting) -> httpx.AsyncClient:
    """The same session, at another process."""
    cookies = {cookie.name: cookie.value or "" for cookie in meeting.http.cookies.jar}
    return httpx.AsyncClient(base_url=url, headers={"Origin": url}, cookies=cookies, trust_env=False)


def test_X42_no_secret_is_among_the_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET)
    monkeypatch.setenv("TRIVSEL_SECRET_FILE", str(file))
    monkeypatch.setenv("TRIVSEL_METRICS_TOKEN", SECRET)
    monkeypatch.setenv("TRIVSEL_DATABASE_URL", f"postgresql://trivsel:{SECRET}@db.firma.dk/trivsel")
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.delenv("TRIVSEL_PORT", raising=False)
    settings = Settings(_env_file=None, backup_days=7)
    lines = {variable: (value, came) for variable, value, came in told(settings)}
    assert set(lines) == {variable_of(name) for name in Settings.model_fields}
    assert SECRET not in json.dumps(lines)
    assert lines["TRIVSEL_SECRET"] == (None, "file")
    assert lines["TRIVSEL_METRICS_TOKEN"] == (None, "environment")
    assert lines["TRIVSEL_DATABASE_URL"] == (
        "postgresql+asyncpg://trivsel:…@db.firma.dk/trivsel",
        "environment",
    )
    assert lines["TRIVSEL_PORT"] == ("8123", "environment")
    assert lines["TRIVSEL_BACKUP_DAYS"] == ("7", "given")
    assert lines["TRIVSEL_LOG"] == ("text", "default")


def test_a_setting_of_the_env_file_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRIVSEL_BACKUP_DAYS", raising=False)
    (tmp_path / ".env").write_text("TRIVSEL_BACKUP_DAYS=9\n")
    lines = {variable: (value, came) for variable, value, came in told(Settings())}
    assert lines["TRIVSEL_BACKUP_DAYS"] == ("9", "env_file")


def test_what_is_new_is_the_first_part_of_the_changelog_that_says_anything() -> None:
    text = "# C\n\n## Unreleased\n\n## 1.2.0\n\n### Added\n- One\n  thing.\n- `Two`.\n\n## 1.1.0\n- Old.\n"
    assert first_of(text) == ("1.2.0", ("One thing.", "Two."))
    assert first_of("") == ("", ())
    assert news()[1]


async def test_X20_the_page_is_for_administrators(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    await prepare(settings)
    transport = httpx.ASGITransport(app=create_app(settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        assert (await http.get("/api/instance")).status_code == 401
