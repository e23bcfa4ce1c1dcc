"""What the server logs: named events, never texts, codes or addresses (A9, B39)."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO, cast

import structlog

from app.live.protocol import quiet_uvicorn

#: What may be logged with an event; everything else is dropped before it is written.
ALLOWED = frozenset(
    {
        "event",
        "level",
        "logger",
        "timestamp",
        "trace",
        "id",
        "commands",
        "work",
        "route",
        "status",
        "took",
        "method",
        "code",
        "boards",
        "seconds",
        "files",
    }
)


def only_allowed(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not known to be harmless."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def trace_of(fault: BaseException) -> str:
    """An exception's type and place, on one line, without its message or variables, which may hold a text
    (A9).
    """
    frames = traceback.extract_tb(fault.__traceback__)[-8:]
    return " < ".join(
        [type(fault).__name__, *(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))]
    )


def trace_only(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of an exception only its trace."""
    if event.pop("exc_info", None) and (fault := sys.exc_info()[1]):
        event["trace"] = trace_of(fault)
    return event


class _TraceFormatter(logging.Formatter):
    """The same for what libraries log."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name logging calls
        return trace_of(ei[1])


class _Unfailing:
    """Drops what cannot be printed: a log on a full disk must not turn an answer into an error (F13)."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Print, if it can be."""
        with suppress(OSError, ValueError):
            self._stream.write(text)

    def flush(self) -> None:
        """The same."""
        with suppress(OSError, ValueError):
            self._stream.flush()


def configure(form: str) -> None:
    """Set up logging once, at start."""
    quiet_uvicorn()
    logging.raiseExceptions = False
    handler = logging.StreamHandler()
    handler.setFormatter(_TraceFormatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    last: Any = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%MZ", utc=True),
            trace_only,
            only_allowed,
            last,
        ],
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Unfailing(sys.stdout))),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
