"""G07: whether phones can reach the server at all, tested before there is a meeting."""

from pathlib import Path

import httpx2 as httpx

from app.main import create_app
from app.monitoring.reaching import TRIED_FOR, Reaching
from app.operations.serving import prepare
from app.settings import Settings
from tests.support.clock import Clock
from tests.support.meeting import EMAIL, PASSWORD

KEY = b"a key for tests, as long as need"
BASE = "http://192.168.1.20:8000"


class Process(Reaching):
    """One of several processes that notify each other, all with the same key."""

    def __init__(self, clock: Clock, others: list["Process"], key: bytes = KEY) -> None:
        super().__init__(clock.ms, key, self)
        self._all = others
        others.append(self)

    def tell(self, topic: str, about: str) -> None:
        assert topic == "reached"
        for each in self._all:
            each.came(about)


def test_G07_a_code_reports_for_good_that_it_was_opened() -> None:
    reaching = Process(Clock(), [])
    shown = reaching.show("anna", BASE)
    assert not shown.came
    assert not reaching.opened("another")
    assert not reaching.show("bo", BASE).came
    assert reaching.opened(shown.token)
    assert reaching.opened(shown.token)
    assert reaching.show("anna", BASE).came
    assert not reaching.show("bo", BASE).came


def test_G07_the_phone_may_come_to_another_process_than_the_desk_asks() -> None:
    clock, both = Clock(), list[Process]()
    one, two = Process(clock, both), Process(clock, both)
    shown = one.show("anna", BASE)
    assert two.show("anna", BASE) == shown
    assert two.opened(shown.token)
    assert one.show("anna", BASE).came
    assert two.show("anna", BASE).came


def test_G07_a_code_expires_and_ends_with_its_address() -> None:
    clock = Clock()
    reaching = Process(clock, [])
    first = reaching.show("anna", BASE)
    moved = reaching.show("anna", "http://10.0.0.7:8000")
    assert moved.url.startswith("http://10.0.0.7:8000/t/")
    assert reaching.opened(first.token) and not reaching.show("anna", "http://10.0.0.7:8000").came
    clock.forward(TRIED_FOR / 1000)
    assert reaching.show("anna", BASE).token != first.token
    assert reaching.opened(moved.token)
    clock.forward(TRIED_FOR / 1000)
    assert not reaching.opened(moved.token)
    clock.forward(10)
    assert not reaching.opened("x") and not reaching._came


def test_G07_nobody_else_can_make_a_code() -> None:
    clock = Clock()
    ours, foreign = Process(clock, []), Process(clock, [], key=b"another key " * 3)
    token = ours.show("anna", BASE).token
    changed = [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in range(len(token))]
    odd = ["", "A", "AAAA" * 6, token + "AAAA", token[:-4], token + "=", "æ" * 24, "%" * 24]
    assert not any(ours.opened(one) for one in [foreign.show("anna", BASE).token, *changed, *odd])
    assert not ours._came


async def test_G07_a_phone_opens_the_code_and_the_desk_hears_of_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", base_url="http://127.0.0.1:8000/tavle")
    await prepare(settings)
    app = create_app(settings)
    link = await app.services.accounts.first_link()
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
