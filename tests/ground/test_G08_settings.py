"""G07, G08: a wrong setting is noticed at the start, as is an address that phones can hardly reach."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.http.addresses import Addresses
from app.settings import Settings, unknown
from tests.support.starting import refused, run, said, why


@pytest.mark.parametrize(
    "url",
    [
        "tavle.firma.dk", "tavle.firma.dk:8000", "192.168.1.20", "//tavle.firma.dk", "ftp://x", "https//x",
        "http://", "http://tavle.firma.dk?x", "http://tavle.firma.dk#x",
        "http://karen@tavle.firma.dk", "http://tavle.firma.dk:0", "http://tavle.firma.dk:99999",
        "http://tavle.firma.dk:port", "http://tavle firma.dk", "http://*", "http://0.0.0.0:8000", "http://1.2.3",
        "http://tavle..dk", "http://http://tavle.firma.dk", "javascript:alert(1)", "http://firma.dk/Tavle",
        "http://firma.dk/a//b", "http://firma.dk/../b", "http://firma.dk/a%20b", "http://firma.dk/desk", "http://firma.dk/j/x",
    ],
)  # fmt: skip
def test_G08_an_invalid_address_stops_the_start(tmp_path: Path, url: str) -> None:
    found = why(tmp_path / "data", TRIVSEL_BASE_URL=url)
    assert found == said("setting.base_url", variable="TRIVSEL_BASE_URL")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://tavle.firma.dk", "https://tavle.firma.dk"),
        ("https://tavle.firma.dk/", "https://tavle.firma.dk"),
        (" HTTPS://Tavle.Firma.dk:8443 ", "https://tavle.firma.dk:8443"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000"),
        ("http://[fd00::1]:8000", "http://[fd00::1]:8000"),
        # As browsers send it in Host and Origin.
        ("https://blåbær.dk", "https://xn--blbr-roah.dk"),
        ("https://firma.dk/tavle/", "https://firma.dk/tavle"),
        ("https://firma.dk/trivsel/hal-2", "https://firma.dk/trivsel/hal-2"),
        ("", ""),
    ],
)
def test_G08_an_address_is_taken_as_browsers_send_it(url: str, taken: str) -> None:
    assert Settings(base_url=url).base_url == taken


@pytest.mark.parametrize(
    ("name", "value", "low", "high"),
    [
        ("PORT", "0", 1, 65535), ("PORT", "65536", 1, 65535), ("PORT", "http", 1, 65535),
        ("NOTES_PER_SECOND", "-1", "0", "100000"), ("NOTES_PER_SECOND", "nan", "0", "100000"),
        ("NOTES_PER_SECOND", "inf", "0", "100000"), ("MESSAGES_PER_10S", "0", 1, 100000),
        ("SCRUB_WAIT", "3600", 0, 50), ("SCRUB_WAIT", "-1", 0, 50),
    ],
)  # fmt: skip
def test_G08_a_number_out_of_range_stops_the_start(
    tmp_path: Path, name: str, value: str, low: object, high: object
) -> None:
    variable = f"TRIVSEL_{name}"
    about = {"variable": variable, "low": low, "high": high}
    assert why(tmp_path / "data", **{variable: value}) == said("setting.number", **about)


@pytest.mark.parametrize(
    "proxies", ["nginx", "*", "10.0.0.1, nginx", "10.0.0.1/33", "http://10.0.0.1", "10.0.0.256"]
)
def test_G08_proxies_are_addresses_or_networks(tmp_path: Path, proxies: str) -> None:
    found = why(tmp_path / "data", TRIVSEL_TRUSTED_PROXIES=proxies)
    assert found == said("setting.trusted_proxies", variable="TRIVSEL_TRUSTED_PROXIES")


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@h/d", "trivsel", "postgresql://u:secret@h", "postgresql://u:secret@h:x/d"]
)
def test_G08_a_database_that_is_not_postgresql(tmp_path: Path, url: str) -> None:
    found = why(tmp_path / "data", TRIVSEL_DATABASE_URL=url)
    assert found == said("setting.database_url", variable="TRIVSEL_DATABASE_URL")
    assert not any("secret" in line for line in found)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg", "postgresql+psycopg2"])
def test_G08_a_database_address_in_any_of_its_spellings(scheme: str) -> None:
    settings = Settings(database_url=f"{scheme}://u:p@h/d?sslmode=require")
    assert settings.database == "postgresql+asyncpg://u:p@h/d?ssl=require"


def test_G08_a_log_of_another_form(tmp_path: Path) -> None:
    found = why(tmp_path / "data", TRIVSEL_LOG="xml")
    assert found == said("setting.choice", variable="TRIVSEL_LOG", among="'text' or 'json'")


def test_G08_what_is_left_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """As compose files do it: NAME=${NAME:-}."""
    for name in Settings.model_fields:
        monkeypatch.setenv(f"TRIVSEL_{name.upper()}", "")
    assert Settings() == Settings.model_construct()


def test_G08_names_that_are_no_settings_are_pointed_out() -> None:
    names = [
        "TRIVSEL_BASEURL",
        "TRIVSEL_TRUSTED_PROXY",
        "trivsel_port",
        "TRIVSEL_SECRET_FILE",
        "TRIVSEL_X",
        "HOME",
    ]
    assert unknown(names) == [
        ("TRIVSEL_BASEURL", "TRIVSEL_BASE_URL"),
        ("TRIVSEL_TRUSTED_PROXY", "TRIVSEL_TRUSTED_PROXIES"),
        ("TRIVSEL_X", ""),
    ]


def test_G08_the_start_ends_in_a_sentence_and_the_doctor_says_the_same(tmp_path: Path) -> None:
    for word in ("serve", "doctor"):
        ended = run(word, tmp_path / "data", TRIVSEL_BASE_URL="tavle.firma.dk")
        assert refused(ended) == said("setting.base_url", variable="TRIVSEL_BASE_URL")


# -- F10: every name with _FILE ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_F10_every_setting_can_be_given_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    given: dict[str, object] = {
        "host": "127.0.0.1", "port": 8001, "data": tmp_path / "elsewhere", "log": "json", "secret": "s" * 40,
        "database_url": "postgresql+asyncpg://u:p@h/d", "base_url": "https://tavle.firma.dk",
        "trusted_proxies": "10.0.0.1", "notes_per_second": 7.0, "messages_per_10s": 8, "scrub_wait": 9.0,
    }  # fmt: skip
    # A later setting is parsed the same way.
    value = given.get(name, Settings.model_fields[name].default)
    (tmp_path / "given").write_text(f"{value}\n")
    monkeypatch.delenv(f"TRIVSEL_{name.upper()}", raising=False)
    monkeypatch.setenv(f"TRIVSEL_{name.upper()}_FILE", str(tmp_path / "given"))
    assert getattr(Settings(), name) == value


def test_F10_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    found = why(tmp_path / "data", TRIVSEL_SECRET_FILE=gone)
    assert found == said("setting.file", variable="TRIVSEL_SECRET_FILE", value=gone)


def test_F10_both_a_setting_and_its_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 40)
    found = why(tmp_path / "data", TRIVSEL_SECRET="t" * 40, TRIVSEL_SECRET_FILE=str(tmp_path / "secret"))
    assert found == said("setting.both", variable="TRIVSEL_SECRET")


# -- G07: the address in the QR code ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "machine", "contained", "doubt"),
    [
        (None, ["192.168.1.20"], False, None),
        (None, ["192.168.1.20"], True, None),
        (None, ["172.20.0.5"], False, None),
        (None, ["172.20.0.5"], True, "container"),
        (None, ["10.1.2.3"], True, "container"),
        (None, ["172.17.0.2"], False, "container"),
        (None, ["127.0.0.1"], False, "local"),
        (None, [], False, "local"),
        ("http://localhost:8000", ["192.168.1.20"], False, "local"),
        ("http://127.0.0.1", ["192.168.1.20"], False, "local"),
        ("http://[::1]:8000", ["192.168.1.20"], False, "local"),
        ("https://tavle.firma.dk", ["172.17.0.2"], True, None),
        ("http://172.17.0.9", ["172.17.0.2"], True, None),
    ],
)
def test_G07_an_address_that_phones_can_hardly_reach(
    setting: str | None, machine: Sequence[str], contained: bool, doubt: str | None
) -> None:
    addresses = Addresses(setting, 8000, lambda: 0, lambda: machine, contained=lambda: contained)
    assert addresses.doubt() == doubt


@pytest.mark.parametrize(
    ("listens", "url", "doubt"),
    [
        ("0.0.0.0", "http://192.168.1.20:8000", None),
        ("::", "http://192.168.1.20:8000", None),
        ("192.168.7.7", "http://192.168.7.7:8000", None),
        ("127.0.0.1", "http://127.0.0.1:8000", "local"),
        ("localhost", "http://127.0.0.1:8000", "local"),
    ],
)
def test_G07_the_code_names_an_address_that_the_server_listens_on(
    listens: str, url: str, doubt: str | None
) -> None:
    machine = ["192.168.1.20", "192.168.7.7", "127.0.0.1"]
    addresses = Addresses(None, 8000, lambda: 0, lambda: machine, listens=listens, contained=lambda: False)
    assert addresses.base_url() == url
    assert addresses.doubt() == doubt
