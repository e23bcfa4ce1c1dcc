"""G05: data folders of older versions (`older/`) are opened by this one, with everything people wrote.

Those named by a revision were made by the code of that time, before there were versions. `make kept` makes
one; CONTRIBUTING says when.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from app.engine.agenda import Workshop
from app.engine.commands import Role
from app.engine.room import Asker
from app.main import create_app
from app.operations.migrate import _scripts
from app.operations.serving import prepare
from app.parts.notes.messages import StopWriting, TurnAll
from app.processes import tables
from app.settings import Settings
from tests.support.boards import ask
from tests.support.clock import Clock
from tests.support.house import House
from tests.support.kept import ACTION, BETTER, DOWN, NEEDED, NOTES, THEME, WHO, unpack
from tests.support.meeting import EMAIL, PASSWORD
from tests.support.tables import FILE

OLDER = sorted((Path(__file__).parent / "older").glob("*.zip"))
CHANGES = Path(__file__).parents[2] / "CHANGELOG.md"


@pytest.mark.parametrize("kept", OLDER, ids=lambda path: path.stem)
async def test_G05_a_folder_of_an_older_version_opens_with_all_that_was_written(
    kept: Path, tmp_path: Path
) -> None:
    clock = Clock(unpack(kept, tmp_path / "data"))
    settings = Settings(data=tmp_path / "data", database_url="", base_url="")
    await prepare(settings)
    house = House(create_app(settings, clock.ms), clock)
    desk = house.client()
    signed_in = await desk.post("/api/session", json={"email": EMAIL, "password": PASSWORD})
    assert signed_in.status_code == 200, signed_in.text

    (company,) = (await desk.get("/api/home")).json()["companies"]
    (process,) = company["processes"]
    board_id = await board_of(house, process["id"])
    board = await house.board(board_id)
    meetings = {one.state: one for one in board.every(Workshop).values()}
    page = (await desk.get(f"/api/workshops/{meetings['ended'].id}/summary.html")).text
    for text in (*NOTES, THEME, ACTION, WHO, mean(NEEDED), mean(BETTER)):
        assert text in page

    # The running meeting continues: face-down notes were shown to nobody, and then are to everybody.
    runs = meetings["live"]
    assert runs.live is not None
    at = f"/api/workshops/{runs.id}/summary.html"
    assert DOWN not in page + (await desk.get(at)).text
    opened = await house.app.services.rooms.open(board_id)
    assert opened is not None
    for command in (StopWriting, TurnAll):
        answer = await opened.room.submit(Asker(Role.FACILITATOR, runs.id), ask(command, activity=runs.live))
        assert answer.code is None
    assert DOWN in (await desk.get(at)).text
    await house.app.services.rooms.idle()
    await house.app.services.database.close()


async def board_of(house: House, process: str) -> str:
    async with house.database.connect() as connection:
        found = select(tables.process.c.board_id).where(tables.process.c.id == process)
        return str(await connection.scalar(found))


def mean(values: tuple[int, ...]) -> str:
    """As a Danish page shows it."""
    return f"{sum(values) / len(values):.1f}".replace(".", ",")


def test_G05_each_version_of_the_changelog_has_left_a_folder() -> None:
    versions = re.findall(r"^## \[?(\d+\.\d+\.\d+)", CHANGES.read_text(encoding="utf-8"), re.MULTILINE)
    assert {*versions} <= {path.stem for path in OLDER}


def test_G05_the_newest_folder_has_all_tables_of_its_version(tmp_path: Path) -> None:
    changes = CHANGES.read_text(encoding="utf-8")
    unreleased, newest = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", changes, re.MULTILINE | re.DOTALL)[:2]
    version, *_ = newest[0].split()
    unpack(Path(__file__).parent / "older" / f"{version}.zip", tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        ((kept,),) = database.execute("SELECT version_num FROM alembic_version").fetchall()
    # As soon as something is new, tables may be, too.
    assert kept == _scripts().get_current_head() or unreleased[1].strip(), f"{version}: make kept"
