"""F10: there is never half a key, and a key can be replaced."""

import errno
import os
from pathlib import Path
from typing import Any, Self

import pytest

from app.operations.secret import SHORTEST, BadKey, rotate, server_key
from tests.support.server import Server
from tests.support.starting import refused, run, said


def modes(data: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in data.iterdir()}


def test_F10_a_key_is_whole_kept_and_closed_to_others(tmp_path: Path) -> None:
    key = server_key(tmp_path, "")
    assert len(key) == SHORTEST
    assert (tmp_path / "key").read_bytes() == key == server_key(tmp_path, "")
    assert modes(tmp_path) == {"key": 0o600}


@pytest.mark.parametrize("step", ["write", "fsync"])
def test_F10_a_full_disk_leaves_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """The empty key that it left was accepted at the next start, and tokens were forged with it."""
    full = OSError(errno.ENOSPC, "No space left on device")

    class OnFullDisk:
        def __init__(self, file: Any) -> None:
            self._file = file

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

        def write(self, _key: bytes) -> int:
            raise full

    def fails(_handle: int) -> None:
        raise full

    real = os.fdopen
    with monkeypatch.context() as patch:
        if step == "write":
            patch.setattr(os, "fdopen", lambda *how: OnFullDisk(real(*how)))
        else:
            patch.setattr(os, "fsync", fails)
        with pytest.raises((BadKey, OSError)):
            server_key(tmp_path, "")
    assert list(tmp_path.iterdir()) == []
    assert len(server_key(tmp_path, "")) == SHORTEST


def test_F10_a_key_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut between the two there is either no key or all of it."""
    seen: list[tuple[int, bool]] = []
    real = os.fsync

    def synced(handle: int) -> None:
        seen.append((os.fstat(handle).st_size, (tmp_path / "key").exists()))
        real(handle)

    monkeypatch.setattr(os, "fsync", synced)
    server_key(tmp_path, "")
    # The file under its temporary name, then the folder with the new name in it.
    assert seen[0] == (SHORTEST, False)
    assert len(seen) == 2 and seen[1][1]


@pytest.mark.parametrize("size", [0, 31])
def test_F10_a_short_key_is_no_key(tmp_path: Path, size: int) -> None:
    (tmp_path / "key").write_bytes(b"k" * size)
    with pytest.raises(BadKey, match="key_short"):
        server_key(tmp_path, "")
    with pytest.raises(BadKey, match="secret_short"):
        server_key(tmp_path, "s" * 31)
    assert server_key(tmp_path, "s" * 32) == b"s" * 32


def test_F10_of_two_first_starts_at_once_both_have_the_same_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, others = os.link, b"o" * SHORTEST

    def late(written: str, path: Path) -> None:
        path.write_bytes(others)
        real(written, path)

    monkeypatch.setattr(os, "link", late)
    assert server_key(tmp_path, "") == others
    assert list(tmp_path.iterdir()) == [tmp_path / "key"]


def test_F10_rotating_leaves_nothing_of_the_old_key(tmp_path: Path) -> None:
    before = server_key(tmp_path, "")
    rotate(tmp_path)
    assert server_key(tmp_path, "") != before
    assert modes(tmp_path) == {"key": 0o600}


def test_F10_rotating_on_a_full_disk_leaves_the_old_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = server_key(tmp_path, "")

    def fails(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(BadKey, match="disk_full"):
            rotate(tmp_path)
    assert server_key(tmp_path, "") == before
    assert modes(tmp_path) == {"key": 0o600}


def test_F10_the_command_says_what_it_ends_and_waits_for_the_server_to_stop(server: Server) -> None:
    before = (server.data / "key").read_bytes()
    assert refused(run("rotate-key", server.data)) == said("running", path=server.data)
    assert (server.data / "key").read_bytes() == before
    server.stop()
    ended = run("rotate-key", server.data)
    assert (ended.returncode, ended.stdout.splitlines()) == (0, said("rotated"))
    assert (server.data / "key").read_bytes() != before
    # A key from the settings is not ours to change.
    ended = run("rotate-key", server.data, TRIVSEL_SECRET="s" * 32)
    assert refused(ended) == said("rotate_secret")
