"""A14: `trivsel doctor` checks what the start and the desk check, changes nothing, and can end red."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from app.locales import words
from tests.support.server import Server
from tests.support.starting import run, said

DATABASE = "trivselstavlen.sqlite3"


def line(level: str, id: str, **about: object) -> str:
    return f"{level:5} {words('da')(f'shared.health.{id}', **about)}"


def everything(data: Path) -> dict[str, tuple[bytes, int]]:
    """All files with their modes, except what reading a database may leave."""
    return {
        str(path.relative_to(data)): (path.read_bytes(), path.stat().st_mode)
        for path in data.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm", "lock"))
    }


def test_A14_the_doctor_is_content_while_a_server_is_running_and_changes_nothing(server: Server) -> None:
    def looked() -> tuple[subprocess.CompletedProcess[str], bool]:
        before = everything(server.data)
        done = run(
            "doctor", server.data, TRIVSEL_PORT=str(server.port), TRIVSEL_BASE_URL="https://tavle.firma.dk"
        )
        return done, everything(server.data) == before

    ended, same = looked()
    if not same:
        # What the server cleans up after its start it does once; a doctor would change something each time.
        ended, same = looked()
    assert same
    assert ended.returncode == 0, ended.stdout + ended.stderr
    lines = ended.stdout.splitlines()
    for level, id in (
        ("ok", "encrypted.ok"),
        ("ok", "secure_delete.ok"),
        ("ok", "modes.ok"),
        ("ok", "files.ok"),
    ):
        assert line(level, id) in lines
    assert line("warn", "backup.none") in lines
    assert not [one for one in lines if one.startswith("red")]


def test_A14_the_doctor_is_red_for_what_the_start_would_silently_repair(server: Server) -> None:
    """It called the start first, which closed the folder, and then found it closed."""
    server.stop()
    (server.data / "key").chmod(0o644)
    server.data.chmod(0o755)
    before = everything(server.data)
    ended = run("doctor", server.data)
    assert ended.returncode == 1
    assert [one for one in ended.stdout.splitlines() if one.startswith("red") and "0700" in one]
    assert everything(server.data) == before and server.data.stat().st_mode & 0o777 == 0o755


def test_A14_the_doctor_says_what_would_stop_the_start(server: Server) -> None:
    server.stop()
    (server.data / "key").write_bytes(b"")
    (server.data / DATABASE).write_bytes(b"not a database")
    before = everything(server.data)
    ended = run("doctor", server.data, TRIVSEL_BASEURL="https://tavle.firma.dk")
    assert ended.returncode == 1 and "Traceback" not in ended.stderr
    key, database = server.data / "key", server.data / DATABASE
    meant = said("setting.meant", variable="TRIVSEL_BASEURL", near="TRIVSEL_BASE_URL")
    told = [*said("key_short", path=key), *said("database_damaged", path=database), *meant]
    assert [one[6:] for one in ended.stdout.splitlines()] == told
    assert everything(server.data) == before


def test_A14_a_damaged_file_of_a_board_is_red(server: Server) -> None:
    server.stop()
    boards = server.data / "boards"
    boards.mkdir(mode=0o700, exist_ok=True)
    with closing(sqlite3.connect(boards / "b.sqlite3")) as file, file:
        file.execute("CREATE TABLE record (id, body)")
        file.executemany("INSERT INTO record VALUES (?, ?)", [(n, "en seddel " * 20) for n in range(200)])
    whole = (boards / "b.sqlite3").read_bytes()
    (boards / "b.sqlite3").chmod(0o600)
    assert line("ok", "files.ok") in run("doctor", server.data).stdout.splitlines()
    (boards / "b.sqlite3").write_bytes(whole[:8192] + b"\xa5" * 8192 + whole[16384:])
    ended = run("doctor", server.data)
    assert ended.returncode == 1
    assert line("red", "files.red", name="b.sqlite3") in ended.stdout.splitlines()


def test_A14_where_nothing_started_yet_the_doctor_makes_nothing(tmp_path: Path) -> None:
    ended = run("doctor", tmp_path / "data")
    assert (ended.returncode, ended.stdout.splitlines()[0]) == (0, line("warn", "started.warn"))
    assert not (tmp_path / "data").exists()
