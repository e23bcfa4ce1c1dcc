"""What the server logs: events in words, never texts, codes or addresses (A9, B39)."""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

from app.live.protocol import quiet_uvicorn

#: What may stand beside an event; everything else is dropped before it is written.
ALLOWED = frozenset(
    {
        "event",
        "level",
        "logger",
        "timestamp",
        "exc_info",
        "exception",
        "commands",
        "work",
        "route",
        "status",
        "took",
        "method",
        "code",
        "boards",
        "seconds",
    }
)


def only_allowed(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not known to be harmless."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def configure(form: str) -> None:
    """Set up logging once, at start."""
    quiet_uvicorn()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    last: Any = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%MZ", utc=True),
            only_allowed,
            structlog.processors.format_exc_info,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
