"""A conversation to take along (D2), with what its reader may see: data for the PDF, and the Word file."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

from app.conversations.form import QUESTIONS
from app.conversations.seen import ConversationSeen
from app.engine.report import day_in_words
from app.locales import Words

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOCALE = {"da": "da-DK", "en": "en-GB"}


def paper(it: ConversationSeen, say: Words) -> dict[str, Any]:
    """What both papers are made of, and what `conversation.typ` reads: every text a string."""
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
        "company": say("conversation.between", employee=it.employee, leader=it.leader),
        "header": day_in_words(it.day, say),
        "foot": say("conversation.paper.foot"),
        "page": say("summary.page"),
        "hyphenate": True,
        "employee": it.employee,
        "leader": it.leader,
        "employee_role": say("conversation.employee"),
        "leader_role": say("conversation.leader"),
        "empty": say("conversation.paper.empty"),
        "rows": rows,
    }


def timestamp(it: ConversationSeen) -> int:
    """Noon of its day: the document says when it is from, not when somebody downloaded it."""
    return int(datetime.combine(date.fromisoformat(it.day), time(12), UTC).timestamp())


def word(it: ConversationSeen, say: Words) -> bytes:
    """The Word file: real headings, a table of two columns under each, in the right language."""
    # Takes a third of a second to import, and is seldom needed.
    from docx import Document
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm

    data = paper(it, say)
    document = Document()
    for style in document.styles.element.iter(qn("w:lang")):
        style.set(qn("w:val"), _LOCALE[say.language])
    about = document.core_properties
    about.title, about.author, about.comments = f"{data['title']}, {data['header']}", "Trivselstavlen", ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    document.add_heading(data["title"], 0)
    document.add_paragraph(f"{data['company']} · {data['header']}")
    for row in data["rows"]:
        document.add_heading(row["question"], 2)
        table = document.add_table(2, 2, "Table Grid")
        for at, side in enumerate(("employee", "leader")):
            head, cell = table.rows[0].cells[at], table.rows[1].cells[at]
            head.text = f"{data[side]} ({data[f'{side}_role'].lower()})"
            head.paragraphs[0].runs[0].bold = True
            cell.text = row[side] or data["empty"]
        properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other way
        properties.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()
    document.add_paragraph(data["foot"])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def file_name(it: ConversationSeen, say: Words, ending: str) -> str:
    """Our own (B37): what it is and of which day, never a name that somebody typed."""
    return f"{say('conversation.filename')}-{it.day}.{ending}"
