"""A phone, as a hand uses it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.async_api import Locator, expect

from tests.support.browsers import Screen


class Phone(Screen):
    """One participant. What it wrote is known to the phone alone, so it is asked on the phone."""

    @property
    def field(self) -> Locator:
        """The note to write on."""
        return self.page.get_by_label(self.words("notes.phone.field"), exact=True)

    async def opens(self, url: str) -> None:
        """The camera has read the QR code, or somebody typed an address."""
        await self.page.goto(url)

    async def types_code(self, front: str, code: str) -> None:
        """The address at the foot of the wall, then the six characters, in small letters as phones do."""
        await self.page.goto(front)
        await self.code(code)

    async def code(self, code: str) -> None:
        """The six characters, and the button."""
        field = self.page.get_by_role("textbox", name=self.words("phone.join.code"))
        await expect(field).to_be_focused()
        await field.fill(code.lower())
        await self.page.get_by_role("button", name=self.words("phone.join.go")).click()

    async def is_in(self) -> None:
        """Joined, and the meeting has not begun."""
        await self.sees("phone.soon.title")

    async def may_write(self) -> None:
        """The note is there and has the focus, with nothing to press first."""
        await expect(self.field).to_be_focused()

    async def writes(self, *texts: str) -> None:
        """Write one note after the other, sending each at once."""
        for text in texts:
            await self.field.fill(text)
            await self.page.get_by_role("button", name=self.words("notes.phone.send"), exact=True).click()
            await expect(self.field).to_have_value("")

    async def has_on_board(self, n: int) -> None:
        """The server has that many of the notes for this question."""
        text = self.words("notes.phone.on_board", n=n)
        await expect(self.page.get_by_text(text, exact=True)).to_be_visible()

    async def has_on_way(self, n: int) -> None:
        """That many are kept on the phone and not yet sent."""
        text = self.words("notes.phone.on_way", n=n)
        await expect(self.page.get_by_text(text, exact=True)).to_be_visible()

    async def is_offline(self) -> None:
        """The band says so."""
        await expect(self.band("shared.offline.title")).to_be_visible()

    async def is_online(self) -> None:
        """The band is gone again."""
        await expect(self.band("shared.offline.title")).to_have_count(0)

    async def looks_up(self) -> None:
        """Nothing to do here."""
        await self.sees("phone.look.title")

    async def places(self, answers: Mapping[str, tuple[bool, bool] | None]) -> None:
        """P3.4: theme by theme, one tap each, in the order this phone asks; None skips the theme."""
        for n in range(1, len(answers) + 1):
            await self.sees("placing.phone.where", n=n, of=len(answers))
            theme = (await self.main.locator(".theme").inner_text()).strip()
            said = answers[theme]
            if said is None:
                await self._presses("placing.phone.skip")
                continue
            important, urgent = said
            field = f"{'important' if important else 'small'}_{'urgent' if urgent else 'later'}"
            starts = re.compile(f"^{re.escape(self.words(f'priority.phone.{field}'))}:")
            await self.page.get_by_role("button", name=starts).click()
        await self.sees("placing.phone.done")

    async def _presses(self, key: str) -> None:
        await self.page.get_by_role("button", name=self.words(key), exact=True).click()

    async def is_done(self) -> None:
        """U24: nothing more to write for now."""
        await self._presses("phone.done.say")
        await self.sees("phone.done.text")

    async def opens_mine(self) -> None:
        """Unfold one's own notes."""
        await self.page.get_by_role("button", name=self.words.any("phone.look.mine")).click()
        await expect(self.page.get_by_role("heading", name=self.words("phone.mine.title"))).to_be_visible()

    async def goes_back(self) -> None:
        """Fold them away."""
        back = [self.words("phone.mine.write_on"), self.words("phone.mine.back")]
        await self.page.get_by_role("button", name=re.compile("|".join(back))).click()

    def mine(self, text: str) -> Locator:
        """One of one's own notes in the list."""
        return self.page.get_by_role("listitem").filter(has=self.page.get_by_text(text, exact=True))

    async def stands(self, text: str, state: str) -> None:
        """Wait until one's note is said to be there: stored, turned, hidden, waiting…"""
        said = self.words(f"phone.state.{state}")
        await expect(self.mine(text).get_by_text(said, exact=True)).to_be_visible()

    async def notes_stored(self, texts: Sequence[str]) -> list[str]:
        """Which of these the list says are on the board."""
        stored = self.words("phone.state.stored")
        return [text for text in texts if await self.mine(text).get_by_text(stored, exact=True).count()]

    async def edits(self, text: str, to: str) -> None:
        """The pen, the new words, and Save."""
        await self.mine(text).get_by_role("button", name=self.words("phone.mine.edit")).click()
        await self.page.get_by_label(self.words("phone.mine.field"), exact=True).fill(to)
        await self.page.get_by_role("button", name=self.words("phone.mine.save"), exact=True).click()

    async def deletes(self, text: str) -> None:
        """The bin, and yes."""
        note = self.mine(text)
        await note.get_by_role("button", name=self.words("phone.mine.delete"), exact=True).click()
        await note.get_by_role("button", name=self.words("phone.mine.delete_yes"), exact=True).click()
        await expect(note).to_have_count(0)

    def take(self, action: str) -> Locator:
        """The button that signs up for an action."""
        return self.page.get_by_role("button", name=self.words("action_plan.phone.take_of", text=action))

    async def joins_in(self, name: str | None, action: str) -> None:
        """Sign up with a name, or with the one that was typed before."""
        if name is not None:
            await self.page.get_by_label(self.words("action_plan.phone.name")).fill(name)
        await self.take(action).click()
        await self.is_on(action)

    async def is_on(self, action: str) -> None:
        """The phone says that its owner takes part."""
        await expect(self._taken(action)).to_be_visible()

    async def takes_back(self, action: str) -> None:
        """Withdraw the name."""
        await self._taken(action).click()
        await self.page.get_by_role("button", name=self.words("action_plan.phone.back"), exact=True).click()
        await expect(self.take(action)).to_be_visible()

    def _taken(self, action: str) -> Locator:
        return self.page.get_by_role("button", name=self.words("action_plan.phone.back_of", text=action))

    async def hands_on(self) -> None:
        """The phone goes to somebody else and forgets whose notes these were."""
        await self.page.get_by_role("button", name=self.words("phone.hand.link")).click()
        await self.page.get_by_role("button", name=self.words("phone.hand.yes")).click()
        await self.sees("phone.hand.done")

    async def changes_language(self) -> None:
        """The other language; from here on the phone speaks it."""
        await self.page.get_by_role("button", name=self.words("phone.language"), exact=True).click()

    async def keeps(self) -> int:
        """How many notes with their secrets this browser keeps."""
        return len([each for each in await self._shelf("notes") if each.get("secret")])

    async def drafts(self) -> list[str]:
        """What was begun and not sent, as this browser keeps it."""
        return await self._shelf("drafts")

    async def _shelf(self, store: str) -> list[Any]:
        kept: list[Any] = await self.page.evaluate(
            """async (store) => {
              const open = await new Promise((done) => {
                const asked = indexedDB.open("trivsel");
                asked.onsuccess = () => done(asked.result);
              });
              const all = await new Promise((done) => {
                const asked = open.transaction(store).objectStore(store).getAll();
                asked.onsuccess = () => done(asked.result);
              });
              open.close();
              return all;
            }""",
            store,
        )
        return kept
