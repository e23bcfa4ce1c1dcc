"""G08: an invalid mail server or sender stops the start, and no password is shown."""

from pathlib import Path

import pytest

from app.settings import Settings
from tests.support.starting import said, why

SERVER = "smtp://tavle:hemmelig@smtp.firma.dk:587"
FROM = "Trivselstavlen <tavle@firma.dk>"
BASE = "https://tavle.firma.dk"


@pytest.mark.parametrize(
    "url",
    [
        "smtp.firma.dk", "smtp.firma.dk:587", "http://smtp.firma.dk", "smtp://", "smtp://tavle@smtp.firma.dk",
        "smtp://tavle:hemmelig@smtp.firma.dk:99999", "smtp://tavle:hemmelig@smtp.firma.dk/x", "smtp://a b",
        "smtp://tavle:hemmelig@smtp.firma.dk?tls=no",
    ],
)  # fmt: skip
def test_G08_an_invalid_mail_server_stops_the_start(tmp_path: Path, url: str) -> None:
    found = why(tmp_path / "data", TRIVSEL_SMTP_URL=url, TRIVSEL_MAIL_FROM=FROM, TRIVSEL_BASE_URL=BASE)
    assert found == said("setting.smtp_url", variable="TRIVSEL_SMTP_URL")
    assert not any("hemmelig" in line for line in found)


@pytest.mark.parametrize(
    "sender", ["tavle", "Tavle <tavle>", "a@b@c.dk", "Tavle tavle@firma.dk", "a,b@firma.dk"]
)
def test_G08_an_invalid_sender_stops_the_start(tmp_path: Path, sender: str) -> None:
    found = why(tmp_path / "data", TRIVSEL_SMTP_URL=SERVER, TRIVSEL_MAIL_FROM=sender, TRIVSEL_BASE_URL=BASE)
    assert found == said("setting.mail_from", variable="TRIVSEL_MAIL_FROM")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"SMTP_URL": SERVER, "BASE_URL": BASE}, ("SMTP_URL", "MAIL_FROM")),
        ({"SMTP_URL": SERVER, "MAIL_FROM": FROM}, ("SMTP_URL", "BASE_URL")),
        ({"MAIL_FROM": FROM, "BASE_URL": BASE}, ("MAIL_FROM", "SMTP_URL")),
    ],
)
def test_G08_settings_without_those_they_need_stop_the_start(
    tmp_path: Path, given: dict[str, str], missing: tuple[str, str]
) -> None:
    variable, value = (f"TRIVSEL_{name}" for name in missing)
    found = why(tmp_path / "data", **{f"TRIVSEL_{name}": text for name, text in given.items()})
    assert found == said("setting.needs", variable=variable, value=value)


def test_G08_complete_settings_are_accepted() -> None:
    settings = Settings(smtp_url=f" {SERVER} ", mail_from=FROM, base_url=BASE)
    assert (settings.smtp_url, settings.mail_from) == (SERVER, FROM)
