"""X20: several companies on one server: members of another company find nothing, by any route."""

import re

import pytest

from app.access import routes_of
from app.processes.tables import membership
from tests.http.test_matrix import MATRIX, World, body_of, make_workshop, names_of, world

__all__ = ["world"]

#: The answer for things that do not exist for the caller; and for an invalid link in a body.
NOTHING = (404, "unknown")
#: A path names something of a company by one of these.
OWN = ("workshop", "process", "company", "link", "template", "pair", "member", "screen", "invitation")


async def test_X20_every_route_that_names_something_of_another_company_says_it_is_not_there(
    world: World,
) -> None:
    """The stranger leads a process in a company of their own: signed in, with the same roles there."""
    found = {}
    for route in MATRIX["routes"]:
        method, path = route.split(" ")
        if not any(f"{{{name}}}" in path for name in OWN) and route not in MATRIX["inside"]:
            continue
        names = await names_of(path, world)
        body = None if method == "GET" else await body_of(route, world)
        async with await world.as_("stranger") as stranger:
            answer = await stranger.request(method, path.format(**names), json=body)
        if (answer.status_code, answer.json().get("code")) != NOTHING:
            found[route] = answer.status_code, answer.text
    # A session is an account's own.
    assert not {route: said for route, said in found.items() if "/sessions/" not in route}


async def test_X20_lists_hold_nothing_of_another_company(world: World) -> None:
    secret = re.compile(f"{world.company}|{world.process}|{world.workshop}|facilitator(-id|@x)")
    async with await world.as_("facilitator") as desk:
        # The same lists do contain it for its owner: otherwise the search would find nothing anyway.
        for path in ("/api/home", "/api/overview"):
            assert secret.search((await desk.get(path)).text)
    async with await world.as_("stranger") as stranger:
        for route, group in MATRIX["routes"].items():
            method, path = route.split(" ")
            if method == "GET" and "{" not in path and group in ("account", "begin", "join"):
                answer = await stranger.get(path)
                assert not secret.search(answer.text), route


@pytest.mark.parametrize("picture", [False, True])
async def test_X20_no_line_opens_to_another_companys_room(world: World, picture: bool) -> None:
    """A desk connects by a ticket, a wall by a token that a desk requests: neither is given."""
    async with await world.as_("stranger") as stranger:
        path = f"/api/workshops/{world.workshop}"
        ticket = await stranger.post(f"{path}/ticket", params={"picture": picture}, json={})
        screen = await stranger.post(f"{path}/screens", json={})
        assert (ticket.status_code, screen.status_code) == (404, 404)
        # One's own ticket leads only to one's own room.
        _, _, own = await make_workshop(world, "stranger")
        mine = (await stranger.post(f"/api/workshops/{own}/ticket", json={})).json()["ticket"]
    admission = await world.app.services.gatekeeper.admit(mine)
    assert admission is not None and admission.workshop == own


async def test_X20_an_owner_sees_figures_of_a_process_led_by_others_but_not_the_process(
    world: World,
) -> None:
    async with await world.as_("facilitator") as desk:
        company = (await desk.get("/api/home")).json()["companies"][0]["id"]
        await world.app.services.processes.make_process(world.accounts["facilitator"], company, "Lageret")
    async with world.app.services.database.begin() as connection:
        mine = membership.c.account_id == world.accounts["facilitator"]
        await connection.execute(membership.delete().where(mine, membership.c.process_id == world.process))
    async with await world.as_("facilitator") as desk:
        lines = (await desk.get("/api/overview")).json()["processes"]
        assert {line["group"]: line["leads"] for line in lines} == {"facilitator": False, "Lageret": True}
        assert (await desk.get(f"/api/processes/{world.process}/summary.html")).status_code == 404


def test_X20_every_way_to_something_of_a_company_is_asked(world: World) -> None:
    """A route under a new name would be missed above."""
    # An account is not in a process, or belongs to administrators of the server.
    known = {*OWN, "name", "shape", "poster", "session", "path", "token", "account"}
    for route in routes_of(world.app.http):
        named = set(re.findall(r"\{(\w+)", route.path))
        assert named <= known or not route.path.startswith("/api/"), route.path
