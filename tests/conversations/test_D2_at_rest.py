"""D2: neither the database nor a backup, nor the log, reveals what two people wrote to each other."""

import re
import sqlite3
from pathlib import Path

import pytest

from app.conversations import keys
from app.storage.backup import write_backup
from tests.conversations.conftest import Two
from tests.support.tables import FILE

TEXT, SHARED = "Overvejer at sige op", "Et kursus i konflikter 🌿"


def told(raw: bytes, *texts: str) -> list[str]:
    return [text for text in texts if any(text.encode(how) in raw for how in ("utf-8", "utf-16-le"))]


async def test_D2_the_files_and_a_copy_reveal_nothing_that_was_written(
    two: Two, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    await two.employee.writes("challenges", TEXT)
    await two.leader.writes("change", SHARED)
    await two.leader.shares()
    assert (await two.employee.reads("theirs") or {})["change"] == SHARED
    for shape in ("pdf", "docx"):
        id = (await two.employee.sees())["id"]
        assert (await two.employee.asks("file", conversation=id, **{"as": shape})).status_code == 200
    copy = tmp_path / "copy.sqlite3"
    write_backup(tmp_path / FILE, tmp_path / "boards", copy)
    secrets = [party.token for party in (two.employee, two.leader)]
    raw = await two.home.on_disk() + copy.read_bytes()
    log = capfd.readouterr()
    raw += (log.out + log.err).encode()
    # The search finds known texts, so it works.
    assert told(raw, "Ida Skov", "Karen Holm", "fortnight") == ["Ida Skov", "Karen Holm", "fortnight"]
    assert not told(raw, TEXT, SHARED, *secrets, *(each[:12] for each in secrets))
    assert not [each for each in secrets if (keys.secret_of(each) or b"-") in raw]


async def test_D2_nothing_stored_next_to_a_sealed_text_opens_it(two: Two, tmp_path: Path) -> None:
    """Every 32 bytes anywhere in the files are tried as the key: of a link, and of the answers."""
    await two.employee.writes("challenges", TEXT)
    raw = await two.home.on_disk()
    with sqlite3.connect(tmp_path / FILE) as file:
        ((wrapped, door, side),) = file.execute(
            "SELECT wrapped, door, side FROM conversation_link WHERE side = 'employee'"
        ).fetchall()
        id, sealed = file.execute(
            "SELECT conversation_id, sealed FROM conversation_answer"
            " WHERE side = 'employee' AND question = 'challenges'"
        ).fetchone()
    file.close()
    place = (two.pair, id, "employee", "challenges")
    secret = keys.secret_of(two.employee.token)
    assert secret is not None
    # The control: the link decrypts it.
    assert keys.unseal(keys.unwrap(wrapped, secret, two.pair, side), sealed, *place) == (TEXT, 1)
    near = {raw[at + n : at + n + 32] for at in found(raw, door, wrapped) for n in range(-64, 160)}
    for key in {door, wrapped[:32], wrapped[12:44], *near}:
        if len(key) == 32:
            with pytest.raises(keys.CannotOpen):
                keys.unwrap(wrapped, key, two.pair, side)
            with pytest.raises(keys.CannotOpen):
                keys.unseal(key, sealed, *place)


def found(raw: bytes, *parts: bytes) -> list[int]:
    return [match.start() for part in parts for match in re.finditer(re.escape(part), raw)]


async def test_D2_the_rows_do_not_tell_who_has_written(two: Two, tmp_path: Path) -> None:
    """Ten rows of one length from the start, and no column for when, how often or whether."""

    def rows() -> list[tuple[str, str, int]]:
        with sqlite3.connect(tmp_path / FILE) as file:
            query = "SELECT side, question, length(sealed) FROM conversation_answer ORDER BY 1, 2"
            return file.execute(query).fetchall()

    before = rows()
    assert len(before) == 10 and len({length for *_, length in before}) == 1
    await two.employee.writes("challenges", TEXT)
    assert rows() == before
