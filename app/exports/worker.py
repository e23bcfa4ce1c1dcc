"""The process that makes files: one job after the other from stdin, an answer each on stdout.

It is started by path, with an empty environment. Whatever a note might make a compiler or a library do
happens here: with a memory limit, without any secrets (X24), and at a lower priority than live rooms. A job
is `length, pickle`, since only the server writes any; an answer is `ok or not, length, bytes`, after one of
`=` for each part that is done.
"""

import os
import pickle
import select
import struct
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

# It is started isolated (`-I`), so add the folder of the modules it makes files with.
sys.path.insert(0, str(Path(__file__).parents[2]))


def main() -> None:
    keep_back(int(sys.argv[1]))
    warm()
    while head := sys.stdin.buffer.read(4):
        asked_for = sys.stdin.buffer.read(struct.unpack(">I", head)[0])
        give_time(int(sys.argv[2]))
        try:
            job = pickle.loads(asked_for)  # noqa: S301  written by the server that started this process
            answer(b"+", made(job() if callable(job) else job))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  whatever fails, the next job is somebody else's
            # The message may quote a note, so it never leaves this process (A9).
            answer(b"-", type(error).__name__.encode())
        warm()


def keep_back(memory: int) -> None:
    """Limit memory and lower the priority below live rooms. Not possible on Windows."""
    if sys.platform == "win32":
        return
    import resource

    # Not RLIMIT_AS: the compiler reserves far more address space than it ever uses.
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # On a busy machine this leaves a tenth of what others get, so that every file gets made.
    os.nice(10)
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def warm() -> None:
    """Load the libraries while nobody waits, so that the next job need not."""
    from app.exports import warming

    warming.load(asked, sys.argv[3:])


def asked() -> bool:
    """Whether a job is waiting. On Windows one cannot look into a pipe."""
    return sys.platform != "win32" and bool(select.select([sys.stdin], [], [], 0)[0])


def give_time(seconds: int) -> None:
    """Limit processor time from here on; beyond it the system kills this process."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + seconds, most))


def answer(sign: bytes, body: bytes) -> None:
    sys.stdout.buffer.write(sign + struct.pack(">I", len(body)) + body)
    sys.stdout.buffer.flush()


def made(job: dict[str, Any]) -> bytes:
    # Loaded when first needed: a PDF need not wait for the libraries of Word.
    look = job.get("look")
    match job["to"]:
        case "docx":
            from app.exports import setter, word

            return word.document(
                job["data"], job["timestamp"], partial(setter.picture, job["data"], look=look), look
            )
        case "pdf":
            from app.exports import setter

            return setter.pdf(job["template"], job["data"], job["timestamp"], look)
        case "poster":
            from app.exports import setter

            return setter.poster(
                job["shape"], job["template"], job["data"], job["timestamp"], job["dots"], look
            )
        case "xlsx":
            from app.exports import excel

            return excel.workbook(job["data"], job["timestamp"], look)
        case "csv":
            from app.exports import bundle, separated

            return bundle.bundle(separated.tables(job["data"]), job["timestamp"])
        case "logo":
            from app.exports import logo

            return logo.taken_in(job["picture"])
        case "zip":
            from app.exports import bundle

            return bundle.bundle(parts(job["files"]), job["timestamp"])
        case "text":
            return bytes(job["text"], "utf-8")
    raise KeyError


def parts(files: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, bytes]]:
    """Each file when it is needed, reporting after each how many are done."""
    for done, (name, job) in enumerate(files):
        answer(b"=", struct.pack(">II", done, len(files)))
        give_time(int(sys.argv[2]))
        yield name, made(job)
    answer(b"=", struct.pack(">II", len(files), len(files)))


if __name__ == "__main__":
    main()
