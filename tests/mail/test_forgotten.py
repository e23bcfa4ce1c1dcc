"""X2: a forgotten password is reset by mail; X4: the owner is notified of changes."""

import re
from typing import Any

import pytest
from sqlalchemy import event, update

from app.accounts.tables import account, one_time_link
from app.processes.tables import company
from tests.support.house import PASSWORD, House
from tests.support.post import Post

KAREN, STRANGER = "karen@bakkedal.dk", "nobody@bakkedal.dk"
NEW = "fire små både vinker"


async def forgets(home: House, email: str = KAREN, address: str = "10.0.0.9") -> int:
    """The answer to a request for a reset."""
    client = home.client(address=address)
    return (await client.post("/api/accounts/forgotten", json={"email": email})).status_code


async def token_of(home: House, post: Post) -> str:
    """The contents of the newest mail, once it is sent."""
    await home.app.services.mailing.send()
    found = re.search(r"http://localhost:8000/password#(\S+)", post.mails[-1].get_content())
    assert found
    return found[1]


async def resets(home: House, token: str) -> int:
    body = {"token": token, "password": NEW}
    return (await home.client().post("/api/accounts/reset", json=body)).status_code


async def test_X2_the_mail_brings_a_link_that_is_good_once_and_its_owner_hears_of_it(
    home: House, post: Post
) -> None:
    desk = await home.signed_in()
    assert (await desk.get("/api/sign-on")).json()["mails"] is True
    assert await forgets(home, "Karen@Bakkedal.dk ") == 204
    token = await token_of(home, post)
    assert (post.to, post.mails[0]["Subject"]) == ([KAREN], "Ny adgangskode til Trivselstavlen")
    assert token.encode() not in await home.on_disk()
    assert await resets(home, token) == 204
    assert await resets(home, token) == 410
    # X4: sessions with the old password are ended.
    assert (await desk.get("/api/session")).status_code == 401
    await home.app.services.mailing.send()
    told = post.mails[-1]
    assert (post.to[-1], told["Subject"]) == (KAREN, "Din adgangskode til Trivselstavlen er skiftet")
    assert "Var det ikke dig" in told.get_content() and "http" not in told.get_content()


async def test_X2_the_answer_is_the_same_and_asks_the_database_nothing(home: House, post: Post) -> None:
    """Timing reveals nothing that is not looked up before the answer."""
    await home.signed_in()
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(home.database.engine.sync_engine, "before_cursor_execute", note)
    answers = [await forgets(home, email) for email in (KAREN, STRANGER)]
    assert (answers, asked) == ([204, 204], [])
    await home.app.services.mailing.send()
    assert post.to == [KAREN]


async def test_X2_after_an_hour_the_link_opens_nothing_and_its_mail_is_not_sent(
    home: House, post: Post
) -> None:
    await home.signed_in()
    await forgets(home)
    token = await token_of(home, post)
    await forgets(home)
    await home.app.services.mailing.resetting.work()
    home.forward(minutes=60)
    assert await resets(home, token) == 410
    await home.app.services.mailing.send()
    assert len(post.mails) == 1


async def test_X2_after_pressing_twice_either_mail_works_and_one_use_ends_both(
    home: House, post: Post
) -> None:
    await home.signed_in()
    await forgets(home)
    first = await token_of(home, post)
    await forgets(home)
    second = await token_of(home, post)
    assert first != second
    assert await resets(home, first) == 204
    assert await resets(home, second) == 410


async def test_X2_nobody_fills_a_mailbox_or_takes_a_link_away_by_asking(home: House, post: Post) -> None:
    admin = await home.signed_in()
    (karen,) = (await admin.get("/api/accounts")).json()
    made = (await admin.post(f"/api/accounts/{karen['id']}/reset")).json()["url"]
    assert [await forgets(home, address=f"10.0.1.{n}") for n in range(8)] == [204] * 8
    await home.app.services.mailing.send()
    assert len(post.mails) == 3
    assert await resets(home, made.partition("#")[2]) == 204


async def test_F12_an_address_asks_thirty_times_an_hour_whatever_the_account(home: House) -> None:
    answers = [await forgets(home, f"n{n}@firma.dk") for n in range(31)]
    assert (answers.count(204), answers[-1]) == (30, 429)
    home.forward(minutes=60)
    assert await forgets(home) == 204


@pytest.mark.parametrize("kind", ["disabled", "by_link"])
async def test_X2_accounts_that_cannot_sign_in_get_no_link(home: House, post: Post, kind: str) -> None:
    await home.signed_in()
    async with home.database.begin() as connection:
        if kind == "disabled":
            await connection.execute(update(account).values(disabled=True))
        else:
            await connection.execute(update(account).values(email=account.c.id))
    await forgets(home)
    await home.app.services.mailing.send()
    assert post.mails == []


async def test_X28_people_who_sign_in_by_their_company_are_told_so_and_get_no_link(
    home: House, post: Post
) -> None:
    await home.signed_in()
    async with home.database.begin() as connection:
        await connection.execute(update(account).values(password_hash=""))
    await forgets(home)
    await home.app.services.mailing.send()
    text = post.mails[0].get_content()
    assert "kontoen har ingen adgangskode" in text and "http" not in text


async def test_X2_an_administrator_sends_a_link_without_seeing_it(home: House, post: Post) -> None:
    admin = await home.signed_in()
    await home.workshop(admin)
    async with home.database.begin() as connection:
        await connection.execute(update(company).values(language="en"))
    (karen,) = (await admin.get("/api/accounts")).json()
    before = (await admin.post(f"/api/accounts/{karen['id']}/reset")).json()["url"].partition("#")[2]
    sent = await admin.post(f"/api/accounts/{karen['id']}/reset/mail")
    assert (sent.status_code, sent.content) == (204, b"")
    token = await token_of(home, post)
    assert post.mails[0]["Subject"] == "New password for Trivselstavlen"
    assert "Whoever runs the server" in post.mails[0].get_content()
    assert await resets(home, before) == 410
    home.forward(minutes=11)
    late = await admin.post(f"/api/accounts/{karen['id']}/reset/mail")
    assert (late.status_code, late.json()["code"]) == (403, "prove_again")
    assert await resets(home, token) == 204


async def test_X4_the_owner_is_told_of_a_new_password_e_mail_or_second_factor(
    home: House, post: Post
) -> None:
    desk = await home.signed_in()
    await desk.put("/api/account/password", json={"old": PASSWORD, "new": NEW})
    await desk.put("/api/account/email", json={"email": "k@holm.dk"})
    # Nothing is sent about an account that does not exist.
    await desk.delete("/api/account/second")
    await home.app.services.mailing.send()
    assert sorted(each["Subject"] for each in post.mails) == [
        "Din adgangskode til Trivselstavlen er skiftet",
        "Din e-mail på Trivselstavlen er skiftet",
    ]
    assert post.to == [KAREN, KAREN]


async def test_X2_old_links_are_swept_when_a_new_one_is_made(home: House, post: Post) -> None:
    await home.signed_in()
    await forgets(home)
    await home.app.services.mailing.send()
    home.forward(minutes=61)
    await forgets(home)
    await home.app.services.mailing.send()
    async with home.database.connect() as connection:
        rows = (await connection.execute(one_time_link.select())).all()
    assert [row.purpose for row in rows] == ["first", "reset"]
