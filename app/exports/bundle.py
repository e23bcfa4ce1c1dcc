"""Several files as one ZIP: run in the worker. Names and days are ours."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime


def bundle(files: Iterable[tuple[str, bytes]], timestamp: int) -> bytes:
    """The files under their names, all of the same day."""
    stream, day = io.BytesIO(), datetime.fromtimestamp(timestamp, UTC)
    with zipfile.ZipFile(stream, "w") as held:
        for name, content in files:
            of = zipfile.ZipInfo(name, (day.year, day.month, day.day, day.hour, 0, 0))
            held.writestr(of, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
