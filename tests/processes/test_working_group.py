"""The working group (F3, P1.5): its members, their personal links, and what ends when one is withdrawn."""

from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from app.access import GROUPS
from app.accounts.tables import account, one_time_link
from app.engine.commands import Role
from tests.support.house import House


@dataclass
class Group:
    """A process with one member, as its facilitator has it."""

    home: House
    desk: httpx2.AsyncClient
    made: dict[str, str]
    ole: str

    @property
    def path(self) -> str:
        return f"/api/processes/{self.made['process']}/members"

    async def link(self) -> dict[str, Any]:
        answer = await self.desk.post(f"{self.path}/{self.ole}/link", json={})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def comes_in(self, link: dict[str, Any] | None = None) -> httpx2.AsyncClient:
        """A browser in which the link is opened and confirmed."""
        browser = self.home.client()
        token = (link or await self.link())["url"].partition("#")[2]
        answer = await browser.post("/api/session/link", json={"token": token})
        assert answer.status_code == 200, answer.text
        return browser

    async def seen(self) -> dict[str, Any]:
        (one,) = (await self.desk.get(self.path)).json()
        return dict(one)


@pytest.fixture
async def group(home: House) -> Group:
    desk = await home.signed_in()
    made = await home.workshop(desk)
    path = f"/api/processes/{made['process']}/members"
    answer = await desk.post(path, json={"name": "Ole Bæk", "duty": "Tillidsrepræsentant"})
    return Group(home, desk, made, answer.json()["id"])


async def test_P1_5_the_working_group_is_recorded_by_name_and_role(group: Group) -> None:
    await group.desk.post(group.path, json={"name": "Anna Ørum", "duty": "Leder"})
    await group.desk.put(f"{group.path}/{group.ole}", json={"name": "Ole Beck", "duty": "Samarbejdsudvalg"})
    seen = (await group.desk.get(group.path)).json()
    assert [(one["name"], one["duty"]) for one in seen] == [
        ("Anna Ørum", "Leder"), ("Ole Beck", "Samarbejdsudvalg"),
    ]  # fmt: skip
    assert (await group.desk.delete(f"{group.path}/{group.ole}")).status_code == 204
    assert [one["name"] for one in (await group.desk.get(group.path)).json()] == ["Anna Ørum"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "", "duty": "Leder"}, "empty"),
        ({"name": "x" * 81, "duty": "Leder"}, "too_long"),
        ({"name": "Ole"}, "missing"),
        ({"name": "Ole", "duty": "Leder", "role": "facilitator"}, "unknown_field"),
    ],
)
async def test_P1_5_a_member_needs_a_name_and_a_role(group: Group, body: dict[str, str], code: str) -> None:
    answer = await group.desk.post(group.path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_F3_a_personal_link_opens_the_process_without_a_password(group: Group) -> None:
    assert (await group.seen())["link"] == "none"
    link = await group.link()
    assert link["qr"]["path"].startswith("M")
    assert (await group.seen())["link"] == "waiting"
    ole = await group.comes_in(link)
    who = (await ole.get("/api/session")).json()["account"]
    assert (who["name"], who["email"], who["admin"], who["by_link"]) == ("Ole Bæk", "", False, True)
    assert (await group.seen())["link"] == "used"
    (company,) = (await ole.get("/api/home")).json()["companies"]
    assert [process["id"] for process in company["processes"]] == [group.made["process"]]
    workshop = (await ole.get(f"/api/workshops/{group.made['id']}")).json()
    assert workshop["role"] == "co_facilitator"
    assert (await ole.post(f"/api/workshops/{group.made['id']}/ticket", json={})).status_code == 200


def test_F3_a_member_drives_and_reads_and_no_more() -> None:
    may = {group for group, roles in GROUPS.items() if roles and Role.CO_FACILITATOR in roles}
    # `belong` lets people with an account of their own leave.
    assert may == {"drive", "read_summary", "belong"}


async def test_F3_a_member_makes_no_company_and_no_process(group: Group) -> None:
    ole = await group.comes_in()
    for path, body in (
        ("/api/companies", {"name": "Mit"}),
        ("/api/processes", {"company": group.made["company"], "group": "Min"}),
        (group.path, {"name": "Ida", "duty": "Leder"}),
    ):
        answer = await ole.post(path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "role")


async def test_F3_B57_a_personal_link_is_used_once_within_three_days(group: Group) -> None:
    link = await group.link()
    token = link["url"].partition("#")[2]
    # Opening the page uses nothing up; only confirming does (X2).
    assert (await group.home.client().get("/invited")).status_code == 200
    await group.comes_in(link)
    late = await group.link()
    group.home.forward(hours=73)
    for gone in (token, late["url"].partition("#")[2], "made up"):
        answer = await group.home.client().post("/api/session/link", json={"token": gone})
        assert (answer.status_code, answer.json()["code"]) == (410, "used")


async def test_F3_X2_only_the_hash_of_a_link_is_kept(group: Group) -> None:
    token = (await group.link())["url"].partition("#")[2]
    assert token.encode() not in await group.home.on_disk()


@pytest.mark.parametrize("how", ["withdraw", "renew", "remove"])
async def test_F3_B58_people_with_a_link_are_disconnected_as_soon_as_it_ends(group: Group, how: str) -> None:
    ole = await group.comes_in()
    ticket = (await ole.post(f"/api/workshops/{group.made['id']}/ticket", json={})).json()["ticket"]
    over: list[str] = []
    group.home.gatekeeper.on_revoked(over.append)
    match how:
        case "withdraw":
            await group.desk.delete(f"{group.path}/{group.ole}/link")
        case "renew":
            await group.link()
        case _:
            await group.desk.delete(f"{group.path}/{group.ole}")
    assert [ground.partition(":")[0] for ground in over] == ["session"]
    assert await group.home.gatekeeper.admit(ticket) is None
    assert (await ole.get("/api/session")).status_code == 401


async def test_F3_nothing_is_kept_of_a_member_who_was_removed(group: Group) -> None:
    await group.comes_in()
    await group.desk.delete(f"{group.path}/{group.ole}")
    async with group.home.database.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(account)) == 1
        links = select(func.count()).select_from(one_time_link).where(one_time_link.c.account_id.is_not(None))
        assert await connection.scalar(links) == 0


async def test_F3_a_member_stays_signed_in_between_two_meetings_but_not_forever(group: Group) -> None:
    ole = await group.comes_in()
    group.home.forward(days=20)
    assert (await ole.get("/api/session")).status_code == 200
    group.home.forward(days=11)
    assert (await ole.get("/api/session")).status_code == 401


async def test_F3_no_password_signs_a_member_in(group: Group) -> None:
    for email in (group.ole, f"{group.ole}@x.dk"):
        answer = await group.home.client().post("/api/session", json={"email": email, "password": ""})
        assert answer.status_code in (401, 422)


async def test_F3_the_facilitator_is_no_member_to_be_removed(group: Group) -> None:
    me = (await group.desk.get("/api/session")).json()["account"]["id"]
    for answer in (
        await group.desk.delete(f"{group.path}/{me}"),
        await group.desk.post(f"{group.path}/{me}/link", json={}),
        await group.desk.put(f"{group.path}/{me}", json={"name": "x", "duty": "y"}),
    ):
        assert answer.status_code == 404
    assert (await group.desk.get("/api/session")).status_code == 200


async def test_F2_a_facilitator_renames_the_group_and_the_company(group: Group) -> None:
    path = f"/api/processes/{group.made['process']}"
    answer = await group.desk.put(path, json={"company": "Bakkedal", "group": "Montagen øst"})
    assert answer.status_code == 204
    (company,) = (await group.desk.get("/api/home")).json()["companies"]
    assert (company["name"], company["processes"][0]["group"]) == ("Bakkedal", "Montagen øst")
    ole = await group.comes_in()
    assert (await ole.put(path, json={"company": "Mit", "group": "Min"})).status_code == 403
