"""X28: mails go to the configured server, encrypted; its answer decides what happens to them."""

from pathlib import Path

import pytest

from app.mail.letter import Letter, message_of
from app.mail.sender import Never, NotNow, Sender
from app.mail.server import MailServer, sender_of
from tests.support.certificates import certificate
from tests.support.post import PASSWORD, USER, Post, post_office
from tests.support.server import free_port

SENDER = sender_of("tavle@firma.dk")
MAIL = message_of(
    Letter(name="Åse", email="aase@firma.dk", language="da", subject="Hej", text="Hej"), "1", SENDER, 10**12
)


class Elsewhere(MailServer):
    """A server that appears to be on another machine."""

    here = False


async def hand_in(post: Post, server: type[MailServer] = MailServer, **how: object) -> None:
    known = {"host": "127.0.0.1", "port": post.port, "wrapped": False} | how
    await Sender(server(**known), "firma.dk").send(MAIL)  # type: ignore[arg-type]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The server's certificate, which our server trusts as an operator would configure it."""
    trusted, own = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return own


@pytest.mark.parametrize("wrapped", [False, True])
async def test_X28_over_an_encrypted_line_with_a_password(own: Path, wrapped: bool) -> None:
    with post_office(own, wrapped=wrapped, closed=True) as post:
        await hand_in(post, Elsewhere, wrapped=wrapped, user=USER, password=PASSWORD)
    assert (post.to, post.encrypted, post.users) == (["aase@firma.dk"], [True], [USER])


async def test_X28_elsewhere_nothing_goes_over_an_open_line(post: Post) -> None:
    with pytest.raises(NotNow) as why:
        await hand_in(post, Elsewhere, user=USER, password=PASSWORD)
    assert why.value.everything and (post.taken, post.users) == ([], [])


@pytest.mark.parametrize("wrapped", [False, True])
async def test_X28_a_certificate_that_nobody_vouches_for_is_not_taken(tmp_path: Path, wrapped: bool) -> None:
    _, own = certificate(tmp_path)
    with post_office(own, wrapped=wrapped) as post:
        with pytest.raises(NotNow) as why:
            await hand_in(post, Elsewhere, wrapped=wrapped)
        assert why.value.code == "not_encrypted" and post.taken == []


async def test_X28_a_certificate_of_another_name_is_not_taken(own: Path) -> None:
    with post_office(own, wrapped=True) as post:
        with pytest.raises(NotNow) as why:
            await hand_in(post, Elsewhere, wrapped=True, host="127.0.0.2")
        assert why.value.code in ("not_encrypted", "away") and post.taken == []


async def test_X28_a_wrong_password_holds_everything_up(own: Path) -> None:
    with post_office(own, closed=True) as post:
        with pytest.raises(NotNow) as why:
            await hand_in(post, Elsewhere, user=USER, password="forkert")
        assert (why.value.code, why.value.everything, post.taken) == ("not_let_in", True, [])


async def test_X28_a_server_that_says_no_for_now_or_for_good(post: Post) -> None:
    for where in (post.recipients, post.bodies):
        where.append("451 4.7.1 Greylisted, come again")
        with pytest.raises(NotNow) as why:
            await hand_in(post)
        assert (why.value.code, why.value.everything) == ("later", False)
        where.append("550 5.1.1 Nobody here of that name")
        with pytest.raises(Never):
            await hand_in(post)
    assert post.taken == []
    await hand_in(post)
    assert len(post.taken) == 1


async def test_X28_a_server_that_is_away_or_says_nothing_is_not_waited_for(post: Post) -> None:
    away = Sender(MailServer("127.0.0.1", free_port(), False), "firma.dk")
    with pytest.raises(NotNow) as why:
        await away.send(MAIL)
    assert why.value.code == "away"
    silent = Sender(MailServer("127.0.0.1", post.port, False), "firma.dk", whole=0.3)
    post.silent = True
    with pytest.raises(NotNow) as why:
        await silent.send(MAIL)
    assert why.value.code == "away" and post.taken == []
