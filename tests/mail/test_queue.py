"""Mails wait in the database: encrypted, retried, claimed once, and deleted when nobody needs them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import delete, func, insert, select
from structlog.testing import capture_logs

from app.accounts.tables import account
from app.engine.store import Full
from app.limits import DAY, HOUR, MINUTE
from app.mail.letter import Letter
from app.mail.queue import CLAIM, WAITS, Queue
from app.mail.sender import Sender
from app.mail.server import sender_of, server_of
from app.mail.tables import mail
from app.storage.database import Database, sqlite_url
from tests.support.clock import Clock
from tests.support.house import KEY
from tests.support.post import Post
from tests.support.server import free_port
from tests.support.tables import FILE, lay

SENDER = sender_of("tavle@firma.dk")


@dataclass
class Kept:
    """A database and a clock."""

    database: Database
    clock: Clock
    file: Path


@pytest_asyncio.fixture
async def home(tmp_path: Path, clock: Clock) -> AsyncIterator[Kept]:
    """With all tables, and nothing in them."""
    lay(tmp_path)
    file = tmp_path / FILE
    database = Database(sqlite_url(file))
    yield Kept(database, clock, file)
    await database.close()


Send = Callable[[EmailMessage], Awaitable[None]]


def to(post: Post) -> Send:
    return Sender(server_of(f"smtp://127.0.0.1:{post.port}"), "firma.dk").send


def queue(home: Kept, send: Send, key: bytes = KEY) -> Queue:
    return Queue(home.database, home.clock.ms, key, SENDER, send)


async def put(
    home: Kept, *, email: str = "aase@firma.dk", within: int = DAY, whose: str | None = None
) -> None:
    letter = Letter(name="Åse", email=email, language="da", subject="wolfram", text="zirkon")
    async with home.database.begin() as connection:
        await queue(home, nobody).put(connection, letter, within=within, account=whose)


async def nobody(_mail: EmailMessage) -> None:
    raise AssertionError("nothing is sent here")


async def waiting(home: Kept) -> int:
    async with home.database.connect() as connection:
        return int(await connection.scalar(select(func.count()).select_from(mail)) or 0)


async def test_X28_a_mail_that_was_taken_is_gone_and_goes_out_once(home: Kept, post: Post) -> None:
    await put(home)
    assert await queue(home, to(post)).work() == 1
    assert await queue(home, to(post)).work() == 0
    assert (post.to, post.mails[0]["Subject"], await waiting(home)) == (["aase@firma.dk"], "wolfram", 0)


async def test_X42_neither_address_nor_text_can_be_read_in_the_database(home: Kept) -> None:
    await put(home)
    await home.database.close()
    held = b"".join(path.read_bytes() for path in home.file.parent.glob("*.sqlite3*"))
    assert b"sealed" in held
    assert not [word for word in (b"aase@firma.dk", b"wolfram", b"zirkon") if word in held]


async def test_X28_a_server_that_asks_us_to_wait_gets_the_mail_later(home: Kept, post: Post) -> None:
    await put(home)
    post.recipients += ["451 Greylisted"] * len(WAITS)
    working = queue(home, to(post))
    for wait in WAITS:
        assert await working.work() == 0
        home.clock.forward(wait / 1000 - 1)
        assert await working.work() == 0
        home.clock.forward(1)
    assert len(post.recipients) == 0 and await working.in_vain() == 1
    assert await working.work() == 1 and await working.in_vain() == 0


async def test_X28_one_that_nobody_takes_holds_up_no_other(home: Kept, post: Post) -> None:
    for email in ("vaek@firma.dk", "a,b@firma.dk", "sent@firma.dk"):
        await put(home, email=email)
    post.recipients.append("550 Nobody here of that name")
    assert await queue(home, to(post)).work() == 1
    assert await waiting(home) == 0


async def test_X28_while_the_server_is_away_all_wait_and_one_asks(home: Kept, post: Post) -> None:
    asked = []
    away = Sender(server_of(f"smtp://127.0.0.1:{free_port()}"), "firma.dk")

    async def ask(one: EmailMessage) -> None:
        asked.append(one["To"])
        await away.send(one)

    for _ in range(3):
        await put(home)
    assert await queue(home, ask).work() == 0
    assert (len(asked), await waiting(home)) == (1, 3)
    home.clock.forward(MINUTE / 1000)
    assert await queue(home, to(post)).work() == 3


async def test_X28_two_processes_send_it_once(home: Kept, post: Post) -> None:
    await put(home)
    other = queue(home, to(post))
    send = to(post)

    async def and_meanwhile(one: EmailMessage) -> None:
        assert await other.work() == 0
        await send(one)

    assert await queue(home, and_meanwhile).work() == 1
    assert len(post.taken) == 1


async def test_X28_a_crash_loses_nothing_and_a_mail_sent_twice_is_one_mail(home: Kept, post: Post) -> None:
    await put(home)
    send = to(post)

    class Killed(BaseException):
        pass

    async def and_die(one: EmailMessage) -> None:
        await send(one)
        raise Killed

    with pytest.raises(Killed):
        await queue(home, and_die).work()
    # Not before the claim has expired: it might be in progress.
    assert await queue(home, to(post)).work() == 0
    home.clock.forward(CLAIM / 1000)
    assert await queue(home, to(post)).work() == 1
    assert len({one["Message-ID"] for one in post.mails}) == 1 and len(post.taken) == 2


async def test_F13_on_a_full_disk_accepted_mails_are_remembered(
    home: Kept, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(home)
    send = to(post)
    with monkeypatch.context() as full:

        async def and_fill(one: EmailMessage) -> None:
            await send(one)
            full.setattr(home.database, "begin", no_room)

        working = queue(home, and_fill)
        assert await working.work() == 1
    home.clock.forward(CLAIM / 1000)
    assert await working.work() == 0
    assert (len(post.taken), await waiting(home)) == (1, 0)


def no_room() -> None:
    raise Full


async def test_X28_what_is_worth_nothing_any_more_is_not_sent(home: Kept, post: Post) -> None:
    await put(home, within=HOUR)
    home.clock.forward(HOUR / 1000)
    assert await queue(home, to(post)).work() == 0
    assert (post.taken, await waiting(home)) == ([], 0)


async def test_F10_under_a_new_key_what_waited_is_given_up(home: Kept, post: Post) -> None:
    await put(home)
    assert await queue(home, to(post), b"another key, as long as is needed").work() == 0
    assert (post.taken, await waiting(home)) == ([], 0)


async def test_F4_what_waits_for_somebody_goes_with_their_account(home: Kept) -> None:
    row = {"id": "a", "name": "Åse", "email": "aase@firma.dk", "password_hash": "-"}
    async with home.database.begin() as connection:
        await connection.execute(insert(account).values(row | {"admin": False, "disabled": False}))
    await put(home, whose="a")
    async with home.database.begin() as connection:
        await connection.execute(delete(account))
    assert await waiting(home) == 0


async def test_A9_the_log_holds_neither_address_nor_text(home: Kept, post: Post) -> None:
    for email in ("vaek@firma.dk", "senere@firma.dk", "tager@firma.dk"):
        await put(home, email=email)
    post.recipients += ["550 vaek@firma.dk is gone", "451 senere@firma.dk, later"]
    with capture_logs() as lines:
        await queue(home, to(post)).work()
    said = repr(lines)
    assert len(lines) == 3 and not [word for word in ("@", "wolfram", "zirkon", "Åse") if word in said]


async def test_R16_a_stop_lets_the_mail_under_way_end(home: Kept, post: Post) -> None:
    for _ in range(2):
        await put(home)
    working = queue(home, nobody)
    send = to(post)
    stopped = []

    async def and_be_stopped(one: EmailMessage) -> None:
        stopped.append(asyncio.create_task(working.stop()))
        await send(one)

    working._send = and_be_stopped
    assert await working.work() == 1
    await stopped[0]
    assert (len(post.taken), await waiting(home)) == (1, 1)
