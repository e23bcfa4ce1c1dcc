"""X2: an invitation is sent by mail if mail is set up: who invites, to what, and the link."""

import re

import pytest
from sqlalchemy import select, update

from app.mail.tables import mail
from app.processes.tables import company
from tests.support.house import House
from tests.support.post import Post


async def invite(home: House, **more: str) -> dict[str, object]:
    """By a facilitator of the process; returns the answer."""
    desk = await home.signed_in()
    process = (await home.workshop(desk))["process"]
    body = {"name": "Åse", "role": "co_facilitator", "email": "aase@firma.dk"} | more
    answer = await desk.post(f"/api/processes/{process}/invitations", json=body)
    assert answer.status_code == 201, answer.text
    assert (await desk.get(f"/api/processes/{process}/people")).json()["mails"] is True
    return dict(answer.json())


async def test_X2_it_says_who_invites_to_what_and_its_link_opens_the_invitation(
    home: House, post: Post
) -> None:
    made = await invite(home)
    assert made["sent"] is True
    await home.app.services.mailing.send()
    (letter,) = post.mails
    text = letter.get_content()
    assert post.to == ["aase@firma.dk"]
    assert letter["Subject"] == "Karen Holm har inviteret dig til trivselsprocessen for Montagen"
    assert "til trivselsprocessen for Montagen hos Bakkedal Inventar." in text and "Hej Åse" in text
    assert "Du er inviteret som medhjælper." in text
    # Nobody unsubscribes from a mail that is sent once.
    assert letter["List-Unsubscribe"] is None
    found = re.search(r"http://localhost:8000/invitation#(\S+)", text)
    assert found and made["url"] == found[0]
    seen = await home.client().post("/api/invitation/open", json={"token": found[1]})
    assert seen.json()["by"] == "Karen Holm"


async def test_X2_it_is_written_in_the_companys_language(home: House, post: Post) -> None:
    desk = await home.signed_in()
    process = (await home.workshop(desk))["process"]
    async with home.database.begin() as connection:
        await connection.execute(update(company).values(language="en"))
    body = {"name": "Åse", "role": "reader", "email": "aase@firma.dk"}
    await desk.post(f"/api/processes/{process}/invitations", json=body)
    await home.app.services.mailing.send()
    assert post.mails[0]["Subject"] == "Karen Holm has invited you to the well-being process for Montagen"


async def test_X2_to_begin_processes_of_ones_own(home: House, post: Post) -> None:
    desk = await home.signed_in()
    answer = await desk.post("/api/invitations", json={"name": "Åse", "email": "aase@firma.dk"})
    assert answer.status_code == 201, answer.text
    await home.app.services.mailing.send()
    assert post.mails[0]["Subject"] == "Karen Holm har inviteret dig til Trivselstavlen"


@pytest.mark.parametrize("gone", ["later", "process"])
async def test_X2_what_opens_nothing_any_more_is_not_sent(home: House, post: Post, gone: str) -> None:
    await invite(home)
    if gone == "later":
        home.forward(hours=72)
    else:
        async with home.database.connect() as connection:
            process = await connection.scalar(select(mail.c.process_id))
        await home.app.services.deletion.process(str(process))
    await home.app.services.mailing.send()
    assert post.mails == []
