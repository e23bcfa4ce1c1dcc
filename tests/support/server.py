"""The real server as a process of its own: on a free port, in a data folder, started, stopped, killed."""

import itertools
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from http.cookiejar import Cookie
from pathlib import Path
from typing import Self

from tests.support import warm
from tests.support.patience import PATIENCE
from tests.support.tables import lay

SERVE = (sys.executable, "-m", "app", "serve")
CHECKOUT = Path(__file__).resolve().parents[2]


#: Below the ephemeral range: a client that connects while its server is down must not get the server's own
#: port as its source port.
PORTS = range(20_000, 32_000)
_given = itertools.count()


def free_port() -> int:
    """A port that nobody listens on; never the same one in one process, and hardly ever in two."""
    for _ in PORTS:
        port = PORTS[(os.getpid() * 997 + next(_given)) % len(PORTS)]
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise RuntimeError("no port is free")


class Server:
    """`python -m app serve`, or another command that does the same, in the data folder `data`."""

    def __init__(
        self,
        data: Path,
        *,
        port: int | None = None,
        command: Sequence[str] = SERVE,
        env: Mapping[str, str] | None = None,
        cwd: Path = CHECKOUT,
        laid: bool = False,
    ) -> None:
        self.data = data
        # Kept over stop and start, so that a client finds the server again where it was.
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.parent / f"{data.name}.log"
        #: Whether its tables are there before the first start.
        self.laid = laid
        self.command = command
        self.cwd = cwd
        # The tester's own settings must not reach the server of a test.
        clean = {
            name: value for name, value in os.environ.items() if not re.match("TRIVSEL_|HOST$|PORT$", name)
        }
        own = {
            "TRIVSEL_DATA": str(data),
            "TRIVSEL_HOST": "127.0.0.1",
            "TRIVSEL_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        self.env = {**clean, **own, **(env or {})}
        #: The CA to trust if a TLS proxy is in front.
        self.trusts: ssl.SSLContext | None = None
        #: The cookies of the last sign-in here.
        self.session: list[Cookie] = []
        self.process: subprocess.Popen[bytes] | warm.Forked | None = None
        self._before = 0  # characters of output before the last start

    def start(self, limit: float = PATIENCE) -> Self:
        """Return when /healthz answers; tell the log when it does not."""
        if self.laid and not self.data.exists():
            lay(self.data)
        self.data.mkdir(parents=True, exist_ok=True)
        self.log.touch()
        self._before = len(self.output())
        self.process = warm.start(self.command, self.env, self.cwd, self.log) or self._loads()
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            if self.answers():
                return self
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"The server did not start:\n{self.output()}")

    def _loads(self) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command, stdout=log, stderr=log, env=self.env, cwd=self.cwd, start_new_session=True
            )

    def answers(self, path: str = "/healthz") -> bool:
        """Whether GET `path` is answered with 200."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5, context=self.trusts) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def output(self) -> str:
        """All that the server has printed, over every start."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def first_link(self) -> str:
        """The one-time link of the first facilitator; it is printed soon after the server first answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = re.search(r"http://\S+?(/welcome#\S+)", self.output()[self._before :])
            if found:
                return self.url + found[1]
            time.sleep(0.05)
        raise RuntimeError(f"The server printed no first link:\n{self.output()}")

    def stop(self) -> None:
        """Stop it as an operator does: SIGTERM, and time to finish."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Stop it as a power cut does: nothing more is written."""
        self._end(signal.SIGKILL)

    def _end(self, by: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, by)
            try:
                self.process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
                raise
        self.process = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
