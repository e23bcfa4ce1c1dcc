"""What a summary can be taken along as, and what its file is called."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

from app.engine.report import Words
from app.exports.summary import Summary

Shape = Literal["pdf", "docx", "xlsx", "csv", "zip"]
#: How its name ends: there is a file of CSV for each table, so that they come together.
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
    """Our own name (B37): what it is and of which day, never what somebody typed."""
    day = summary.day.isoformat() if summary.day else datetime.now(UTC).date().isoformat()
    return f"{say('summary.filename')}-{day}"


def ended(name: str, shape: Shape) -> str:
    """The whole name of the file."""
    return f"{name}{ENDINGS[shape]}"
