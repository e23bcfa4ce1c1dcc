"""A3: commands with a name are sent by their own POST, and over no live connection."""

import asyncio
from typing import Any

from tests.support.meeting import Meeting, meeting as a_meeting, new_id, new_secret
from tests.support.server import Server


async def with_action(meeting: Meeting) -> str:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    plan = next(item for item in desk.items if item["activity"] == "action_plan")
    await desk.do("agenda.go", item=plan["id"])
    action = new_id()
    await desk.do("action_plan.add", activity=plan["id"], action=action, theme=None, text="Ti minutter")
    return action


def signing(action: str) -> dict[str, Any]:
    secret = new_secret()
    return {
        "type": "action_plan.sign_up",
        "sign_up": new_id(),
        "secret": secret,
        "action": action,
        "name": "Yusuf",
    }


async def post(meeting: Meeting, command: dict[str, Any], token: str) -> tuple[int, dict[str, Any]]:
    body = {"type": "named", "command": command}
    headers = {"Authorization": f"Bearer {token}"}
    answer = await meeting.http.post("/live/named", json=body, headers=headers)
    return answer.status_code, answer.json()


async def test_A3_P4_6_a_sign_up_comes_by_its_own_post_and_is_taken_back_there(server: Server) -> None:
    async with a_meeting(server, "work") as meeting:
        action = await with_action(meeting)
        wall, phone, other = await meeting.screen(), await meeting.phone(), await meeting.phone()
        command = signing(action)
        assert (await post(meeting, command, phone.token))[0] == 200
        for screen in (wall, phone, other):
            await screen.until(lambda screen=screen: screen.all("sign_up"))
            (seen,) = screen.all("sign_up")
            assert seen == {"kind": "sign_up", "id": command["sign_up"], "action": action, "name": "Yusuf"}
        back = {"type": "action_plan.withdraw", "sign_up": command["sign_up"], "secret": command["secret"]}
        assert await post(meeting, back | {"secret": new_secret()}, other.token) == (
            403,
            {"type": "refused", "ref": 0, "code": "not_yours", "fresh": None, "retry_after": None},
        )
        assert (await post(meeting, back, phone.token))[0] == 200
        await wall.until(lambda: not wall.all("sign_up"))


async def test_A3_no_line_takes_a_name(server: Server) -> None:
    async with a_meeting(server, "work") as meeting:
        command = signing(await with_action(meeting))
        phone = await meeting.phone()
        assert (await phone.ask(command))["code"] == "unknown_type"
        body = {"type": "do", "ref": 1, "command": command}
        headers = {"Authorization": f"Bearer {phone.token}"}
        answer = await meeting.http.post("/live/do", json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "unknown_type")


async def test_A3_X20_the_named_wire_takes_names_from_phones_and_nothing_else(server: Server) -> None:
    async with a_meeting(server, "work") as meeting:
        command = signing(await with_action(meeting))
        screen = await meeting.screen()
        phone = await meeting.phone()
        assert (await post(meeting, command, "r.nothing.here"))[0] == 401
        assert (await post(meeting, command, screen.token))[0] == 403
        status, answer = await post(meeting, command | {"note": new_id()}, phone.token)
        assert (status, answer["code"]) == (422, "unknown_field")
        note = {"type": "notes.write", "activity": "a", "note": new_id(), "secret": new_secret()}
        assert (await post(meeting, note | {"rev": 1, "text": "x"}, phone.token))[0] == 400
        status, answer = await post(meeting, command | {"name": "x" * 5000}, phone.token)
        assert (status, answer["code"]) == (413, "too_long")
        status, answer = await post(meeting, command | {"name": " "}, phone.token)
        assert (status, answer["code"]) == (422, "empty")


async def test_X11_a_room_takes_so_many_names_at_once_and_notes_go_on(server: Server) -> None:
    async with a_meeting(server, "work") as meeting:
        action = await with_action(meeting)
        phone = await meeting.phone()
        answers = await asyncio.gather(*(post(meeting, signing(action), phone.token) for _ in range(40)))
        refused = [answer for status, answer in answers if status == 429]
        assert refused and all(answer["retry_after"] > 0 for answer in refused)
