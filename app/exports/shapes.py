"""The download formats of a summary, and the names of the files."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Literal

from app.engine.report import Words

Shape = Literal["pdf", "docx", "xlsx", "csv", "zip"]
#: File endings: CSV needs a file for each table, so those are zipped.
ENDINGS: Mapping[Shape, str] = {
    "pdf": ".pdf",
    "docx": ".docx",
    "xlsx": ".xlsx",
    "csv": "-csv.zip",
    "zip": ".zip",
}
TYPES: Mapping[Shape, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "zip": "application/zip",
}


def file_name(day: date | None, say: Words) -> str:
    """Our own file name (B37): what it is and its day, never what somebody typed."""
    return f"{say('summary.filename')}-{(day or datetime.now(UTC).date()).isoformat()}"


def ended(name: str, shape: Shape) -> str:
    """The whole name of the file."""
    return f"{name}{ENDINGS[shape]}"
