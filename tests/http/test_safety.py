"""What precedes every request, and what every answer contains."""

import gzip
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
import structlog
from fastapi import APIRouter

from app.http.errors import StrictRoute
from app.http.safety import BODY_LIMIT
from app.limits import Guesses
from tests.support.clock import Clock
from tests.support.house import LAN, House, house
from tests.support.naughty import NAUGHTY

JSON = {"Content-Type": "application/json"}
SECRET_TEXT = "Hemmelig-tekst-42"


# -- X5, B72: whose page is it ---------------------------------------------------------------------------


async def test_B72_a_form_or_plain_text_or_a_get_changes_nothing(home: House) -> None:
    desk = await home.signed_in()
    form = await desk.post("/api/companies", data={"name": "Firma"})
    plain = await desk.post(
        "/api/companies", content=json.dumps({"name": "Firma"}), headers={"Content-Type": "text/plain"}
    )
    none = await desk.post("/api/companies", content=json.dumps({"name": "Firma"}))
    read = await desk.get("/api/companies", params={"name": "Firma"})
    assert [form.status_code, plain.status_code, none.status_code, read.status_code] == [403, 403, 403, 405]
    assert (await desk.get("/api/home")).json() == {"companies": []}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8000.evil.example"},
        {"Origin": "http://localhost:8000@evil.example"},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost:8001"},
        {"Origin": f"http://{LAN}:8000"},
        {"Origin": "https://localhost:8000/"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
async def test_X5_another_page_changes_nothing(standing: House, headers: dict[str, str]) -> None:
    desk = await standing.signed_in()
    answer = await desk.post("/api/companies", json={"name": "Firma"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin")


async def test_X5_without_any_origin_nothing_is_changed(standing: House) -> None:
    bare = httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=standing.app), base_url="http://localhost:8000"
    )
    async with bare:
        assert (await bare.post("/api/screens", json={})).status_code == 403
        allowed = await bare.post("/api/screens", json={}, headers={"Sec-Fetch-Site": "same-origin"})
        assert allowed.status_code == 200


def test_B8_origins_at_the_socket_handshake(standing: House) -> None:
    allowed = _addresses(standing).origin_allowed
    assert allowed("http://localhost:8000", "localhost:8000")
    assert allowed(f"http://{LAN}:8000", f"{LAN}:8000")
    assert allowed(f"http://{LAN}", f"{LAN}:80")
    assert not allowed(None, "localhost:8000")
    assert not allowed("http://localhost:8000", None)
    assert not allowed("null", "localhost:8000")
    assert not allowed("http://evil.example", "localhost:8000")
    assert not allowed("http://localhost:8000.evil.example", "localhost:8000")
    # DNS rebinding: another name for our address is consistent with itself, but is not ours.
    assert not allowed("http://evil.example:8000", "evil.example:8000")


async def test_X3b_with_https_only_https_origins_of_that_name(tmp_path: Path, clock: Clock) -> None:
    async with house(tmp_path, clock, base_url="https://tavle.bakkedal.dk") as home:
        allowed = _addresses(home).origin_allowed
        assert allowed("https://tavle.bakkedal.dk", "tavle.bakkedal.dk")
        assert allowed("https://tavle.bakkedal.dk", "tavle.bakkedal.dk:443")
        assert not allowed("http://tavle.bakkedal.dk", "tavle.bakkedal.dk")
        assert allowed("http://localhost:8000", "localhost:8000")


# -- X3b, B71: which server is it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "203.0.113.5", "localhost.evil.example", "a b"]
)
async def test_B71_a_forged_host_is_refused(standing: House, host: str) -> None:
    client = standing.client()
    answer = await client.get("/api/session", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (400, "host")


async def test_B71_two_hosts_are_refused(standing: House) -> None:
    status = await _raw_status(standing, [(b"host", b"localhost:8000"), (b"host", b"evil.example")])
    assert status == 400
    assert await _raw_status(standing, []) == 400
    assert await _raw_status(standing, [(b"host", b"localhost:8000")]) == 200


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", f"{LAN}:8000", "10.9.9.9"])
async def test_X3b_the_machines_own_addresses_are_accepted(standing: House, host: str) -> None:
    assert (await standing.client(host=host).get("/healthz")).status_code == 200


async def test_B71_forwarded_headers_count_only_from_a_proxy_we_know(tmp_path: Path, clock: Clock) -> None:
    async with house(tmp_path, clock, proxies=["10.0.0.1"]) as home:
        await home.signed_in()
        wrong = {"email": "karen@bakkedal.dk", "password": "not the password"}

        async def try_from(address: str, said: str, email: str) -> int:
            client = home.client(address=address, **{"X-Forwarded-For": said})
            return (await client.post("/api/session", json=wrong | {"email": email})).status_code

        # Somebody who forges the header is still identified by their own address.
        many = Guesses.FROM_ADDRESS + 1
        forged = [await try_from("10.0.0.66", f"192.0.2.{n}", f"{n}@x.dk") for n in range(many)]
        assert forged == [401] * (many - 1) + [429]
        # Behind the proxy each person is identified by the address the proxy saw, the rightmost.
        ahead = "198.51.100.7, 192.0.2"
        proxied = [await try_from("10.0.0.1", f"{ahead}.{n}", f"p{n}@x.dk") for n in range(many)]
        assert proxied == [401] * many


# -- X27: what every answer says -------------------------------------------------------------------------

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"
)


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/session", "/nowhere", "/assets/phone-1a2b3c.js"])
async def test_X27_every_answer_carries_the_safe_headers(standing: House, path: str) -> None:
    headers = (await standing.client().get(path)).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "screen-wake-lock=(self)" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers
    assert "server" not in headers


async def test_X27_U7_the_desk_may_frame_a_page_of_ours_and_only_the_wall_lets_itself_be_framed(
    standing: House,
) -> None:
    async def policy(path: str) -> str:
        return str((await standing.client().get(path)).headers["content-security-policy"])

    assert await policy("/desk") == f"{POLICY}; frame-src 'self'"
    assert await policy("/wall") == POLICY.replace("ancestors 'none'", "ancestors 'self'")


async def test_X27_refusals_in_front_carry_them_too(standing: House) -> None:
    answer = await standing.client().get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["content-security-policy"] == POLICY


async def test_X27_data_is_not_stored_by_browsers(standing: House) -> None:
    desk = await standing.signed_in()
    for path in ("/api/home", "/api/nowhere"):
        assert (await desk.get(path)).headers["cache-control"] == "no-store"


# -- X29: errors say nothing of what was sent ------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_object"),
        (b"[]", "not_object"),
        (b"null", "not_object"),
        (b'"x"', "not_object"),
        (b'{"name":"a"} x', "bad_json"),
        (b'\xef\xbb\xbf{"name":"a"}', "bad_json"),
        (b"[" * 20_000, "bad_json"),
        (b'{"name":' * 5_000, "bad_json"),
        (b'{"name":' + b"1" * 5_000 + b"}", "range"),
        (b'{"name":"a","n":1e999}', "range"),
        (b'{"name":1}', "type"),
        (b'{"name":1.0}', "type"),
        (b'{"name":true}', "type"),
        (b'{"name":null}', "type"),
        (b'{"name":["a"]}', "type"),
        (b"{}", "missing"),
        (b'{"name":"a","is_admin":true}', "unknown_field"),
        (b'{"name":"a","__proto__":{}}', "unknown_field"),
        (b'{"name":"a","constructor":1}', "unknown_field"),
        (b'{"name":"\\ud800"}', "text"),
        (b'{"name":"a\\ufffe"}', "text"),
        (b'{"name":"a\\ufdd0"}', "text"),
        (b'{"name":"\xff\xfe"}', "text"),
        (b'{"name":"   "}', "empty"),
        (b'{"name":"\\u0000\\u0007"}', "empty"),
        (b'{"name":"\\u200b"}', "empty"),
        (b'{"name":"\\u2800"}', "empty"),
        (b'{"name":"\\u3164"}', "empty"),
        (b'{"name":"' + b"x" * 81 + b'"}', "too_long"),
    ],
    ids=lambda value: value[:30].decode("latin-1") if isinstance(value, bytes) else value,
)
async def test_B9_to_B20_strict_bodies(standing: House, body: bytes, code: str) -> None:
    desk = await standing.signed_in()
    answer = await desk.post("/api/companies", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Vest\x0bpå havnen", "Vest på havnen"), ("Vest\u2028Øst", "Vest Øst"), ("a\x00b\x1b", "ab")],
)
async def test_G39_a_line_takes_what_word_ends_lines_with(home: House, name: str, kept: str) -> None:
    desk = await home.signed_in()
    assert (await desk.post("/api/companies", json={"name": name})).status_code < 300
    assert [company["name"] for company in (await desk.get("/api/home")).json()["companies"]] == [kept]


async def test_B14_the_last_of_two_equal_keys_counts(home: House) -> None:
    desk = await home.signed_in()
    await desk.post("/api/companies", content=b'{"name":"first","name":"last"}', headers=JSON)
    assert [company["name"] for company in (await desk.get("/api/home")).json()["companies"]] == ["last"]


async def test_B40_naughty_names_are_kept_or_refused(home: House) -> None:
    desk = await home.signed_in()
    answers = [await desk.post("/api/companies", json={"name": text}) for text in NAUGHTY]
    assert {answer.status_code for answer in answers} <= {201, 422}
    shown = (await desk.get("/api/home")).json()["companies"]
    assert len(shown) == sum(answer.status_code == 201 for answer in answers) > 300


async def test_B21_overrides_are_stripped_from_names(home: House) -> None:
    desk = await home.signed_in()
    await desk.post("/api/companies", json={"name": "Bakke\u202edal"})
    assert [company["name"] for company in (await desk.get("/api/home")).json()["companies"]] == ["Bakkedal"]


async def test_X29_no_answer_repeats_what_was_sent(standing: House) -> None:
    desk = await standing.signed_in()
    answers = [
        await desk.post("/api/companies", json={"name": 1, SECRET_TEXT: SECRET_TEXT}),
        await desk.post("/api/companies", content=f'{{"name":"{SECRET_TEXT}', headers=JSON),
        await desk.get(f"/api/templates?language={SECRET_TEXT}"),
        await desk.get(f"/api/workshops/{SECRET_TEXT}"),
        await desk.get(f"/{SECRET_TEXT}", headers={"Accept": "text/html"}),
        await desk.post("/api/join", json={"code": SECRET_TEXT}),
    ]
    for answer in answers:
        assert answer.status_code >= 400
        assert SECRET_TEXT not in answer.text


async def test_X29_one_shape_in_the_clients_language(standing: House) -> None:
    danish = (await standing.client(**{"Accept-Language": "da-DK,en;q=0.5"}).get("/api/session")).json()
    english = (await standing.client(**{"Accept-Language": "fr, en-GB;q=0.8"}).get("/api/session")).json()
    none = (await standing.client().get("/api/session")).json()
    assert set(danish) == {"code", "text", "id"}
    assert danish["text"] == none["text"] != english["text"]
    assert danish["id"] != none["id"]


async def test_X29_a_fault_of_ours_is_one_sentence_and_an_id(home: House) -> None:
    router = APIRouter(route_class=StrictRoute)

    @router.get("/api/breaks")
    async def breaks() -> None:
        variable = SECRET_TEXT
        raise RuntimeError(variable)

    home.app.http.router.routes.insert(0, router.routes[0])
    with structlog.testing.capture_logs() as logs:
        answer = await home.client().get("/api/breaks")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert SECRET_TEXT not in answer.text
    assert SECRET_TEXT not in repr(logs)
    told = next(entry for entry in logs if entry["event"] == "unexpected")
    assert told["route"] == "/api/breaks"
    assert told["trace"].startswith("RuntimeError < test_safety.py:")
    assert "exc_info" not in told


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/api/docs"])
async def test_X29_no_documentation_is_served(standing: House, path: str) -> None:
    assert (await standing.client().get(path)).status_code == 404


async def test_X21_a_body_has_a_limit_however_it_comes(home: House) -> None:
    desk = await home.signed_in()
    large = b'{"name":"' + b"x" * BODY_LIMIT + b'"}'
    whole = await desk.post("/api/companies", content=large, headers=JSON)
    assert (whole.status_code, whole.json()["code"]) == (413, "too_big")

    async def in_pieces() -> Any:
        for start in range(0, len(large), 4096):
            yield large[start : start + 4096]

    pieces = await desk.post("/api/companies", content=in_pieces(), headers=JSON)
    assert pieces.status_code == 413


async def test_B74_a_head_of_100_KiB_is_refused(standing: House) -> None:
    answer = await standing.client().get("/healthz", headers={"X-Long": "x" * 100_000})
    assert answer.status_code == 431


# -- pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/assets/..%2f..%2fetc/passwd",
        "/assets/../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%252f..%252fetc%252fpasswd",
        "/assets/%00",
        "/assets/phone-1a2b3c.js%00.txt",
        "/assets//etc/passwd",
        "/assets/",
        "/page/..%2fmain.py",
        "/page/../pages.py",
        "/static/..%2f..%2fetc/passwd",
    ],
)
async def test_B38_no_path_leads_out(standing: House, path: str) -> None:
    status = await _raw_status(standing, [(b"host", b"localhost")], path)
    assert status == 404


PAGES = {
    "/": "phone",
    "/J/ABCDEFGHIJKLMNOP": "phone",
    "/j/abcdefghijklmnop": "phone",
    "/KJ7M4P": "phone",
    "/kj7m4p": "phone",
    "/desk": "desk",
    "/welcome": "desk",
    "/invited": "desk",
    "/wall": "wall",
}


@pytest.mark.parametrize(("path", "shell"), PAGES.items())
async def test_X10_pages_by_path_in_any_case(standing: House, path: str, shell: str) -> None:
    answer = await standing.client().get(path)
    assert answer.text == f"<!doctype html><title>{shell}</title>"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


async def test_pages_are_revalidated_and_hashed_files_cached_forever(standing: House) -> None:
    client = standing.client()
    page = await client.get("/")
    again = await client.get("/", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = await client.get("/assets/phone-1a2b3c.js", headers={"Accept-Encoding": "identity"})
    packed = await client.get("/assets/phone-1a2b3c.js", headers={"Accept-Encoding": "gzip"})
    assert plain.text == packed.text == "console.log('phone');" * 100
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"
    assert len(gzip.compress(plain.content)) >= int(packed.headers["content-length"]) - 20


@pytest.mark.parametrize(
    "path", ["/nothing-here", "/KJ7M4", "/KJ7M4PX", "/IIIIII", "/desk/deep", "/.env", "/😀"]
)
async def test_a_wrong_link_gets_a_friendly_page(standing: House, path: str) -> None:
    client = standing.client(Accept="text/html,*/*", **{"Accept-Language": "en"})
    answer = await client.get(path)
    assert answer.status_code == 404
    assert answer.text.startswith('<!doctype html><html lang="en">')
    assert "There is nothing here" in answer.text
    assert "style=" not in answer.text and "<script" not in answer.text
    assert (await client.get("/page/page.css")).headers["content-type"] == "text/css; charset=utf-8"


# -- help ------------------------------------------------------------------------------------------------


def _addresses(home: House) -> Any:
    return home.app._addresses


async def _raw_status(home: House, headers: list[tuple[bytes, bytes]], path: str = "/healthz") -> int:
    """The status of a request no client library would send."""
    from urllib.parse import unquote

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "method": "GET",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("10.0.0.9", 1),
        "server": ("localhost", 8000),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    await home.app(scope, receive, send)
    return int(sent[0]["status"])
