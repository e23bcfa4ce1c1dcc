"""A conversation to download (D2), with what its reader may see: data for the PDF and for Word."""

from datetime import UTC, date, datetime, time
from typing import Any

from app.conversations.form import QUESTIONS, SIDES
from app.conversations.seen import ConversationSeen
from app.engine.report import day_in_words
from app.locales import Words

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
}


def paper(it: ConversationSeen, say: Words, company: str) -> dict[str, Any]:
    """The data for both documents, as `conversation.typ` reads it: every text a string."""
    between = say("conversation.between", employee=it.employee, leader=it.leader)
    mine = {each.question: each.text for each in it.mine}
    theirs = {each.question: each.text for each in it.theirs} if it.theirs is not None else None
    employee, leader = (mine, theirs) if it.side == "employee" else (theirs, mine)
    unshared = say("conversation.paper.unshared")
    rows = [
        {
            "question": say(f"conversation.question.{each}"),
            "employee": unshared if employee is None else employee[each],
            "leader": unshared if leader is None else leader[each],
        }
        for each in QUESTIONS
    ]
    return {
        "language": say.language,
        "title": say("conversation.title"),
        "company": company,
        "header": f"{between} · {day_in_words(it.day, say)}",
        "foot": say("conversation.paper.foot"),
        "page": say("summary.page"),
        "boxes": say("summary.boxes"),
        "employee": it.employee,
        "leader": it.leader,
        "employee_role": say("conversation.employee"),
        "leader_role": say("conversation.leader"),
        "empty": say("conversation.paper.empty"),
        "unshared": unshared,
        "rows": rows,
    }


def timestamp(it: ConversationSeen) -> int:
    """Noon of its day, so that the document is dated by its content, not by the download."""
    return int(datetime.combine(date.fromisoformat(it.day), time(12), UTC).timestamp())


def written(data: dict[str, Any]) -> dict[str, Any]:
    """The same for Word, as a document of sections: each question with a table of two columns under it."""
    columns = [f"{data[side]} ({data[f'{side}_role'].lower()})" for side in SIDES]

    def section(row: dict[str, str]) -> dict[str, Any]:
        cells = [row[side] or data["empty"] for side in SIDES]
        table = {"kind": "table", "columns": columns, "widths": [1, 1]}
        table["rows"] = [{"cells": cells, "paper": None}]
        return {"title": row["question"], "blocks": [table]}

    return data | {
        # The two and the day, under the title, as on paper.
        "why": data["header"],
        "short": [],
        "short_title": "",
        "rows": [],
        "sections": [section(row) for row in data["rows"]],
        # Texts that other blocks of a document need.
        "picked": "",
        "chosen": "",
        "how": "",
    }


def file_name(it: ConversationSeen, say: Words, ending: str) -> str:
    """Our own file name (B37): what it is and its day, never a name that somebody typed."""
    return f"{say('conversation.filename')}-{it.day}.{ending}"
