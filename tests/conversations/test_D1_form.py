"""D1, D2: two sides and five questions, written at the same time, from several devices, and downloaded."""

import asyncio
import base64
import zipfile
from io import BytesIO
from typing import Any

import pypdf
import pytest
from docx import Document
from PIL import Image

from app.colour import look_of
from app.conversations.form import ANSWER_GRAPHEMES, QUESTIONS
from app.locales import words
from tests.conversations.conftest import EMPTY, Two


async def test_D1_the_form_has_the_five_questions_of_the_method_on_both_sides(two: Two) -> None:
    assert QUESTIONS == ("tasks", "weeks", "challenges", "change", "again")
    for party, side in ((two.employee, "employee"), (two.leader, "leader")):
        it = await party.sees()
        assert it["side"] == side
        assert [each["question"] for each in it["mine"]] == [*QUESTIONS]
        assert (it["employee"], it["leader"], it["language"]) == ("Ida Skov", "Karen Holm", "da")


async def test_D2_both_write_at_the_same_time_and_nothing_is_lost(two: Two) -> None:
    both = [party.writes(each, each) for each in QUESTIONS for party in (two.employee, two.leader)]
    answers = await asyncio.gather(*both)
    assert {answer.status_code for answer in answers} == {200}
    texts = {each: each for each in QUESTIONS}
    assert (await two.employee.reads("mine"), await two.leader.reads("mine")) == (texts, texts)


async def test_D2_a_second_device_is_told_that_another_was_quicker(two: Two) -> None:
    """The page merges the two then; the same text again is no change."""
    assert (await two.employee.writes("tasks", "Fra telefonen", 0)).json() == {"rev": 1}
    late = await two.employee.writes("tasks", "Fra computeren", 0)
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    assert (await two.employee.writes("tasks", "Fra telefonen", 0)).json() == {"rev": 1}
    assert await two.employee.reads("mine") == EMPTY | {"tasks": "Fra telefonen"}


async def test_D2_what_has_not_changed_is_not_sent_again(two: Two) -> None:
    tag = (await two.leader.sees())["tag"]
    assert (await two.leader.asks("open", known=tag)).status_code == 204
    await two.employee.writes("tasks", "Uden at dele")
    # Nor does the leader's list show that something was written.
    assert (await two.leader.asks("open", known=tag)).status_code == 204
    await two.employee.shares()
    assert (await two.leader.asks("open", known=tag)).status_code == 200


@pytest.mark.parametrize(
    ("text", "status"), [("x" * ANSWER_GRAPHEMES, 200), ("x" * (ANSWER_GRAPHEMES + 1), 422), ("\ud800", 422)]
)
async def test_D1_an_answer_may_be_long_but_not_too_long(two: Two, text: str, status: int) -> None:
    id = (await two.employee.sees())["id"]
    body = {"conversation": id, "question": "tasks", "rev": 0}
    if text == "\ud800":
        raw = '{"token": "%s", "conversation": "%s", "question": "tasks", "rev": 0, "text": "\\ud800"}'
        answer = await two.employee.browser.post(
            "/api/conversation/answer",
            content=raw % (two.employee.token, id),
            headers={"Content-Type": "application/json"},
        )
    else:
        answer = await two.employee.asks("answer", **body, text=text)
    assert answer.status_code == status
    assert status == 200 or text not in answer.text


#: What every format must reproduce as it was typed (B31, B34, B35).
ODD = '=1+1 #read("/etc/passwd") <img onerror> 🌿 مرحبا'


async def taken(two: Two, who: str, shape: str) -> bytes:
    party = two.employee if who == "employee" else two.leader
    id = (await party.sees())["id"]
    answer = await party.asks("file", conversation=id, **{"as": shape})
    assert answer.status_code == 200, answer.text
    name = answer.headers["content-disposition"]
    assert "samtale-20" in name and "Ida" not in name
    assert "no-store" in answer.headers["cache-control"]
    return answer.content


def in_word(raw: bytes) -> tuple[list[str], list[list[str]]]:
    document = Document(BytesIO(raw))
    heads = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 1"]
    return heads, [[cell.text for cell in table.rows[1].cells] for table in document.tables]


async def test_D2_word_holds_what_its_reader_may_see_and_no_more(two: Two) -> None:
    await two.employee.writes("challenges", ODD)
    await two.leader.writes("challenges", "Lederens hemmelighed")
    heads, rows = in_word(await taken(two, "employee", "docx"))
    assert heads == [words("da")(f"conversation.question.{each}") for each in QUESTIONS]
    unshared = words("da")("conversation.paper.unshared")
    assert rows[2] == [ODD, unshared]
    await two.leader.shares()
    _, rows = in_word(await taken(two, "employee", "docx"))
    assert rows[2] == [ODD, "Lederens hemmelighed"]
    _, rows = in_word(await taken(two, "leader", "docx"))
    assert rows[2] == [unshared, "Lederens hemmelighed"]


async def test_D2_the_pdf_holds_what_its_reader_may_see_and_no_more(two: Two) -> None:
    await two.employee.writes("challenges", '=1+1 #read("/etc/passwd") 🌿')
    await two.leader.writes("challenges", "Lederens hemmelighed")

    async def text(who: str) -> str:
        reader = pypdf.PdfReader(BytesIO(await taken(two, who, "pdf")))
        found: Any = reader.trailer["/Root"]
        assert found["/MarkInfo"]["/Marked"] and found["/Lang"].startswith("da")
        return " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    mine = await text("employee")
    assert '#read("/etc/passwd")' in mine and "Lederens" not in mine
    assert "Hvordan ser de næste 2–4 uger ud?" in mine
    theirs = await text("leader")
    assert "Lederens hemmelighed" in theirs and "passwd" not in theirs


async def test_X24_the_pdf_says_that_no_font_has_a_character(two: Two) -> None:
    def said(raw: bytes) -> bool:
        pages = pypdf.PdfReader(BytesIO(raw)).pages
        told = " ".join(" ".join(page.extract_text() for page in pages).split())
        return words("da")("summary.boxes") in told

    await two.employee.writes("tasks", "Et tegn 🌿")
    assert not said(await taken(two, "employee", "pdf"))
    await two.employee.writes("tasks", "Et tegn \U00013080")
    assert said(await taken(two, "employee", "pdf"))


async def test_X26_D2_its_documents_are_in_the_companys_name_colour_and_logo(two: Two) -> None:
    def told(raw: bytes) -> tuple[str, str]:
        with zipfile.ZipFile(BytesIO(raw)) as file:
            header = next(name for name in file.namelist() if name.startswith("word/header"))
            return file.read(header).decode(), file.read("word/styles.xml").decode()

    (page,) = pypdf.PdfReader(BytesIO(await taken(two, "employee", "pdf"))).pages
    assert "Bakkedal Inventar" in page.extract_text() and not page.images
    header, _ = told(await taken(two, "employee", "docx"))
    assert "Bakkedal Inventar" in header and "descr=" not in header
    company, colour, logo = f"/api/companies/{two.company}", "#f97316", BytesIO()
    Image.new("RGB", (300, 100), "#1f6feb").save(logo, "PNG")
    assert (await two.desk.put(company, json={"colour": colour})).status_code == 204
    sent = {"file": base64.b64encode(logo.getvalue()).decode()}
    assert (await two.desk.put(f"{company}/logo", json=sent)).status_code == 204
    for who in ("employee", "leader"):
        (page,) = pypdf.PdfReader(BytesIO(await taken(two, who, "pdf"))).pages
        assert len(page.images) == 1
        header, styles = told(await taken(two, who, "docx"))
        assert 'descr="Bakkedal Inventar"' in header
        assert f'w:val="{look_of(colour).day.accent.upper()}"' in styles
