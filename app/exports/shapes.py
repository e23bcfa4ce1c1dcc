"""The download formats of a summary, and the names of the files."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

from app.engine.report import Words
from app.exports.summary import Summary

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


def file_name(summary: Summary, say: Words) -> str:
    """Our own file name (B37): what it is and its day, never what somebody typed."""
    day = summary.day.isoformat() if summary.day else datetime.now(UTC).date().isoformat()
    return f"{say('summary.filename')}-{day}"


def ended(name: str, shape: Shape) -> str:
    """The whole name of the file."""
    return f"{name}{ENDINGS[shape]}"
