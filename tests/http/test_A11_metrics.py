"""Metrics for monitoring: off by default, and no clock on what somebody does (A9, A11)."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import httpx2 as httpx
import pytest
from prometheus_client import generate_latest

from app.main import create_app
from app.monitoring.health import Finding
from app.monitoring.metrics import FEW, RENEWED, Metrics, Standing
from app.monitoring.probes import ANSWER_KEPT, Ready
from app.operations.serving import prepare
from app.settings import Settings
from tests.conftest import missing
from tests.live.quick import quick
from tests.support import fronts
from tests.support.fronts import HERE, Authority, NoFront, running, sample
from tests.support.meeting import EMAIL, meeting as a_meeting
from tests.support.patience import PATIENCE
from tests.support.server import Server, free_port

TOKEN = "en-lang-hemmelighed-42"
STANDING = Standing(
    rooms=1, screens=12, findings=(Finding("disk", "warn", {"bytes": 7}),), free=2**31 + 5, copied=4000
)


def shown(metrics: Metrics) -> dict[str, float]:
    """Every line, by name and labels."""
    lines = generate_latest(metrics.registry).decode().splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if line[0] != "#"}


async def scraped(url: str, token: str | None = TOKEN) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(trust_env=False) as http:
        return await http.get(f"{url}/metrics", headers=headers)


def test_A11_what_somebody_does_is_shown_in_heaps_alone() -> None:
    metrics = Metrics("1.2.3")
    metrics.renew(STANDING)
    before = shown(metrics)
    for _ in range(FEW - 1):
        metrics.commands.one("stored", 0.004)
    assert shown(metrics) == before, "nothing moves when something is done"
    metrics.renew(STANDING)
    assert shown(metrics) == before, "nor when a minute is over, while there are few"
    metrics.commands.one("refused", 0.2)
    assert shown(metrics) == before
    metrics.renew(STANDING)
    count = "trivsel_command_seconds_count"
    now = shown(metrics)
    assert (now[f'{count}{{outcome="stored"}}'], now[f'{count}{{outcome="refused"}}']) == (FEW - 1, 1)
    assert now['trivsel_command_seconds_bucket{le="0.005",outcome="stored"}'] == FEW - 1
    assert now['trivsel_command_seconds_bucket{le="0.1",outcome="refused"}'] == 0
    assert now['trivsel_command_seconds_sum{outcome="stored"}'] == pytest.approx(0.036)


def test_A11_screens_and_disk_move_in_steps() -> None:
    metrics = Metrics("1.2.3")
    metrics.renew(STANDING)
    now = shown(metrics)
    assert now["trivsel_screens"] == 10
    assert now["trivsel_disk_free_bytes"] == 2**31
    assert now["trivsel_backup_age_seconds"] == 3600
    assert now['trivsel_health{line="disk"}'] == 1
    assert now['trivsel_info{version="1.2.3"}'] == 1


def test_A11_no_figure_of_the_process_says_when_it_had_work() -> None:
    """CPU time, open files and garbage would each move with every note."""
    names = {name.partition("{")[0] for name in shown(renewed())}
    assert {name for name in names if not name.startswith("trivsel_")} == set()


def renewed() -> Metrics:
    metrics = Metrics("1.2.3")
    metrics.renew(STANDING)
    return metrics


async def test_A9_nothing_of_a_meeting_is_in_them(tmp_path: Path) -> None:
    async with quick(tmp_path / "data") as running:
        services = running.app.services
        link = await services.accounts.first_link()
        here = Server(tmp_path / "data")
        here.url, here.first_link = running.url, lambda: f"{running.url}{link}"  # type: ignore[method-assign]
        async with a_meeting(here) as meeting:
            desk, phone = await meeting.desk(), await meeting.phone()
            await desk.until(lambda: desk.items)
            question = desk.items[0]["id"]
            await desk.do("agenda.go", item=question)
            await desk.do("timer.start", activity=question, seconds=300)
            await phone.until(lambda: phone.activity == question)
            for number in range(FEW):
                await phone.write(question, f"hemmelig seddel {number}")
            for _ in range(FEW):
                assert (await meeting.http.get("/api/session")).status_code == 200
            assert services.rooms.here() == {meeting.workshop: 2}
            services.metrics.renew(STANDING)
            text = generate_latest(services.metrics.registry).decode()
            assert shown(services.metrics)['trivsel_command_seconds_count{outcome="stored"}'] == FEW + 2
            assert shown(services.metrics)['trivsel_http_seconds_count{outcome="2xx"}'] >= FEW
            secrets = (
                "hemmelig", "seddel", "Anna", "Montagen", meeting.code, meeting.board,
                meeting.process, meeting.workshop, question, meeting.join_url, EMAIL, "127.0.0.1", "/api",
            )  # fmt: skip
            assert [one for one in secrets if one.lower() in text.lower()] == []
            # The possible labels are known in advance.
            said = set(re.findall(r'(?:outcome|line)="([^"]*)"', text))
            assert said <= {"stored", "refused", "1xx", "2xx", "3xx", "4xx", "5xx", "disk"}
            await phone.close()
            await desk.close()


async def test_A11_metrics_are_given_with_the_token_and_on_their_own_port(
    new_server: Callable[..., Server],
) -> None:
    port = free_port()
    env = {"TRIVSEL_METRICS_TOKEN": TOKEN, "TRIVSEL_METRICS_PORT": str(port)}
    server = new_server(env=env).start()
    assert [(await scraped(server.url, token)).status_code for token in (None, "x", TOKEN)] == [404, 404, 200]
    given = (await scraped(server.url)).text
    assert "trivsel_health" in given
    assert (await scraped(f"http://127.0.0.1:{port}", None)).text == given
    for _ in range(3):
        server.answers("/healthz")
    assert (await scraped(server.url)).text == given, "within a minute nothing moves"


async def test_A11_prometheus_reads_what_the_sample_names(
    new_server: Callable[..., Server], tmp_path: Path
) -> None:
    """docs/samples/prometheus.yml: its jobs ask at the port and, over TLS, with the token."""
    asked, tls, prometheus = free_port(), free_port(), free_port()
    authority = Authority(tmp_path)
    (tmp_path / "token").write_text(TOKEN)
    instead = {
        # Sooner than any operator would: they would be given the same figures again.
        f"scrape_interval: {RENEWED:.0f}s": "scrape_interval: 1s",
        "127.0.0.1:9100": f"{HERE}:{asked}",
        "tavle.firma.dk": f"{HERE}:{tls}",
        "/etc/prometheus/trivselstavlen.token": str(tmp_path / "token"),
        "scheme: https": f"scheme: https\n    tls_config: {{ ca_file: {authority.root} }}",
    }
    server = new_server(env={"TRIVSEL_METRICS_TOKEN": TOKEN, "TRIVSEL_METRICS_PORT": str(asked)}).start()
    front = {
        "tavle.firma.dk {": f"https://{HERE}:{tls} {{\n\ttls {authority.chain} {authority.key}",
        "127.0.0.1:8000": f"{HERE}:{server.port}",
    }
    try:
        caddy = fronts.caddy(tmp_path, sample("Caddyfile", front))
        reader = fronts.prometheus(tmp_path, sample("prometheus.yml", instead), prometheus)
    except NoFront as none:
        missing(none)
    with running(tmp_path, caddy, tls), running(tmp_path, reader, prometheus):
        async with (
            httpx.AsyncClient(base_url=f"http://{HERE}:{prometheus}", trust_env=False) as http,
            asyncio.timeout(PATIENCE),
        ):
            jobs = {"trivselstavlen", "trivselstavlen-by-token"}
            while await read_by(http, 'trivsel_health{line="disk"}') != jobs:
                await asyncio.sleep(0.1)
            assert await read_by(http, "trivsel_rooms == 0") == jobs
            assert await read_by(http, "up == 1") == jobs


async def read_by(http: httpx.AsyncClient, query: str) -> set[str]:
    """The jobs of Prometheus that have read such a figure."""
    answer = await http.get("/api/v1/query", params={"query": query})
    # It listens a moment before it answers.
    found = answer.json()["data"]["result"] if answer.status_code == 200 else []
    return {one["metric"]["job"] for one in found}


async def test_without_a_setting_there_are_no_figures(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    await prepare(settings)
    transport = httpx.ASGITransport(app=create_app(settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        for given in ("", "Bearer ", "Bearer None"):
            assert (await http.get("/metrics", headers={"Authorization": given})).status_code == 404
        assert (await http.get("/readyz")).json() == {"ok": True}
        assert (await http.get("/healthz")).json() == {"ok": True}


async def test_R16_readiness_asks_the_database_and_ends_when_the_server_stops(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    await prepare(settings)
    services = create_app(settings).services
    now, stops = [0.0], [False]
    ready = Ready(services.database, lambda: stops[0], lambda: now[0])
    assert await ready()
    stops[0] = True
    assert not await ready(), "at once, whatever the database says"
    stops[0] = False
    (settings.data / "trivselstavlen.sqlite3").unlink()
    await services.database.close()
    (settings.data / "trivselstavlen.sqlite3").mkdir()
    assert await ready(), "whoever asks within a second is told the same"
    now[0] = ANSWER_KEPT
    assert not await ready()
