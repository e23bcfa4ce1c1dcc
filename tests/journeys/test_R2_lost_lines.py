"""R2, R12: wifi lost and back, a closed wall, a lost phone: what screens show, and how soon."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import expect

from tests.support.browsers import PHONE, People, Screen, until
from tests.support.desk import Desk
from tests.support.faces import Led
from tests.support.meeting import Wire, new_id
from tests.support.phone import Phone
from tests.support.proxy import Proxy
from tests.support.serve import SHORT_TICKS
from tests.support.workshop import Workshop

COMMAND = SHORT_TICKS

#: In ms: how soon a screen shows that its device is offline: it waits for a ping, and ignores short drops.
WITHIN = 15_000
BEFORE, LOST, LATER = "Kaffen er varm", ("Skrevet uden net", "Og en mere"), "Efter pausen"
OTHERS = ("Faste vagter", "Vi griner sammen", "Kunderne siger tak")
ROOM, TONE = "Ro til opgaverne", "Tonen"
ACTION = "Ti minutter ved tavlen"


class Wifi(Proxy):
    """The network of one device: when lost, its socket falls silent, and only the device itself knows why."""

    async def lost(self, screen: Screen) -> None:
        self.deafen()
        await screen.page.context.set_offline(True)

    async def back(self, screen: Screen) -> None:
        self.cut()
        self.mend()
        await screen.page.context.set_offline(False)


async def test_R2_R12_wifi_is_lost_on_phone_wall_and_desk_in_the_middle_of_a_meeting(room: Workshop) -> None:
    port, way_in = room.server.port, urlsplit(room.meeting.join_url).path
    async with Wifi(port) as near, Wifi(port) as far, Wifi(port) as own:
        context = await room.people.sits_down(state=room.state)
        desk = Desk(await context.new_page(), room.words)
        await desk.opens(own.url, room.meeting.workshop)
        wall, phone = await room.wall(far.url), await room.phone(near.url + way_in)
        await phone.is_in()
        await desk.starts("notes_draws")
        await desk.goes_on("notes.desk.start", minutes="fem")
        await phone.may_write()
        await phone.writes(BEFORE)
        await phone.has_on_board(1)
        await phone.field.fill("Halvt skrev")

        await near.lost(phone)
        await expect(phone.band("shared.offline.title")).to_be_visible(timeout=WITHIN)
        await phone.sees("phone.offline.text")
        # Unsent text stays, the clock continues, and notes are kept.
        await expect(phone.field).to_have_value("Halvt skrev")
        assert await phone.runs() > 0
        await phone.writes(*LOST)
        await phone.has_on_way(len(LOST))

        await far.lost(wall)
        other, question = await room.meeting.phone(), await current(room)
        await other.until(lambda: other.activity == question)
        for text in OTHERS:
            assert (await other.write(question, text))["type"] == "stored"
        await desk.count(1 + len(OTHERS))
        ring = wall.page.get_by_role("status").filter(has_text=room.words("wall.lost"))
        await expect(ring).to_be_visible(timeout=WITHIN)
        # The picture stays, with its clock.
        assert await wall.runs() > 0

        for wifi, screen in ((near, phone), (far, wall)):
            await wifi.back(screen)
        await phone.is_online()
        await phone.has_on_board(1 + len(LOST))
        await expect(ring).to_have_count(0)
        await wall.has_cards(1 + len(LOST) + len(OTHERS))
        await phone.field.fill("")

        await own.lost(desk)
        await expect(desk.band("desk.offline")).to_be_visible(timeout=WITHIN)
        # Actions wait here, and are done once.
        await desk.goes_on("notes.desk.stop")
        await own.back(desk)
        await desk.is_online()
        assert sorted(await desk.previews(6)) == sorted([BEFORE, *LOST, *OTHERS])
        await phone.sees("notes.phone.stopped")
        await other.close()


async def test_R12_a_wall_that_is_shut_is_said_on_the_desk_and_is_opened_again(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes(BEFORE)
    async with desk.page.expect_popup() as opened:
        await desk.opens_panel()
        await desk.dialog.get_by_role("button", name=room.words("desk.join.wall_here")).click()
    wall = desk.wall(await opened.value)
    await wall.runs()
    await desk.closes_dialog()
    none = desk.page.get_by_text(room.words("desk.picture.none"))
    await expect(none).to_have_count(0)

    await wall.page.close()
    await expect(none).to_be_visible(timeout=WITHIN)
    await expect(desk.button("desk.bar.join")).to_have_accessible_name(
        re.compile(f"0 {room.words('desk.bar.screens', n=0)}")
    )
    # The meeting continues, and reopening the wall shows the same picture.
    await desk.goes_on("notes.desk.stop")
    await desk.previews(1)
    await desk.goes_on("notes.desk.turn_all")
    async with desk.page.expect_popup() as opened:
        await desk.opens_panel()
        await desk.dialog.get_by_role("button", name=room.words("desk.join.wall_here")).click()
    again = desk.wall(await opened.value)
    await again.reads(BEFORE)


async def test_R2_a_phone_is_lost_another_takes_its_place_and_the_first_is_found_again(
    room: Workshop, people: People
) -> None:
    desk, phone = await room.begins_writing()
    inside = desk.button("desk.bar.join")
    await expect(inside).to_have_accessible_name(re.compile(r"\b1 telefon\b"))
    pocket = phone.page.context
    await phone.writes(BEFORE)
    await phone.has_on_board(1)
    await phone.field.fill(LOST[0])
    await until(phone.drafts, lambda kept: LOST[0] in kept)
    await phone.page.close()
    await expect(inside).to_have_accessible_name(re.compile(r"\b0 telefoner\b"), timeout=WITHIN)

    # Somebody lends theirs: it joins at once, and knows nothing of the other's notes.
    lent = await room.phone()
    await lent.may_write()
    await expect(inside).to_have_accessible_name(re.compile(r"\b1 telefon\b"))
    await lent.writes(LATER)
    await lent.has_on_board(1)
    await lent.reads_not(BEFORE, LOST[0])

    # The first is found: its notes on the board are still its own, and unsent text is in the field.
    found = Phone(await pocket.new_page(), room.words)
    await found.opens(room.meeting.join_url)
    await expect(found.field).to_have_value(LOST[0])
    await found.has_on_board(1)
    await found.page.get_by_role("button", name=room.words("notes.phone.send"), exact=True).click()
    await found.has_on_board(2)
    await found.opens_mine()
    await found.edits(BEFORE, f"{BEFORE} kl. 7")
    await found.stands(f"{BEFORE} kl. 7", "stored")
    await desk.goes_on("notes.desk.stop")
    assert sorted(await desk.previews(3)) == sorted([f"{BEFORE} kl. 7", LOST[0], LATER])


async def current(room: Workshop) -> str:
    """The live item."""
    desk = await room.meeting.desk()
    await desk.until(lambda: desk.items)
    live = next(item["id"] for item in desk.items if item["state"] == "live")
    await desk.close()
    return str(live)


class Hand:
    """A phone in a lift: the server receives what is pressed, its answer is lost, and all is sent again."""

    def __init__(self, phone: Phone, lift: Proxy) -> None:
        self.phone = phone
        self.lift = lift
        self.sent: list[str] = []
        phone.page.on("websocket", lambda socket: socket.on("framesent", self._frame))
        phone.page.on("request", self._request)

    def _frame(self, frame: str | bytes) -> None:
        self.sent.append(str(frame))

    def _request(self, request: Any) -> None:
        if request.url.endswith("/live/named"):
            self.sent.append(request.post_data or "")

    async def presses(
        self, what: str, press: Callable[[], Awaitable[Any]], then: Callable[[], Awaitable[Any]]
    ) -> list[dict[str, Any]]:
        """Press while offline; returns the commands `what` that were sent, once `then` is visible online."""

        async def commands() -> list[dict[str, Any]]:
            return [json.loads(one)["command"] for one in self.sent if f'"{what}"' in one]

        before = len(await commands())
        self.lift.deafen()
        await press()
        await until(commands, lambda sent: len(sent) > before)
        self.lift.cut()
        self.lift.mend()
        await then()
        return (await commands())[before:]


async def test_R2_whatever_is_pressed_on_a_phone_while_offline_is_sent_later_and_counts_once(
    room: Workshop,
) -> None:
    themes = await room.meeting.gathers({ROOM: ("To stille timer",), TONE: ("Vi griner sammen",)})
    desk = await Led.of(room)
    others = [await room.meeting.phone() for _ in range(4)]
    async with Proxy(room.server.port) as lift:
        context = await room.people.sits_down(**PHONE)
        phone = Phone(await context.new_page(), room.words)
        hand = Hand(phone, lift)
        await phone.types_code(lift.url, room.meeting.code)
        await phone.looks_up()
        await me_too(desk, others, hand, themes)
        await dots(desk, others, hand, themes)
        await influence(desk, others, hand, themes)
        await pulse(desk, others, hand, themes)
        await poster(desk, hand, themes)
        await signs_up(desk, hand, themes)
    for wire in (desk, *others):
        await wire.close()


async def everybody(item: str, others: list[Wire], of: str, value: Any) -> None:
    for wire in others:
        await wire.until(lambda wire=wire: wire.activity == item)
        await wire.cast(item, of, value)


async def counted(desk: Led, item: str, close: str, again: str, found: Callable[[], int]) -> int:
    """The result of five answers; the last may wait for a tick (A11), so it is closed once more."""

    async def ask() -> int:
        await desk.do(close, activity=item)
        await desk.until(
            lambda: any(one["activity"] == item and one["state"] == "closed" for one in desk.all("balloting"))
        )
        if not (n := found()):
            await desk.do(again, activity=item)
        return n

    return await until(ask, bool)


async def me_too(desk: Led, others: list[Wire], hand: Hand, themes: dict[str, str]) -> None:
    """W12. Its view could not be loaded when the meeting moved on; it loads when the connection returns."""
    phone = hand.phone
    await phone.page.route("**/assets/*", lambda route: route.abort())
    item = await desk.goes("me_too")
    await everybody(item, others, themes[ROOM], 1)
    hand.lift.cut()
    await phone.page.unroute("**/assets/*")
    hand.lift.mend()
    also = phone.page.get_by_role("button", name=ROOM)
    await also.wait_for()
    await hand.presses("ballots.cast", also.click, lambda: phone.sees("me_too.phone.stored", n=1))
    await expect(also).to_have_attribute("aria-pressed", "true")

    def tapped() -> int:
        return sum(one["counts"].get(themes[ROOM], 0) for one in desk.all("me_too_result"))

    assert await counted(desk, item, "me_too.close", "me_too.open", tapped) == 5


async def dots(desk: Led, others: list[Wire], hand: Hand, themes: dict[str, str]) -> None:
    phone = hand.phone
    item = await desk.goes("dots", which="all", dots=1)
    await everybody(item, others, "dots", [themes[TONE]])
    lay = phone.page.get_by_role("button", name=TONE).first
    await lay.wait_for()
    await hand.presses("ballots.cast", lay.click, lambda: phone.sees("dots.phone.stored"))

    def sums() -> int:
        return sum(sum(one["sums"].values()) for one in desk.all("dots_result"))

    assert await counted(desk, item, "dots.close", "dots.open", sums) == 5


async def influence(desk: Led, others: list[Wire], hand: Hand, themes: dict[str, str]) -> None:
    """W13, and for P3.4: one tap per theme."""
    phone, words = hand.phone, hand.phone.words
    item = await desk.goes("influence", strengths=True)
    await desk.do("placing.open", activity=item)
    for theme in themes.values():
        await everybody(item, others, theme, 1)
    can = phone.page.get_by_role("button", name=words("influence.phone.placing.can"))
    await phone.sees("placing.phone.where", n=1, of=2)
    await hand.presses("ballots.cast", can.click, lambda: phone.sees("placing.phone.stored", n=1))
    await phone.sees("placing.phone.where", n=2, of=2)
    await hand.presses("ballots.cast", can.click, lambda: phone.sees("placing.phone.stored", n=2))

    def placed() -> int:
        spread = [one["n"] for one in desk.all("influence_spread") if one["activity"] == item]
        return sum(spread) if len(spread) == len(themes) else 0

    assert await counted(desk, item, "placing.close", "placing.open", placed) == 10


async def pulse(desk: Led, others: list[Wire], hand: Hand, themes: dict[str, str]) -> None:
    """P5.1: three questions, sent with one press."""
    phone, words = hand.phone, hand.phone.words
    item = await desk.goes("pulse", theme=themes[ROOM])
    for of in ("better", "needed"):
        await everybody(item, others, of, 4)
    for _ in range(2):
        await phone.page.get_by_role("radio", name="4").check(force=True)
        await phone.page.get_by_role("button", name=words("pulse.phone.next"), exact=True).click()
    await phone.page.get_by_label(words("pulse.phone.field")).fill(LATER)
    send = phone.page.get_by_role("button", name=words("pulse.phone.send"), exact=True)
    await hand.presses("ballots.cast", send.click, lambda: phone.sees("pulse.phone.stored", n=3))

    def answered() -> int:
        found = [one for one in desk.all("pulse_result") if one["better"] and one["needed"]]
        return sum(sum(one["better"]["counts"]) + sum(one["needed"]["counts"]) for one in found)

    assert await counted(desk, item, "pulse.close", "pulse.reopen", answered) == 10


async def poster(desk: Led, hand: Hand, themes: dict[str, str]) -> None:
    """P4.1, U24: a proposal, and that one is done; reported again under the same mark."""
    phone, words = hand.phone, hand.phone.words
    item = await desk.goes("stop_more_new", theme=themes[ROOM])
    await desk.do("timer.start", activity=item, seconds=300)
    await phone.may_write()
    await hand.presses("notes.write", lambda: phone.writes(LATER), lambda: phone.has_on_board(1))
    say = phone.page.get_by_role("button", name=words("phone.done.say"))

    async def again() -> None:
        await phone.sees("phone.done.text")
        await until(marks, lambda sent: len(sent) > 1)

    async def marks() -> list[str]:
        return [json.loads(one)["command"]["mark"] for one in hand.sent if '"pace.done"' in one]

    await hand.presses("pace.done", say.click, again)
    assert len(set(await marks())) == 1
    await desk.do("notes.stop_writing", activity=item)
    await desk.do("notes.turn_all", activity=item)
    await desk.until(lambda: desk.notes(item))
    assert list(desk.notes(item)) == [LATER]


async def signs_up(desk: Led, hand: Hand, themes: dict[str, str]) -> None:
    """P4.6: an unanswered sign-up is shown as being sent, is sent automatically, and is on the board once."""
    phone, words = hand.phone, hand.phone.words
    item = await desk.goes("action_plan")
    row = new_id()
    await desk.do("action_plan.add", activity=item, action=row, theme=themes[ROOM], text=ACTION)
    await desk.until(lambda: row in desk.held)
    await desk.do("action_plan.open_sign_up", activity=item, action=row, base=desk.seqs[row], open=True)
    await phone.page.get_by_label(words("action_plan.phone.name")).fill("Yusuf")
    take = phone.take(ACTION)
    sent = await hand.presses("action_plan.sign_up", take.click, lambda: phone.is_on(ACTION))
    assert len({json.dumps(one, sort_keys=True) for one in sent}) == 1
    await desk.until(lambda: desk.all("sign_up"))
    assert [one["name"] for one in desk.all("sign_up")] == ["Yusuf"]

    # In a lift without any connection.
    hand.lift.cut()
    await phone.page.get_by_role("button", name=words("action_plan.phone.back_of", text=ACTION)).click()
    await phone.page.get_by_role("button", name=words("action_plan.phone.back"), exact=True).click()
    on_way = phone.page.get_by_role("button", name=words("action_plan.phone.on_way_of", text=ACTION))
    await expect(on_way).to_be_visible()
    await phone.sees("action_plan.phone.waits.off")
    await phone.is_offline()
    hand.lift.mend()
    await expect(take).to_be_visible()
    await desk.until(lambda: not desk.all("sign_up"))
