"""A small data folder from this version, kept to test that later versions can open it.

    make kept            # of this checkout
    make kept TAG=0.2.0  # of a version as it was tagged, or of any commit

It speaks to the server as screens do, so that it leads an older one just as well.
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support.meeting import Meeting, Wire, new_id, new_secret, signed_in
from tests.support.server import CHECKOUT, Server

OLDER = CHECKOUT / "tests" / "storage" / "older"

NOTES = ("Vi griner sammen i pausen", "Der er ro om formiddagen")
THEME = "Besked om ændringer"
ACTION = "Ti minutter ved tavlen hver morgen"
WHO = "Emil"
#: One more than the least that is shown of a pulse.
NEEDED = (5, 5, 4, 4, 4, 4)
BETTER = (2, 3, 3, 3, 4, 4)
#: In a meeting that still runs, so nobody has been shown it.
DOWN = "Endnu ikke vendt"
#: Transient files of a folder, without anything people wrote.
NOT_KEPT = ("backups", "lock")


async def led(server: Server) -> None:
    """A meeting with notes, a plan and a pulse, which ended; and one in which somebody has just written."""
    async with signed_in(server) as http:
        meeting = await Meeting(server.url, http).make()
        desk, phone = await meeting.desk(), await meeting.phone()
        await desk.until(lambda: desk.items)
        question, gathering = (
            next(item["id"] for item in desk.items if item["activity"] == kind)
            for kind in ("notes", "clustering")
        )
        await _write(desk, phone, question, NOTES)
        await desk.do("notes.stop_writing", activity=question)
        await desk.do("notes.turn_all", activity=question)
        await desk.until(lambda: len([one for one in desk.all("note") if one.get("text")]) == len(NOTES))
        await desk.do("agenda.go", item=gathering)
        theme = new_id()
        notes = desk.at(*(one["id"] for one in desk.all("note")))
        made = {"theme": theme, "name": THEME, "paper": "mos", "notes": notes}
        await desk.do("clustering.make_theme", activity=gathering, **made)
        await _plan(meeting, desk, theme)
        await _pulse(meeting, desk, phone, theme)
        await desk.do("agenda.end", workshop=meeting.workshop)
        await phone.close()
        await desk.close()

        await meeting.again()
        desk, phone = await meeting.desk(), await meeting.phone()
        await desk.until(lambda: desk.items)
        ours = [item for item in desk.items if item["workshop"] == meeting.workshop]
        question = next(item["id"] for item in ours if item["activity"] == "notes")
        await _write(desk, phone, question, (DOWN,))
        await phone.close()
        await desk.close()


async def _write(desk: Wire, phone: Wire, question: str, texts: tuple[str, ...]) -> None:
    await desk.do("agenda.go", item=question)
    await desk.do("timer.start", activity=question, seconds=300)
    await phone.until(lambda: phone.activity == question)
    for text in texts:
        assert (await phone.write(question, text))["type"] == "stored"


async def _item(meeting: Meeting, desk: Wire, kind: str, **settings: str) -> str:
    """A new item at the end of the agenda, gone to."""
    item = new_id()
    about = {"title": kind, "minutes": 10, "settings": settings, "before": None}
    await desk.do("agenda.add", item=item, workshop=meeting.workshop, activity=kind, **about)
    await desk.do("agenda.go", item=item)
    return item


async def _plan(meeting: Meeting, desk: Wire, theme: str) -> None:
    plan, action = await _item(meeting, desk, "action_plan"), new_id()
    await desk.do("action_plan.add", activity=plan, action=action, theme=theme, text=ACTION)
    await desk.until(lambda: action in desk.seqs)
    about = {"action": action, "base": desk.seqs[action], "responsible": [WHO]}
    await desk.do("action_plan.change", activity=plan, **about)


async def _pulse(meeting: Meeting, desk: Wire, phone: Wire, theme: str) -> None:
    pulse = await _item(meeting, desk, "pulse", theme=theme)
    await phone.until(lambda: phone.activity == pulse)
    for of, values in (("needed", NEEDED), ("better", BETTER)):
        for value in values:
            own = {"ballot": new_id(), "secret": new_secret(), "rev": 1, "of": of, "value": value}
            answer: dict[str, Any] = {}
            while answer.get("type") != "stored":
                answer = await phone.ask({"type": "ballots.cast", "activity": pulse, **own})
                assert answer.get("code", "slow_down") == "slow_down", answer
                await asyncio.sleep(answer.get("retry_after") or 0)
    await desk.do("pulse.close", activity=pulse)
    await desk.until(lambda: desk.all("pulse_result"))


def pack(data: Path, to: Path) -> None:
    """The folder as one file, whose comment says when it was left, in server time (ms)."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.comment = str(int(time.time() * 1000)).encode()
        for path in sorted(data.rglob("*")):
            name = path.relative_to(data)
            if path.is_file() and name.parts[0] not in NOT_KEPT:
                packed.write(path, name)


def unpack(packed: Path, to: Path) -> datetime:
    """The folder as it was left, and when that was."""
    with zipfile.ZipFile(packed) as file:
        file.extractall(to)
        return datetime.fromtimestamp(int(file.comment) / 1000, UTC)


@contextmanager
def checkout(tag: str) -> Iterator[Path]:
    """The tagged version in a folder of its own, with this checkout's pages, as nobody looks at them."""
    if not tag:
        yield CHECKOUT
        return
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "tagged"
        git = ("git", "-C", str(CHECKOUT), "worktree")
        subprocess.run([*git, "add", "--quiet", "--detach", str(there), tag], check=True)
        try:
            shutil.copytree(CHECKOUT / "app" / "web", there / "app" / "web")
            yield there
        finally:
            subprocess.run([*git, "remove", "--force", str(there)], check=True)


def main(tag: str) -> None:
    """Start, lead, stop, pack."""
    with checkout(tag) as there, tempfile.TemporaryDirectory() as folder:
        about = tomllib.loads((there / "pyproject.toml").read_text("utf-8"))
        data = Path(folder) / "data"
        with Server(data, cwd=there) as server:
            asyncio.run(led(server))
        to = OLDER / f"{about['project']['version']}.zip"
        pack(data, to)
        print(to.relative_to(CHECKOUT))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
