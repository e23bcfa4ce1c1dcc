"""G08: an invalid provider stops the start, and so does an incomplete one."""

from pathlib import Path

import pytest

from app.settings import Settings
from tests.support.starting import said, why

ISSUER = {"TRIVSEL_OIDC_ISSUER": "https://login.firma.dk/realms/firma"}
BASE = {"TRIVSEL_BASE_URL": "https://tavle.firma.dk"}


@pytest.mark.parametrize(
    "issuer",
    [
        "login.firma.dk", "http://login.firma.dk", "https://", "https://karen@login.firma.dk", "ftp://x",
        "https://login.firma.dk?x", "https://login.firma.dk#x", "https://login firma.dk",
        "javascript:alert(1)",
        "https://login.firma.dk:port",
    ],
)  # fmt: skip
def test_G08_an_invalid_issuer_stops_the_start(tmp_path: Path, issuer: str) -> None:
    given = BASE | {"TRIVSEL_OIDC_ISSUER": issuer, "TRIVSEL_OIDC_CLIENT_ID": "trivsel"}
    found = why(tmp_path / "data", **given)
    assert found == said("setting.oidc_issuer", variable="TRIVSEL_OIDC_ISSUER")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (BASE | ISSUER, ("ISSUER", "OIDC_CLIENT_ID")),
        (ISSUER | {"TRIVSEL_OIDC_CLIENT_ID": "trivsel"}, ("ISSUER", "BASE_URL")),
        (BASE | {"TRIVSEL_OIDC_CLIENT_SECRET": "x"}, ("CLIENT_SECRET", "OIDC_ISSUER")),
        (BASE | {"TRIVSEL_OIDC_NAME": "Firma"}, ("NAME", "OIDC_ISSUER")),
    ],
)
def test_G08_half_of_it_stops_the_start(
    tmp_path: Path, given: dict[str, str], missing: tuple[str, str]
) -> None:
    variable, value = f"TRIVSEL_OIDC_{missing[0]}", f"TRIVSEL_{missing[1]}"
    assert why(tmp_path / "data", **given) == said("setting.needs", variable=variable, value=value)


@pytest.mark.parametrize(
    "issuer", ["https://firma.eu.auth0.com/", "https://login.firma.dk:8443/x/v2.0", "http://127.0.0.1:9000"]
)
def test_G08_an_issuer_is_taken_to_the_letter(issuer: str) -> None:
    settings = Settings(oidc_issuer=issuer, oidc_client_id="trivsel", base_url="https://tavle.firma.dk")
    assert settings.oidc_issuer == issuer
