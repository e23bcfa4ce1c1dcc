"""X2: invitations by link; X20: the people of a process, and their roles."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from app.limits import MINUTE
from app.processes.invitations import MOST_OPEN
from tests.support.house import PASSWORD, House

IDA = {"name": "Ida Bæk", "email": "ida@bakkedal.dk", "password": "fire små både vinker"}


@dataclass
class Led:
    """A process with its facilitator at the desk."""

    home: House
    desk: httpx2.AsyncClient
    made: dict[str, str]

    @property
    def path(self) -> str:
        return f"/api/processes/{self.made['process']}"

    async def invites(self, role: str = "reader", **other: str) -> str:
        """The token of a new invitation."""
        answer = await self.desk.post(f"{self.path}/invitations", json={"name": "Ida", "role": role} | other)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["url"]).partition("/invitation#")[2]

    async def joined(self, role: str = "reader", **other: str) -> httpx2.AsyncClient:
        """Ida's browser, once she has accepted."""
        browser = self.home.client()
        token = await self.invites(role, **other)
        answer = await browser.post("/api/invitation/account", json={"token": token, **IDA})
        assert answer.status_code == 200, answer.text
        return browser

    async def people(self) -> dict[str, dict[str, Any]]:
        """By name."""
        seen = (await self.desk.get(f"{self.path}/people")).json()
        return {one["name"]: one for one in seen["people"]}

    async def waiting(self) -> list[dict[str, Any]]:
        return list((await self.desk.get(f"{self.path}/people")).json()["invitations"])


@pytest.fixture
async def led(home: House) -> Led:
    desk = await home.signed_in()
    return Led(home, desk, await home.workshop(desk))


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_X2_an_invitation_says_who_invites_to_what_as_what(led: Led) -> None:
    token = await led.invites("co_facilitator", duty="Tillidsrepræsentant")
    assert (await led.home.client().get("/invitation")).status_code == 200
    said = (await led.home.client().post("/api/invitation/open", json={"token": token})).json()
    assert said.pop("expires_at") == led.home.clock.ms() + 72 * 60 * MINUTE
    assert said == {
        "by": "Karen Holm", "name": "Ida", "role": "co_facilitator", "duty": "Tillidsrepræsentant",
        "company": "Bakkedal Inventar", "group": "Montagen",
    }  # fmt: skip
    (open_one,) = await led.waiting()
    assert (open_one["name"], open_one["role"], open_one["by"]) == ("Ida", "co_facilitator", "Karen Holm")


async def test_X2_B57_it_is_used_once_and_opening_uses_nothing_up(led: Led) -> None:
    token = await led.invites()
    for _ in range(3):
        looked = await led.home.client().post("/api/invitation/open", json={"token": token})
        assert looked.status_code == 200
    first = {"token": token, **IDA}
    both = await asyncio.gather(
        *(
            led.home.client().post("/api/invitation/account", json=first | {"email": f"{who}@bakkedal.dk"})
            for who in ("a", "b")
        )
    )
    assert sorted(answer.status_code for answer in both) == [200, 410]
    assert code(await led.home.client().post("/api/invitation/open", json={"token": token})) == (410, "used")
    assert not await led.waiting()
    assert len(await led.people()) == 2, "of two who press at once one has no account either"
    spare = await led.home.client().post(
        "/api/session", json={"email": "b@bakkedal.dk", "password": "x" * 12}
    )
    assert spare.status_code == 401


async def test_X2_it_holds_for_three_days_and_can_be_taken_back(led: Led) -> None:
    late, taken = await led.invites(), await led.invites()
    newest = (await led.waiting())[0]
    assert (await led.desk.delete(f"/api/invitations/{newest['id']}")).status_code == 204
    assert len(await led.waiting()) == 1
    led.home.forward(hours=72)
    for token in (late, taken, "made up"):
        for path, body in (("open", {}), ("account", IDA)):
            answer = await led.home.client().post(f"/api/invitation/{path}", json={"token": token, **body})
            assert code(answer) == (410, "used")
    led.desk = await led.home.signed_in()
    assert not await led.waiting()


async def test_X2_only_its_hash_is_kept(led: Led) -> None:
    token = await led.invites()
    kept = await led.home.on_disk()
    assert b"invitation" in kept and token.encode() not in kept


async def test_F12_wrong_links_are_counted_before_they_are_looked_at(led: Led) -> None:
    browser = led.home.client(address="10.0.0.77")
    tries = [browser.post("/api/invitation/open", json={"token": f"made up {n}"}) for n in range(40)]
    codes = [answer.status_code for answer in await asyncio.gather(*tries)]
    assert (codes.count(410), codes.count(429)) == (30, 10)
    token = await led.invites()
    assert (await led.home.client().post("/api/invitation/open", json={"token": token})).status_code == 200


async def test_X2_people_with_an_account_accept_with_it(led: Led) -> None:
    ida = await led.joined("reader")
    body = {"token": await led.invites("co_facilitator")}
    assert (await led.home.client().post("/api/invitation/accept", json=body)).status_code == 401
    taken = await led.home.client().post("/api/invitation/account", json=body | IDA)
    assert code(taken) == (409, "email_taken")
    answer = await ida.post("/api/invitation/accept", json=body)
    assert answer.json() == {"process": led.made["process"]}
    assert (await led.people())["Ida Bæk"]["role"] == "co_facilitator"
    await ida.post("/api/invitation/accept", json={"token": await led.invites("reader")})
    assert (await led.people())["Ida Bæk"]["role"] == "co_facilitator", "nobody loses by accepting"


async def test_X2_X1_a_new_account_needs_a_good_password_and_a_bad_one_uses_nothing_up(led: Led) -> None:
    token = await led.invites()
    for password in ("kort", "idabaek12345"):
        body = {"token": token, **IDA, "password": password}
        assert (await led.home.client().post("/api/invitation/account", json=body)).status_code == 422
    assert (await led.home.client().post("/api/invitation/open", json={"token": token})).status_code == 200


async def test_X4_changing_permissions_needs_the_password_again(led: Led) -> None:
    await led.joined("co_facilitator")
    ida = (await led.people())["Ida Bæk"]["id"]
    led.home.forward(minutes=11)
    for method, path, body in (
        ("POST", f"{led.path}/invitations", {"name": "Ole", "role": "reader"}),
        ("PUT", f"{led.path}/people/{ida}", {"role": "facilitator"}),
        ("DELETE", f"{led.path}/people/{ida}", None),
        ("POST", f"{led.path}/lead", {"to": ida}),
        ("POST", "/api/invitations", {"name": "Ole"}),
    ):
        assert code(await led.desk.request(method, path, json=body)) == (403, "prove_again")
    await led.desk.post("/api/session/proof", json={"password": PASSWORD})
    assert await led.invites()


async def test_X20_a_reader_reads_what_came_of_it_and_nothing_live(led: Led) -> None:
    ida = await led.joined("reader")
    (company,) = (await ida.get("/api/home")).json()["companies"]
    assert company["processes"][0]["role"] == "reader"
    meeting = f"/api/workshops/{led.made['id']}"
    for path in (f"{led.path}/summary.csv", f"{led.path}/found", f"{meeting}/summary"):
        assert (await ida.get(path)).status_code == 200
    for path in (meeting, f"{meeting}/run-sheet.html", f"{led.path}/people", f"{led.path}/members"):
        assert code(await ida.get(path)) == (403, "role")
    assert code(await ida.post(f"{meeting}/ticket", json={})) == (403, "role")
    # A reader, she may not start processes of her own.
    assert code(await ida.post("/api/companies", json={"name": "Mit"})) == (403, "role")
    begun = await ida.post("/api/processes", json={"company": led.made["company"], "group": "Min"})
    assert code(begun) == (404, "unknown")


async def test_X20_a_facilitator_changes_roles_hands_over_and_removes(led: Led) -> None:
    ida = await led.joined("reader")
    people = await led.people()
    me, her = people["Karen Holm"]["id"], people["Ida Bæk"]["id"]
    assert code(await led.desk.put(f"{led.path}/people/{me}", json={"role": "reader"})) == (
        409, "last_facilitator",
    )  # fmt: skip
    assert code(await led.desk.delete(f"{led.path}/people/{me}")) == (409, "last_facilitator")
    assert code(await led.desk.delete(f"{led.path}/membership")) == (409, "last_facilitator")
    over: list[str] = []
    led.home.gatekeeper.on_revoked(over.append)
    assert (await led.desk.post(f"{led.path}/lead", json={"to": her})).status_code == 204
    assert len(over) == 2, "whatever the two have open comes back as what they may now"
    roles = {name: one["role"] for name, one in (await led.people()).items()}
    assert roles == {"Ida Bæk": "facilitator", "Karen Holm": "co_facilitator"}
    assert code(await led.desk.delete(f"{led.path}/people/{her}")) == (403, "role")
    assert (await ida.put(f"{led.path}/people/{me}", json={"role": "facilitator"})).status_code == 204
    assert (await ida.delete(f"{led.path}/membership")).status_code == 204
    assert (await ida.get("/api/home")).json()["companies"] == []
    assert set(await led.people()) == {"Karen Holm"}


async def test_X20_of_two_facilitators_leaving_at_once_one_stays(led: Led) -> None:
    ida = await led.joined("facilitator")
    both = await asyncio.gather(*(one.delete(f"{led.path}/membership") for one in (led.desk, ida)))
    assert sorted(answer.status_code for answer in both) == [204, 409]


async def test_X20_a_ticket_of_a_role_that_has_changed_opens_nothing(led: Led) -> None:
    ida = await led.joined("co_facilitator")
    ticket = (await ida.post(f"/api/workshops/{led.made['id']}/ticket", json={})).json()["ticket"]
    her = (await led.people())["Ida Bæk"]["id"]
    await led.desk.put(f"{led.path}/people/{her}", json={"role": "reader"})
    assert await led.home.gatekeeper.admit(ticket) is None
    assert (await ida.get("/api/session")).status_code == 200, "she stays signed in"


async def test_F3_a_member_with_an_account_gets_no_personal_link_and_keeps_the_account(led: Led) -> None:
    ida = await led.joined("co_facilitator", duty="Tillidsrepræsentant")
    (member,) = (await led.desk.get(f"{led.path}/members")).json()
    assert (member["name"], member["duty"], member["link"]) == ("Ida Bæk", "Tillidsrepræsentant", "account")
    path = f"{led.path}/members/{member['id']}"
    for answer in (
        await led.desk.post(f"{path}/link", json={}),
        await led.desk.delete(f"{path}/link"),
        await led.desk.delete(path),
    ):
        assert code(answer) == (404, "unknown")
    await led.desk.put(path, json={"name": "Ib", "duty": "Leder"})
    (member,) = (await led.desk.get(f"{led.path}/members")).json()
    assert (member["name"], member["duty"]) == ("Ida Bæk", "Leder"), "she is called as she says"
    assert (await ida.get("/api/session")).status_code == 200
    await led.desk.delete(led.path)
    assert (await ida.get("/api/session")).status_code == 200, "with the process her account does not go"


async def test_F3_people_with_a_personal_link_cannot_lead(led: Led) -> None:
    made = await led.desk.post(f"{led.path}/members", json={"name": "Ole", "duty": "Leder"})
    ole = made.json()["id"]
    for answer in (
        await led.desk.put(f"{led.path}/people/{ole}", json={"role": "facilitator"}),
        await led.desk.post(f"{led.path}/lead", json={"to": ole}),
    ):
        assert code(answer) == (409, "no_sign_in")
    assert (await led.desk.delete(f"{led.path}/people/{ole}")).status_code == 204
    assert not await led.home.accounts.known([ole]), "a personal link belongs to one process"


async def test_X2_an_administrator_invites_somebody_to_begin_a_company(led: Led) -> None:
    made = await led.desk.post("/api/invitations", json={"name": "Ida"})
    token = made.json()["url"].partition("#")[2]
    said = (await led.home.client().post("/api/invitation/open", json={"token": token})).json()
    assert (said["role"], said["company"], said["group"]) == ("begin", "", "")
    assert [one["name"] for one in (await led.desk.get("/api/invitations")).json()["invitations"]] == ["Ida"]
    ida = led.home.client()
    accepted = await ida.post("/api/invitation/account", json={"token": token, **IDA})
    assert accepted.json() == {"process": None}
    assert (await ida.post("/api/companies", json={"name": "Hendes"})).status_code == 201
    assert code(await ida.post("/api/invitations", json={"name": "Ole"})) == (403, "role")
    assert code(await ida.get(f"{led.path}/people")) == (404, "unknown")


async def test_X2_an_invited_reader_may_be_invited_to_begin_as_well(led: Led) -> None:
    ida = await led.joined("reader")
    assert code(await ida.post("/api/companies", json={"name": "Hendes"})) == (403, "role")
    made = await led.desk.post("/api/invitations", json={"name": "Ida"})
    await ida.post("/api/invitation/accept", json={"token": made.json()["url"].partition("#")[2]})
    assert (await ida.post("/api/companies", json={"name": "Hendes"})).status_code == 201


async def test_X2_the_number_of_open_invitations_is_limited(led: Led) -> None:
    for _ in range(MOST_OPEN):
        await led.invites()
    answer = await led.desk.post(f"{led.path}/invitations", json={"name": "Ida", "role": "reader"})
    assert code(answer) == (409, "too_many_invitations")
