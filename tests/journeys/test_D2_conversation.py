"""D2: two people fill in their sides at once; one loses the network; a third has half a link."""

from datetime import date

from playwright.async_api import BrowserContext, Page, expect

from tests.support.browsers import PHONE, People, Screen
from tests.support.workshop import Workshop

ANNA, TASKS, LEADER, LATE = "Anna", "Lageret og de nye hylder", "Du har for meget", "Vagtplanen i uge 50 🌿"


class Side(Screen):
    """One of the two, with their link."""

    async def opens(self, url: str) -> None:
        await self.page.goto(url)
        await expect(
            self.page.get_by_role("heading", level=1, name=self.words("conversation.title"))
        ).to_be_visible()

    async def writes(self, question: str, text: str) -> None:
        label = self.words(
            "conversation.answer.label", question=self.words(f"conversation.question.{question}")
        )
        await self.page.get_by_label(label, exact=True).fill(text)

    async def is_saved(self) -> None:
        await expect(self.band("conversation.state.saved")).to_be_visible()

    async def shares(self, name: str) -> None:
        await self.page.get_by_role("button", name=self.words("conversation.share", name=name)).click()
        await self.sees("conversation.mine.shared", name=name)


async def sits_down(context: BrowserContext, room: Workshop) -> Side:
    page: Page = await context.new_page()
    return Side(page, room.words)


async def test_D2_B76_two_fill_in_at_once_and_half_a_link_sees_nothing(
    room: Workshop, people: People
) -> None:
    plan = {"day": date.today().isoformat(), "time": "09:30", "rhythm": "week", "minutes": 30}  # noqa: DTZ011
    company = (await room.meeting.http.get("/api/conversations")).json()["companies"][-1]["id"]
    made = await room.meeting.post(
        "/api/conversations", company=company, employee="Ida", language="da", **plan
    )
    links = {side: made[side]["url"] for side in ("employee", "leader")}
    pocket = await people.sits_down(**PHONE)
    ida = await sits_down(pocket, room)
    boss = await sits_down(await people.sits_down(width=1366, height=768), room)
    await ida.opens(links["employee"])
    await boss.opens(links["leader"])
    await ida.writes("tasks", TASKS)
    await boss.writes("tasks", LEADER)
    await ida.is_saved()
    await boss.is_saved()
    await boss.reads_not(TASKS)
    await ida.shares(ANNA)
    await boss.reads(TASKS)
    await ida.reads_not(LEADER)
    # Offline, with the page closed meanwhile.
    await pocket.set_offline(True)
    await ida.writes("challenges", LATE)
    await ida.sees("conversation.state.offline")
    await ida.page.close()
    await pocket.set_offline(False)
    ida = await sits_down(pocket, room)
    await ida.opens(links["employee"])
    await ida.is_saved()
    await boss.reads(LATE)
    assert await ida.page.evaluate("localStorage.length") == 0
    for side in (ida, boss):
        assert await side.no_barriers() == []
        assert await side.wide() == 0
    third = await sits_down(await people.sits_down(), room)
    await third.page.goto(links["employee"][:-20])
    await third.sees("conversation.wrong.title")
    await third.reads_not(TASKS, "Ida")
