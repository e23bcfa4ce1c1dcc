"""The slices on PostgreSQL: from the first account to a phone that has joined."""

import asyncio
from pathlib import Path

from tests.support.clock import Clock
from tests.support.house import PASSWORD, house


async def test_the_whole_way_in_on_postgresql(tmp_path: Path, clock: Clock, postgres_url: str) -> None:
    async with house(tmp_path, clock, url=postgres_url) as home:
        link = await home.accounts.first_link()
        assert link is not None
        first = {"token": link.partition("#")[2], "name": "Karen", "password": PASSWORD}
        both = await asyncio.gather(
            *(home.client().post("/api/accounts/first", json=first | {"email": f"{n}@x.dk"}) for n in "ab")
        )
        assert sorted(answer.status_code for answer in both) == [200, 410]
        email = next(a.json()["account"]["email"] for a in both if a.status_code == 200)
        desk = await home.signed_in(email)
        made = await home.workshop(desk)
        [company] = (await desk.get("/api/home")).json()["companies"]
        assert company["processes"][0]["workshops"][0]["id"] == made["id"]
        path = f"/api/workshops/{made['id']}"
        door = (await desk.post(f"{path}/door", json={"action": "open"})).json()
        joined = await home.client().post("/api/join", json={"code": door["code"].lower()})
        assert joined.status_code == 200
        assert await home.gatekeeper.admit(joined.json()["token"]) is not None
        await desk.post(f"{path}/door", json={"action": "rotate"})
        assert await home.gatekeeper.admit(joined.json()["token"]) is None
        screen = (await desk.post(f"{path}/screens", json={})).json()["token"]
        assert await home.gatekeeper.admit(screen) is not None
        health = {one["id"]: one["level"] for one in (await desk.get(path)).json()["health"]}
        assert health["secure_delete"] == "ok"
        home.forward(hours=13)
        assert (await desk.get("/api/session")).status_code == 401
