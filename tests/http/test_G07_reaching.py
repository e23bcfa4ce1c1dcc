"""G07: whether phones reach the server at all, tried before there is a meeting."""

from pathlib import Path

import httpx2 as httpx

from app.main import create_app
from app.monitoring.reaching import TRIED_FOR, Reaching
from app.operations.serving import prepare
from app.settings import Settings
from tests.support.clock import Clock
from tests.support.meeting import EMAIL, PASSWORD

BASE = "http://192.168.1.20:8000"


def test_G07_a_code_says_once_and_for_all_that_somebody_came() -> None:
    reaching = Reaching(Clock().ms)
    shown = reaching.show("anna", BASE)
    assert not shown.came
    assert not reaching.came("another")
    assert not reaching.show("bo", BASE).came
    assert reaching.came(shown.token)
    assert reaching.came(shown.token)
    assert reaching.show("anna", BASE).came
    assert not reaching.show("bo", BASE).came


def test_G07_a_code_ends_by_itself_and_with_its_address() -> None:
    clock = Clock()
    reaching = Reaching(clock.ms)
    first = reaching.show("anna", BASE)
    moved = reaching.show("anna", "http://10.0.0.7:8000")
    assert moved.url.startswith("http://10.0.0.7:8000/t/")
    assert not reaching.came(first.token)
    clock.forward(TRIED_FOR / 1000)
    assert not reaching.came(moved.token)


async def test_G07_a_phone_opens_the_code_and_the_desk_hears_of_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", base_url="http://127.0.0.1:8000/tavle")
    await prepare(settings)
    app = create_app(settings)
    link = await app.parts.accounts.first_link()
    assert link is not None
    transport = httpx.ASGITransport(app=app)
    origin = {"Origin": "http://127.0.0.1:8000"}
    base = "http://127.0.0.1:8000/tavle"
    async with httpx.AsyncClient(transport=transport, base_url=base, headers=origin) as http:
        assert (await http.get("/api/reach")).status_code == 401
        who = {"token": link.partition("#")[2], "name": "Anna", "email": EMAIL, "password": PASSWORD}
        assert (await http.post("/api/accounts/first", json=who)).status_code == 200
        told = (await http.get("/api/reach")).json()
        assert not told["came"]
        async with httpx.AsyncClient(transport=transport) as phone:
            assert (await phone.head(told["url"])).status_code == 405
            assert (await phone.get(f"{told['url']}x", headers={"Accept": "text/html"})).status_code == 410
            assert not (await http.get("/api/reach")).json()["came"]
            page = await phone.get(told["url"], headers={"Accept-Language": "da"})
        assert page.status_code == 200
        assert "set-cookie" not in page.headers
        assert 'href="/tavle/page/page.css"' in page.text
        assert (await http.get("/api/reach")).json() | {"came": False} == told
        assert (await http.get("/api/reach")).json()["came"]
