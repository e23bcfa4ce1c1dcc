"""A mail as it is sent: headers without anybody's words, and plain text that reveals nobody."""

import email
from email.message import EmailMessage
from email.policy import default

import pytest

from app.mail.letter import Letter, message_of
from app.mail.server import MailServer, NoAddress, mailbox, sender_of, server_of

SENDER = sender_of("Trivselstavlen <tavle@firma.dk>")
ENDS = "https://tavle.firma.dk/unsubscribe/" + "a" * 70


def written(**changed: str) -> Letter:
    fields = {"name": "Åse", "email": "aase@firma.dk", "language": "da", "subject": "Påmindelse: Montagen"}
    return Letter(**(fields | {"text": "Kære Åse\n.\nFra i morgen", "ends": ENDS} | changed))


def read(letter: Letter) -> EmailMessage:
    """As its recipient reads it, from the bytes that are sent."""
    raw = message_of(letter, "mail-1", SENDER, 1_800_000_000_000).as_bytes()
    found = email.message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_B29_names_and_words_come_out_as_they_went_in() -> None:
    mail = read(written(name='Åse "Bossen" Sørensen, værkfører', email="aase@blåbær.dk"))
    assert mail["To"].addresses[0].display_name == 'Åse "Bossen" Sørensen, værkfører'
    assert mail["To"].addresses[0].addr_spec == "aase@xn--blbr-roah.dk"
    assert mail["Subject"] == "Påmindelse: Montagen"
    assert mail.get_content().splitlines() == ["Kære Åse", ".", "Fra i morgen"]
    assert (mail["From"], mail["Message-ID"]) == ("Trivselstavlen <tavle@firma.dk>", "<mail-1@firma.dk>")


@pytest.mark.parametrize("line", ["\r\n", "\n", "\r", "\u2028", "\v"])
def test_B36_nobodys_words_begin_a_header(line: str) -> None:
    evil = f"Montagen{line}Bcc: alle@firma.dk{line}{line}Hej"
    mail = read(written(name=evil, subject=evil))
    assert mail["Bcc"] is None and len(mail["To"].addresses) == 1
    assert mail["Subject"] == "Montagen Bcc: alle@firma.dk Hej"
    assert mail.get_content().startswith("Kære Åse")


def test_X28_it_is_plain_text_with_nothing_to_fetch_and_no_machine_answers() -> None:
    mail = read(written())
    assert not mail.is_multipart() and mail.get_content_type() == "text/plain"
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Content-Language"] == "da"
    known = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"}
    known |= {"Content-Transfer-Encoding", "Content-Language", "List-Unsubscribe", "List-Unsubscribe-Post"}
    assert set(mail.keys()) == known


def test_X28_one_tap_ends_it_and_its_address_is_whole() -> None:
    raw = message_of(written(), "mail-1", SENDER, 1_800_000_000_000).as_bytes()
    assert f"\r\nList-Unsubscribe: <{ENDS}>\r\n".encode() in raw
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    # RFC 8058 requires https; the page with a button exists all the same.
    plain = read(written(ends="http://192.168.1.20/unsubscribe/x"))
    assert plain["List-Unsubscribe"] == "<http://192.168.1.20/unsubscribe/x>"
    assert plain["List-Unsubscribe-Post"] is None
    assert read(written(ends=""))["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "address",
    ["", "x", "a,b@x.dk", "<a@x.dk", "a@b@x.dk", "a@x.dk\r\nRCPT", "a b@x.dk", '"a"@x.dk', "a@-x", "a@x y"],
)
def test_B36_what_is_no_address_gets_no_mail(address: str) -> None:
    with pytest.raises(NoAddress):
        mailbox("Åse", address)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://tavle:kode@smtp.firma.dk", MailServer("smtp.firma.dk", 587, False, "tavle", "kode")),
        ("smtps://a%40b.dk:p%3Aw@smtp.firma.dk", MailServer("smtp.firma.dk", 465, True, "a@b.dk", "p:w")),
        ("smtp://localhost:25", MailServer("localhost", 25, False)),
        ("smtp://[::1]:25", MailServer("::1", 25, False)),
        ("smtps://pøst.dk", MailServer("xn--pst-0na.dk", 465, True)),
    ],
)
def test_G08_a_mail_server_in_its_spellings(url: str, server: MailServer) -> None:
    assert server_of(url) == server


def test_X28_only_on_this_machine_may_a_line_be_open() -> None:
    here = [server_of(f"smtp://{host}").here for host in ("localhost", "127.0.0.1", "127.9.9.9", "[::1]")]
    there = [server_of(f"smtp://{host}").here for host in ("localhost.dk", "10.0.0.1", "mail", "128.0.0.1")]
    assert all(here) and not any(there)
