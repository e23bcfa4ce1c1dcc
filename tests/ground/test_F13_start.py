"""F13, F10, G05, G06: a problem at the start is explained in one sentence, and nothing is changed."""

import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app.storage.board_file import VERSION, make
from tests.support.server import SERVE, Server, free_port
from tests.support.starting import as_somebody_else, place_for_others, refused, run, said, why

NAME = "trivselstavlen.sqlite3"
AN_IDLE_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that a server has run on; use `installation` instead."""
    server = Server(tmp_path_factory.mktemp("installed") / "data").start()
    server.stop()
    return server.data


@pytest.fixture
def installation(installed: Path, tmp_path: Path) -> Path:
    """A data folder for this test only, as a server left it."""
    return Path(shutil.copytree(installed, tmp_path / "data"))


def held(data: Path) -> dict[str, bytes]:
    """Everything in a folder, except what reading a database may leave."""
    passing = ("-wal", "-shm", "lock")
    return {
        str(path.relative_to(data)): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and not path.name.endswith(passing)
    }


def changed_by(data: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    with closing(sqlite3.connect(data / NAME)) as file, file:
        change(file)


# -- the folder -------------------------------------------------------------------------------------------
def test_F13_the_data_path_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a letter")
    assert refused(run("serve", tmp_path / "data")) == said("data_is_file", path=tmp_path / "data")
    assert (tmp_path / "data").read_text() == "a letter"


def test_F13_a_part_of_the_data_path_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("a letter")
    data = tmp_path / "letter" / "data"
    assert why(data) == said("data_closed", path=data)


@pytest.mark.parametrize("there", [True, False])
def test_F13_a_folder_that_cannot_be_written(there: bool) -> None:
    with place_for_others() as place:
        data = place / "data"
        if there:
            data.mkdir(mode=0o755)
        if os.geteuid() != 0:
            (data if there else place).chmod(0o500)
        ended = run("serve", data, who=as_somebody_else())
        place.chmod(0o755)
    assert refused(ended) == said("data_closed", path=data)


@AN_IDLE_ROOT
def test_G06_a_folder_of_somebody_else_that_can_be_written_will_do() -> None:
    with place_for_others() as place:
        data = place / "data"
        data.mkdir()
        data.chmod(0o777)
        server = Server(data, command=(*as_somebody_else(), *SERVE))
        server.log = place / "log"
        server.start()
        server.stop()
        assert (data / NAME).exists()
        assert data.stat().st_uid == 0 and data.stat().st_mode & 0o777 == 0o777


# -- the key ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [0, 1, 31])
def test_F10_a_key_that_is_not_whole_is_refused(installation: Path, size: int) -> None:
    (installation / "key").write_bytes(b"k" * size)
    before = held(installation)
    assert why(installation) == said("key_short", path=installation / "key")
    assert held(installation) == before


def test_F10_a_secret_that_is_too_short_is_refused_however_it_is_given(tmp_path: Path) -> None:
    assert why(tmp_path / "data", TRIVSEL_SECRET="s" * 31) == said("secret_short")
    (tmp_path / "secret").write_text("s" * 31 + "\n")
    given = {"TRIVSEL_SECRET_FILE": str(tmp_path / "secret")}
    assert why(tmp_path / "data", **given) == said("secret_short")
    assert not (tmp_path / "data").exists()


def test_F13_a_key_that_cannot_be_read(installation: Path) -> None:
    with place_for_others() as place:
        data = Path(shutil.copytree(installation, place / "data"))
        for path in (data, *data.iterdir()):
            path.chmod(0o777 if path.is_dir() else 0o666)
        (data / "key").chmod(0o600 if as_somebody_else() else 0)
        assert refused(run("serve", data, who=as_somebody_else())) == said("key_closed", path=data / "key")


def test_F13_a_key_that_is_a_folder(installation: Path) -> None:
    (installation / "key").unlink()
    (installation / "key").mkdir()
    assert why(installation) == said("key_closed", path=installation / "key")


# -- the database -----------------------------------------------------------------------------------------
def test_F13_an_empty_database_next_to_other_files_does_not_start_as_new(installation: Path) -> None:
    (installation / NAME).write_bytes(b"")
    assert why(installation) == said("database_empty", path=installation / NAME)
    assert (installation / NAME).read_bytes() == b""


@pytest.mark.parametrize("left", ["boards/x.sqlite3", "backups/2026-11-01.sqlite3", f"{NAME}-wal"])
def test_F13_a_missing_database_next_to_files_of_an_installation_does_not_start_as_new(
    installation: Path, left: str
) -> None:
    (installation / NAME).unlink()
    (installation / left).parent.mkdir(exist_ok=True)
    (installation / left).write_bytes(b"what people wrote")
    assert why(installation) == said("database_empty", path=installation / NAME)
    assert not (installation / NAME).exists()
    assert (installation / left).read_bytes() == b"what people wrote"


def test_F13_a_first_start_that_was_cut_off_may_be_repeated(
    new_server: Callable[..., Server], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / NAME).write_bytes(b"")
    new_server(data=tmp_path / "data").start()


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 500)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def torn(path: Path) -> None:
    """Pages in the middle are corrupted, as by a failing disk."""
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xa5" * 24576 + whole[32768:])


@pytest.mark.parametrize("damage", [garbage, cut_short, torn])
def test_F13_a_damaged_database(installation: Path, damage: Callable[[Path], None]) -> None:
    damage(installation / NAME)
    before = held(installation)
    assert why(installation) == said("database_damaged", path=installation / NAME)
    assert held(installation) == before


def test_F13_a_database_that_is_a_folder(installation: Path) -> None:
    (installation / NAME).unlink()
    (installation / NAME).mkdir()
    assert why(installation) == said("database_closed", path=installation / NAME)


def test_F13_a_database_that_cannot_be_written(installation: Path) -> None:
    with place_for_others() as place:
        data = Path(shutil.copytree(installation, place / "data"))
        for path in (data, *data.iterdir()):
            path.chmod(0o777 if path.is_dir() else 0o444)
        ended = run("serve", data, who=as_somebody_else())
    assert refused(ended) == said("database_closed", path=data / NAME)


def test_F13_a_database_of_another_program(tmp_path: Path) -> None:
    tmp_path.joinpath("data").mkdir()
    changed_by(tmp_path / "data", lambda file: file.execute("CREATE TABLE invoices (id)"))
    before = held(tmp_path / "data")
    assert why(tmp_path / "data") == said("database_foreign")
    assert held(tmp_path / "data") == before


def test_F13_a_database_that_another_program_keeps_locked(installation: Path) -> None:
    with closing(sqlite3.connect(installation / NAME, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=DELETE")
        file.execute("BEGIN EXCLUSIVE")
        assert why(installation) == said("database_locked", path=installation / NAME)


def test_G05_a_newer_version_made_it_and_four_starts_change_nothing(installation: Path) -> None:
    changed_by(installation, lambda file: file.execute("UPDATE alembic_version SET version_num = '9999'"))
    before = held(installation)
    assert refused(run("serve", installation)) == said("database_newer")
    for _ in range(3):
        assert why(installation) == said("database_newer")
    assert held(installation) == before


def test_G05_a_board_of_a_newer_version_is_known_before_anything_is_opened(installation: Path) -> None:
    make(installation / "boards" / "b.sqlite3", "b")
    with closing(sqlite3.connect(installation / "boards" / "b.sqlite3")) as file:
        file.execute(f"PRAGMA user_version={VERSION + 1}")
    before = held(installation)
    assert why(installation) == said("database_newer")
    assert held(installation) == before


def test_F13_a_second_server_on_the_same_folder(new_server: Callable[..., Server]) -> None:
    server = new_server().start()
    assert refused(run("serve", server.data)) == said("running", path=server.data)
    server.kill()
    # A killed server locks nobody out.
    new_server(data=server.data).start()


# -- a full disk ------------------------------------------------------------------------------------------
def test_F13_a_first_start_on_a_full_disk_and_then_one_with_room(
    new_server: Callable[..., Server], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "pages").write_text("4")
    assert refused(run("serve", data, of="tests.reliability.small_disk")) == said("disk_full", path=data)
    assert not (data / "key").exists()
    (data / "pages").unlink()
    new_server(data=data).start()
    assert len((data / "key").read_bytes()) == 32


# -- PostgreSQL -------------------------------------------------------------------------------------------
def test_F13_postgresql_does_not_answer(tmp_path: Path) -> None:
    url = f"postgresql+asyncpg://trivsel:secret@127.0.0.1:{free_port()}/trivsel"
    ended = run("serve", tmp_path / "data", TRIVSEL_DATABASE_URL=url)
    assert refused(ended) == said("postgres_unreachable", host="127.0.0.1")


def test_F13_there_is_no_host_of_that_name(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://trivsel:secret@no-such-host.invalid/trivsel"
    ended = why(tmp_path / "data", TRIVSEL_DATABASE_URL=url)
    assert ended == said("postgres_unreachable", host="no-such-host.invalid")


def test_F13_postgresql_lets_nobody_of_that_name_in(tmp_path: Path, postgres_url: str) -> None:
    url = make_url(postgres_url).set(username="stranger", password="secret")
    given = url.render_as_string(hide_password=False)
    ended = why(tmp_path / "data", TRIVSEL_DATABASE_URL=given)
    host = url.host or url.query["host"]
    assert ended == said("postgres_password", host=host, user="stranger")
    assert not any("secret" in line for line in ended)


def test_F13_the_database_is_missing(tmp_path: Path, postgres_url: str) -> None:
    url = make_url(postgres_url).set(database="nowhere")
    given = url.render_as_string(hide_password=False)
    ended = why(tmp_path / "data", TRIVSEL_DATABASE_URL=given)
    host = url.host or url.query["host"]
    assert ended == said("postgres_missing", host=host, database="nowhere")


# -- the port ---------------------------------------------------------------------------------------------
def test_F13_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ended = run("serve", tmp_path / "data", TRIVSEL_PORT=port)
    assert refused(ended) == said("taken", port=port)


@pytest.mark.parametrize("host", ["203.0.113.9", "no-such-host.invalid", "æ" * 80])
def test_F13_an_address_that_is_not_this_machines(tmp_path: Path, host: str) -> None:
    ended = why(tmp_path / "data", TRIVSEL_HOST=host, TRIVSEL_PORT="18999")
    assert ended == said("closed", host=host, port="18999")
