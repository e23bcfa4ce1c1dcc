"""G07: the base URL may end in a path, whichever path the proxy passes on."""

import re
from pathlib import Path

import httpx2 as httpx
import pytest

from app.access import routes_of
from app.accounts.routes import Cookie
from app.http.folder import path_in
from app.main import WEB, App, create_app
from app.operations.serving import prepare
from app.pages.shells import ROOT, Pages
from app.settings import _OURS, Settings
from tests.support.meeting import EMAIL, PASSWORD

BASE = "https://firma.dk/trivsel"
#: An address in text or code that begins with one of our own names.
OURS = re.compile(
    rf"""(?<![\w\\])["'`(=]/({"|".join(map(re.escape, sorted(_OURS - {"j"})))})[/"'`#)]""".encode()
)


async def made(data: Path, base_url: str = BASE) -> App:
    settings = Settings(data=data, base_url=base_url)
    await prepare(settings)
    return create_app(settings)


def client(app: App, base_url: str = "https://firma.dk") -> httpx.AsyncClient:
    headers = {"Origin": "https://firma.dk"}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=base_url, headers=headers)


@pytest.mark.parametrize("handed_on", ["/trivsel", ""])
async def test_G07_pages_files_and_refusals_are_found_with_the_folder_and_without(
    tmp_path: Path, handed_on: str
) -> None:
    app = await made(tmp_path / "data")
    async with client(app) as http:
        for path in (
            "/",
            "/desk",
            "/gemmes",
            "/summary",
            "/healthz",
            "/page/page.css",
            "/static/summary.css",
        ):
            answer = await http.get(handed_on + path)
            assert answer.status_code == 200, path
        page = (await http.get(f"{handed_on}/desk")).text
        (script,) = re.findall(r'src="(/trivsel/assets/desk-[^"]+)"', page)
        assert (await http.get(script)).status_code == 200
        assert (await http.get(script.removeprefix("/trivsel"))).status_code == 200
        lost = await http.get(f"{handed_on}/no/such", headers={"Accept": "text/html"})
        assert lost.status_code == 404
        assert 'href="/trivsel/page/page.css"' in lost.text
        assert 'href="/trivsel/"' in lost.text
        data = await http.get(f"{handed_on}/api/session")
        assert data.json()["code"] == "signed_out"
        assert data.headers["cache-control"] == "no-store"
        slash = await http.get(f"{handed_on}/desk/")
        assert slash.headers["location"] == "https://firma.dk/trivsel/desk"
        assert (await http.get("/trivsel")).status_code == 200


async def test_G07_nothing_that_is_served_leads_out_of_the_folder(tmp_path: Path) -> None:
    app = await made(tmp_path / "data")
    async with client(app, BASE) as http:
        shells = [await http.get(path) for path in ("/", "/desk", "/wall", "/conversation", "/J/ABC")]
        texts = {str(answer.url.path): answer.content for answer in shells}
        files = Pages(WEB, "/trivsel").files
        texts |= {name: file.body for name, file in files.items() if name.endswith((".js", ".css"))}
        static = [f"/static/{name}" for name in ("summary.js", "summary.css", "run-sheet.css")]
        for path in ("/gemmes", "/stored", "/summary", *static):
            texts[path] = (await http.get(path)).content
    assert len(texts) > 50
    # The desk's client has a base URL, and names routes without it; some pages recognise it by their suffix.
    found = [
        (name, text[max(0, hit.start() - 40) : hit.end()])
        for name, text in texts.items()
        for hit in OURS.finditer(text)
        if not (name.startswith("/assets/desk-") and hit[1] == b"api")
        and not text[: hit.start()].endswith(b"endsWith(")
    ]
    assert found == []
    assert not any(ROOT in text for text in texts.values())


async def test_G07_the_session_is_sent_to_the_folder_alone(tmp_path: Path) -> None:
    app = await made(tmp_path / "data")
    link = await app.services.accounts.first_link()
    assert link is not None
    async with client(app, BASE) as http:
        who = {"token": link.partition("#")[2], "name": "Anna", "email": EMAIL, "password": PASSWORD}
        answer = await http.post("/api/accounts/first", json=who)
        cookies = answer.headers.get_list("set-cookie")
        # `__Host-` would ask for the whole host.
        assert [c.partition("=")[0] for c in cookies] == ["__Secure-trivsel", "__Secure-trivsel-known"]
        assert [re.findall(r"Path=([^;]+)", c) for c in cookies] == [["/trivsel"], ["/trivsel/api/session"]]
        assert all("Secure" in c and "HttpOnly" in c for c in cookies)
        assert (await http.get("/api/session")).status_code == 200
        gone = (await http.delete("/api/session")).headers.get_list("set-cookie")
        assert any("__Secure-trivsel=" in c and "Path=/trivsel" in c for c in gone)


def test_X3b_without_a_folder_the_cookie_belongs_to_the_whole_host() -> None:
    assert Cookie(https=True).name == "__Host-trivsel"
    assert Cookie(https=False, folder="/trivsel").name == "trivsel"


async def test_G07_no_folder_has_the_name_of_an_address_of_ours(tmp_path: Path) -> None:
    """A proxy that strips the path would leave no way to tell."""
    app = await made(tmp_path / "data", "")
    names = {route.path.split("/")[1].lower() for route in routes_of(app.http)}
    assert {name for name in names if name and "{" not in name} | {"assets", "page"} == _OURS


def test_G07_a_path_is_the_same_with_and_without_root_path() -> None:
    assert path_in({"path": "/desk"}) == "/desk"
    assert path_in({"path": "/trivsel/desk", "root_path": "/trivsel"}) == "/desk"
