"""`python -m tests.support.warm`: our code, loaded once, to fork servers and commands from.

Loading it takes more processor time than most meetings cost their server. A fork behaves like `python -m app
serve` in its own process from the first line; none of our code runs before.
"""

import atexit
import gc
import json
import os
import runpy
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

#: Only where one can wait for processes that are not children; elsewhere each loads the code itself.
CAN = hasattr(os, "fork") and hasattr(os, "pidfd_open")
_CHECKOUT = Path(__file__).resolve().parents[2]


class Forked:
    """One of our processes, with the part of the `subprocess.Popen` interface that is used."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        # Until its exit status is read, its pid is not reused.
        self._held = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """What it ended with, or None while it runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Return what it ended with. Raises `TimeoutExpired`."""
        if self.returncode is None:
            if not select.select([self._held], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            os.close(self._held)
            self.returncode = _warm.ask({"ended": self.pid})
        return self.returncode


class _Warm:
    """The process that forks, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._one = threading.Lock()

    def ask(self, what: Mapping[str, Any]) -> int:
        """The number that answers it."""
        with self._one:
            if self._process is None:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", __name__],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    cwd=_CHECKOUT,
                    env=os.environ | {"PYTHONUNBUFFERED": "1"},
                    # Ctrl-C is for the tests; it goes when they do.
                    start_new_session=True,
                )
                atexit.register(self._process.communicate)
            assert self._process.stdin
            assert self._process.stdout
            self._process.stdin.write(json.dumps(what).encode() + b"\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())


_warm = _Warm()


def start(
    command: Sequence[str], env: Mapping[str, str], cwd: Path, out: Path, err: Path | None = None
) -> Forked | None:
    """Start `python -m <ours> …`; None for any other command, which the caller starts itself.

    Its stdout is appended to `out`, and its stderr to `err` if that differs.
    """
    if not CAN or tuple(command[:2]) != (sys.executable, "-m") or cwd != _CHECKOUT:
        return None
    module, *words = command[2:]
    files = [str(out), str(err or out)]
    return Forked(_warm.ask({"module": module, "words": words, "env": dict(env), "files": files}))


def _become(asked: Mapping[str, Any]) -> None:
    """What `subprocess` would have done, then what `python -m` does."""
    os.setsid()
    for number, file in enumerate((os.devnull, *asked["files"])):
        opened = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    sys.argv[1:] = asked["words"]
    runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)


def _serve() -> Mapping[str, Any] | None:
    """Fork for each line of input until it ends; in a fork, returns the request."""
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        if pid := asked.get("ended"):
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        elif pid := os.fork():
            print(pid)
        else:
            return asked
    return None


if __name__ == "__main__":
    import app.operations.serving  # noqa: F401

    assert threading.active_count() == 1, "a fork would lose threads"
    gc.collect()
    # A garbage collection in a fork would copy every page it visits.
    gc.freeze()
    if asked := _serve():
        _become(asked)
