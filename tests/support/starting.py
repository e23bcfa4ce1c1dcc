"""Starting the server from a terminal, and reading what it prints when it does not start."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.locales import words
from app.operations.serving import ready
from app.operations.start_checks import CannotStart, read_settings
from tests.support import warm
from tests.support.patience import PATIENCE
from tests.support.postgres import unprivileged
from tests.support.server import CHECKOUT, free_port

_OWN = re.compile("TRIVSEL_|HOST$|PORT$")


def run(
    word: str, data: Path, *, of: str = "app", who: Sequence[str] = (), cwd: Path = CHECKOUT, **env: str
) -> "subprocess.CompletedProcess[str]":
    """`trivsel <word>` on that data folder, until it ends by itself; `who` goes in front of the command."""
    clean = {name: value for name, value in os.environ.items() if not _OWN.match(name)}
    own = {
        "TRIVSEL_DATA": str(data),
        "TRIVSEL_HOST": "127.0.0.1",
        "TRIVSEL_PORT": str(free_port()),
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return ended([*who, sys.executable, "-m", of, word], {**clean, **own, **env}, cwd)


def ended(
    command: Sequence[str], env: Mapping[str, str], cwd: Path = CHECKOUT
) -> "subprocess.CompletedProcess[str]":
    """A command once it has ended by itself, with what it said."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = warm.start(command, env, cwd, out, err)
        if process is None:
            return subprocess.run(
                command,
                check=False,
                cwd=cwd,
                env=env,
                capture_output=True,
                encoding="utf-8",
                timeout=2 * PATIENCE,
            )
        try:
            code = process.wait(2 * PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        said = [file.read_text(encoding="utf-8") for file in (out, err)]
        return subprocess.CompletedProcess(command, code, *said)


def said(id: str, **about: object) -> list[str]:
    """The sentence in both languages."""
    return [words(language)(f"shared.start.{id}", **about) for language in ("da", "en")]


def refused(ended: "subprocess.CompletedProcess[str]") -> list[str]:
    """What was said by a start that ended with 1, without a traceback and without anything else."""
    assert "Traceback" not in ended.stderr + ended.stdout, ended.stderr
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout == ""
    return ended.stderr.splitlines()


def why(data: Path, **env: str) -> list[str]:
    """The same without a process of its own: what `ready` says of that folder under these settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name in filter(_OWN.match, list(os.environ)):
            patch.delenv(name)
        own = {"TRIVSEL_DATA": str(data), "TRIVSEL_HOST": "127.0.0.1", "TRIVSEL_PORT": str(free_port())}
        for name, value in (own | env).items():
            patch.setenv(name, value)
        with pytest.raises(CannotStart) as cannot:
            ready(read_settings()).release()
    return [cannot.value.fault.said(words(language)) for language in ("da", "en")]


@contextmanager
def place_for_others() -> Iterator[Path]:
    """A folder that somebody else than the tester can get into, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="trivsel-start-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def as_somebody_else() -> list[str]:
    """A command prefix that drops root's rights, which ignore file modes."""
    account = unprivileged()
    if account is None:
        return []
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
