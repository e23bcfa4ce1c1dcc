"""docs/operate.md: the sample of a unit, read and carried out by systemd."""

import asyncio
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.support import fronts
from tests.support.fronts import NoFront, sample
from tests.support.meeting import holds, meeting as a_meeting
from tests.support.patience import PATIENCE
from tests.support.server import Server
from tests.support.systemd import UNIT, Unit, may_boot


def test_the_unit_of_systemd_is_whole_and_hardened(tmp_path: Path) -> None:
    try:
        analyze = fronts.program("systemd-analyze")
    except NoFront as none:
        missing(none)
    unit = tmp_path / "trivselstavlen.service"
    unit.write_text(sample("trivselstavlen.service", {"/srv/trivselstavlen/bin/trivsel": sys.executable}))
    for words in (["verify"], ["security", "--offline=true", "--threshold=20"]):
        said = subprocess.run([analyze, *words, str(unit)], capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stdout + said.stderr
        assert words != ["verify"] or not said.stderr


def test_the_lines_of_the_unit_start_the_server_with_one_folder_that_is_closed_to_others(
    new_server: Callable[..., Server],
) -> None:
    """The line itself, as systemd begins it: in no folder of ours, with the unit's own mask and settings."""
    lines = [line.partition("=") for line in sample("trivselstavlen.service", {}).splitlines()]
    unit = {name: value for name, _, value in lines}
    program, *words = shlex.split(unit["ExecStart"])
    installed = Path(sys.executable).with_name(Path(program).name)
    assert program == "/srv/trivselstavlen/bin/trivsel"
    assert unit["Environment"] == f"TRIVSEL_DATA=/var/lib/{unit['StateDirectory']}"
    begun = ["sh", "-c", f'umask {unit["UMask"]} && exec "$@"', "sh", str(installed), *words]
    server = new_server(command=begun, cwd=Path("/"))
    server.data.mkdir(mode=int(unit["StateDirectoryMode"], 8))
    server.start()
    assert server.answers("/readyz")
    process = server.process
    assert process is not None
    server.stop()
    # systemd takes any other end for a failure, and starts it again.
    assert process.returncode in (0, -signal.SIGTERM)
    assert unit["Restart"] == "on-failure"
    held = [path for path in server.data.rglob("*") if path.is_file()]
    assert held and not [path for path in (server.data, *held) if path.stat().st_mode & 0o077]


async def test_systemd_runs_it_with_all_that_the_unit_forbids(tmp_path: Path) -> None:
    try:
        if not may_boot():
            pytest.skip("we may not boot a container here")
        unit = Unit(tmp_path)
    except NoFront as none:
        missing(none)
    await asyncio.to_thread(unit.start)
    try:
        async with a_meeting(unit) as meeting:
            await holds(meeting)
            # Files are made by a process of their own, and a backup by one of SQLite's threads.
            summary = f"/api/workshops/{meeting.workshop}/summary"
            assert (await meeting.http.get(f"{summary}.pdf")).content.startswith(b"%PDF-")
            assert (await meeting.http.post("/api/backups", json={})).status_code < 300
            killed = unit.told("MainPID")
            unit.inside("systemctl", "kill", "--signal=KILL", UNIT)
            async with asyncio.timeout(PATIENCE):
                while unit.told("MainPID") in (killed, ["0"]) or not await asyncio.to_thread(unit.answers):
                    await asyncio.sleep(0.1)
            assert "Kaffen er varm" in (await meeting.http.get(f"{summary}.html")).text
        (process,) = unit.told("MainPID")
        user = unit.inside("stat", "--format=%u", f"/proc/{process}").strip()
        # From the range that systemd gives out, and of nobody else.
        assert 61184 <= int(user) <= 65519
        found = unit.inside("find", "/var/lib/private/trivselstavlen", "-printf", "%U %m %P\\n").splitlines()
        assert any(line.endswith("trivselstavlen.sqlite3") for line in found)
        assert [line for line in found if not re.match(rf"{user} [67]00 ", line)] == []
        await asyncio.to_thread(unit.inside, "systemctl", "stop", UNIT)
        assert unit.told("ActiveState", "Result") == ["inactive", "success"]
    finally:
        await asyncio.to_thread(unit.stop)
