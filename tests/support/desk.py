"""The desk, as the facilitator works it: by mouse, by keyboard, by menu."""

import re
from pathlib import Path

from playwright.async_api import FloatRect, Locator, Page, expect

from tests.support.browsers import Screen, until
from tests.support.wall import Wall

#: The height of a board's own bar, and of the strip under it that scrolls.
EDGE = 80


class Desk(Screen):
    """A facilitator's laptop."""

    # -- in ----------------------------------------------------------------------------------------

    async def makes_account(self, link: str, name: str, email: str, password: str) -> None:
        """The link of the first start."""
        await self.page.goto(link)
        for key, text in (("name", name), ("email", email), ("password", password)):
            await self.page.get_by_label(self.words(f"desk.welcome.{key}"), exact=True).fill(text)
        await self.button("desk.welcome.go").click()

    async def signs_in(self, front: str, email: str, password: str) -> None:
        """On a laptop that knows nobody."""
        await self.page.goto(f"{front}/desk")
        await self.gives(email, password)

    async def gives(self, email: str, password: str) -> None:
        """Who one is, where that is asked."""
        await self.page.get_by_label(self.words("desk.signin.email"), exact=True).fill(email)
        await self.page.get_by_label(self.words("desk.signin.password"), exact=True).fill(password)
        await self.button("desk.signin.go").click()

    async def makes_process(self, company: str, group: str) -> None:
        """The first one, on the empty front page."""
        await self.page.get_by_label(self.words("desk.process.company_name")).fill(company)
        await self.page.get_by_label(self.words("desk.process.group"), exact=True).fill(group)
        await self.button("desk.process.go").click()

    async def picks(self, template: str) -> None:
        """Choose another meeting than the preselected one."""
        name = self.words(f"method.template.{template}")
        # Folded parts do not exist for a screen reader until they are opened.
        radio = self.page.get_by_role("radio", name=name, include_hidden=True).first
        fold = self.page.locator("details").filter(has=radio)
        await expect(self.page.get_by_role("radio").first).to_be_visible()
        if await fold.count() and await fold.get_attribute("open") is None:
            await fold.locator("summary").click()
        await radio.check()

    async def opens_workshop(self) -> Page:
        """One press, and the wall opens in a window of its own."""
        async with self.page.expect_popup() as opened:
            await self.page.get_by_role("button", name=self.words("desk.new.go")).click()
        return await opened.value

    async def opens(self, front: str, workshop: str) -> None:
        """The workshop by its address."""
        await self.page.goto(f"{front}/desk#/w/{workshop}")
        await expect(self.dock).to_be_visible()

    # -- the dock, the keys, the actions -----------------------------------------------------------

    @property
    def dock(self) -> Locator:
        """The one dock."""
        return self.page.get_by_role("contentinfo", name=self.words("desk.dock.label"))

    @property
    def dialog(self) -> Locator:
        """The one that is open."""
        return self.page.get_by_role("dialog")

    def button(self, key: str, **filled: str | int) -> Locator:
        """A button by the beginning of its text (the key or the next step may follow)."""
        return self.page.get_by_role("button", name=self.words(key, **filled))

    async def comes_next(self, key: str, **filled: str | int) -> None:
        """What the one large button says."""
        name = self.words(key, **filled)
        await expect(self.dock.get_by_role("button", name=name)).to_be_enabled()

    async def goes_on(self, key: str, **filled: str | int) -> None:
        """Press the large button, which has to say this."""
        await self.dock.get_by_role("button", name=self.words(key, **filled)).click()

    async def starts(self, item: str) -> None:
        """The meeting begins with this activity, whatever slide the agenda opens with."""
        await self.goes_to(item)

    async def moves_on_to(self, item: str) -> None:
        """The next activity of the agenda."""
        await self.goes_on("desk.on", title=self.words(f"method.item.{item}"))
        await self.is_at(item)

    async def shows_from(self, n: int) -> None:
        """U8: the page of the wall that begins with the nth: the large button says so, and an arrow."""
        further = self.words("desk.page.show", what=f"{n}–")
        await self.dock.get_by_role("button", name=further).last.click()

    @property
    def agenda(self) -> Locator:
        """Today's activities."""
        return self.page.get_by_role("navigation", name=self.words("desk.agenda.label"))

    async def is_at(self, item: str) -> None:
        """Wait until that activity is the live one."""
        live = self.agenda.locator("[aria-current]")
        await expect(live).to_contain_text(self.words(f"method.item.{item}"))

    async def presses(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def sends(self) -> None:
        """Submit a dialog by keys; only after it has closed does the next key go to the board."""
        await self.page.keyboard.press("Control+Enter")
        await expect(self.dialog).to_have_count(0)

    async def closes_with_all(self, shown: Locator, *, close: str, again: str) -> None:
        """Close what is answered by tap until the desk has something to show.

        One more answer than the room was told of counts from the next tick on, and no number says so (A11).
        The desk that closed it decides: a wall may still show how it was closed before.
        """
        reopen = self.dock.get_by_role("button", name=self.words(again))

        async def closes() -> bool:
            await self.goes_on(close)
            await expect(reopen.or_(shown)).to_be_visible()
            if await shown.is_visible():
                return True
            await reopen.click()
            return False

        await until(closes, bool)

    async def does(self, key: str, **filled: str | int) -> None:
        """An action out of the list of all actions."""
        await self.dock.get_by_role("button", name=self.words("desk.all")).click()
        await self.dialog.get_by_role("button", name=self.words(key, **filled)).first.click()

    async def chooses(self, choice: str) -> None:
        """One of what a dialog offers."""
        await self.dialog.get_by_role("button", name=choice).first.click()
        await expect(self.dialog).to_have_count(0)

    async def undoes(self, what: str) -> None:
        """The dock's button must say what it undoes."""
        did = self.words(f"did.{what}")
        await self.dock.get_by_role("button", name=self.words("desk.undo", did=did)).click()

    async def can_undo(self, what: str) -> None:
        """What would be taken back next."""
        did = self.words(f"did.{what}")
        button = self.dock.get_by_role("button", name=self.words("desk.undo", did=did))
        await expect(button).to_be_enabled()

    async def redoes(self, what: str) -> None:
        """By its key, once the desk knows that it was undone; there is no button."""
        await self.offers("desk.redo", did=self.words(f"did.{what}"))
        await self.presses("Shift+Z")

    async def offers(self, key: str, **filled: str | int) -> None:
        """Wait until the list of all actions has this: until then its key does nothing, or something else."""
        await self.dock.get_by_role("button", name=self.words("desk.all")).click()
        action = self.dialog.get_by_role("button", name=self.words(key, **filled)).first
        await expect(action).to_be_visible()
        await expect(action).to_be_enabled()
        await self.closes_dialog()

    async def is_offline(self) -> None:
        """The band says so."""
        await expect(self.band("desk.offline")).to_be_visible()

    async def is_online(self) -> None:
        """The band is gone again."""
        await expect(self.band("desk.offline")).to_have_count(0)

    # -- the agenda --------------------------------------------------------------------------------

    async def goes_to(self, item: str) -> None:
        """Another activity, by the agenda's menu."""
        await self.agenda.get_by_role("button", name=self.words(f"method.item.{item}")).click()
        again = [self.words("desk.agenda.go"), self.words("desk.agenda.go_back")]
        await self.page.get_by_role("menuitem", name=re.compile("|".join(again))).click()
        await self.is_at(item)

    async def sets(self, item: str, key: str, choice: str) -> None:
        """One of an item's settings, in the agenda's dialog."""
        await self.agenda.get_by_role("button", name=self.words(f"method.item.{item}")).click()
        await self.page.get_by_role("menuitem", name=self.words("desk.agenda.edit")).click()
        await self.dialog.get_by_label(self.words(key)).select_option(label=choice)
        await self.dialog.get_by_role("button", name=self.words("desk.save")).click()
        await expect(self.dialog).to_have_count(0)

    async def wants(self, item: str, key: str) -> None:
        """One of an item's settings that is on or off, in the agenda's dialog: on."""
        await self.agenda.get_by_role("button", name=self.words(f"method.item.{item}")).click()
        await self.page.get_by_role("menuitem", name=self.words("desk.agenda.edit")).click()
        await self.dialog.get_by_role("checkbox", name=self.words(key)).check()
        await self.dialog.get_by_role("button", name=self.words("desk.save")).click()
        await expect(self.dialog).to_have_count(0)

    async def ends(self, late: str = "leave") -> None:
        """End the meeting for today; late notes are left out, or included."""
        await self.goes_on("desk.end")
        await self._says_yes(late)

    async def breaks_off(self) -> None:
        """For today, though there is more on the agenda."""
        await self.does("desk.end")
        await self._says_yes("leave")

    async def _says_yes(self, late: str) -> None:
        yes = self.dialog.get_by_role("button", name=self.words("desk.end.yes"))
        await expect(yes).to_be_visible()
        # F4: asked of every meeting in which people wrote, in the same words.
        if await self.dialog.get_by_role("radio").count():
            await self.dialog.get_by_role("radio", name=self.words(f"desk.end.late.{late}")).check()
        await yes.click()
        await self.sees("desk.ended.about")

    # -- phones and walls ------------------------------------------------------------------------------

    async def opens_panel(self) -> None:
        """Phones and walls."""
        await self.button("desk.bar.join").click()
        await expect(self.dialog).to_be_visible()

    async def closes_dialog(self) -> None:
        """With Escape, as every dialog."""
        await self.presses("Escape")
        await expect(self.dialog).to_have_count(0)

    async def pairs(self, code: str) -> None:
        """The code that another screen shows."""
        await self.opens_panel()
        await self.dialog.get_by_label(self.words("desk.join.pair_code")).fill(code)
        await self.dialog.get_by_role("button", name=self.words("desk.join.pair_go")).click()
        await self.sees("desk.join.paired")
        await self.closes_dialog()

    # -- notes -------------------------------------------------------------------------------------

    def note(self, text: str) -> Locator:
        """A note on whichever board is shown."""
        return self.main.get_by_role("button").filter(has=self.page.get_by_text(text, exact=True)).first

    async def count(self, n: int) -> None:
        """How many notes are face down, except the last ones, which wait for a tick with three (A11)."""
        await expect(self.main.get_by_text(self.words.about(n, "notes.desk.on_board"))).to_be_visible()

    async def previews(self, n: int) -> list[str]:
        """The texts, of which there have to be that many."""
        cells = self.page.get_by_role("list", name=self.words("notes.desk.list")).get_by_role("listitem")
        await expect(cells).to_have_count(n)
        return [(await cell.locator("p").first.inner_text()).strip() for cell in await cells.all()]

    async def hides_or_shows(self, text: str) -> None:
        """Pick it, then H."""
        await self.picks_note(text)
        hidden = self.words("notes.desk.state.hidden")
        shown = hidden not in await self.note(text).inner_text()
        await self.presses("h")
        # A second press before the desk has heard of the first would repeat the same command.
        note = expect(self.note(text))
        await (note.to_contain_text(hidden) if shown else note.not_to_contain_text(hidden))

    async def picks_note(self, text: str) -> None:
        """A click, unless it is picked already."""
        if await self.note(text).get_attribute("aria-pressed") != "true":
            await self.note(text).click()
        await expect(self.note(text)).to_have_attribute("aria-pressed", "true")

    async def surrounds(self, *notes: Locator) -> None:
        """By mouse: a rectangle from the empty board over all of them."""
        boxes = await self._at_rest(*notes)
        mouse = self.page.mouse
        await mouse.move(min(box["x"] for box in boxes) - 6, min(box["y"] for box in boxes) - 6)
        await mouse.down()
        await mouse.move(
            max(box["x"] + box["width"] / 2 for box in boxes),
            max(box["y"] + box["height"] / 2 for box in boxes),
            steps=6,
        )
        await mouse.up()

    async def types_paper(self, *texts: str) -> None:
        """Paper notes, one a line."""
        await self.main.get_by_role("button", name=self.words("notes.desk.paper")).click()
        await self.dialog.get_by_label(self.words("notes.desk.paper.field")).fill("\n".join(texts))
        await self.dialog.get_by_role("button", name=self.words("notes.desk.paper.yes")).click()
        await self.sees("notes.desk.paper.added", n=len(texts))

    # -- themes ------------------------------------------------------------------------------------

    def theme(self, name: str) -> Locator:
        """A theme's heading."""
        return self.main.get_by_role("heading").get_by_role("button", name=name, exact=True)

    def inside(self, theme: str) -> Locator:
        """The notes of a theme, or the loose ones."""
        return self.main.get_by_role("region", name=theme).get_by_role("listitem")

    async def drags(self, what: Locator, to: Locator) -> None:
        """By mouse, in a few steps, as a hand does; to a target out of sight, via the board's edge."""
        # While a board is being laid out, the element may be replaced before it is scrolled to.
        await self._at_rest(what, to)
        await what.scroll_into_view_if_needed()
        start, end = await self._at_rest(what, to)
        mouse = self.page.mouse
        await mouse.move(start["x"] + min(30, start["width"] / 2), start["y"] + min(16, start["height"] / 2))
        await mouse.down()
        across = end["x"] + end["width"] / 2
        board = await self.main.bounding_box()
        assert board

        async def in_sight() -> FloatRect | None:
            now = await to.bounding_box()
            return now if now and now["y"] + now["height"] / 2 > board["y"] + EDGE else None

        if not await in_sight():
            # As near to the edge as makes it scroll.
            await mouse.move(across, board["y"] + EDGE, steps=8)
            await until(in_sight, bool)
        (end,) = await self._at_rest(to)
        await mouse.move(across, end["y"] + end["height"] / 2, steps=8)
        await mouse.move(across + 1, end["y"] + end["height"] / 2)
        await mouse.up()

    async def _at_rest(self, *things: Locator) -> list[FloatRect]:
        """Where they are, once the board has been laid out for the last change."""
        before: list[FloatRect] = []

        async def boxes() -> list[FloatRect]:
            nonlocal before
            await self.still()
            now = [box for thing in things if (box := await thing.bounding_box())]
            same, before = len(now) == len(things) and now == before, now
            return now if same else []

        return await until(boxes, bool)

    async def names(self, name: str) -> None:
        """Into the caret that a new theme has."""
        field = self.page.get_by_label(self.words("clustering.desk.name_label"), exact=True)
        await expect(field).to_be_focused()
        await field.fill(name)
        await field.press("Enter")
        await expect(self.theme(name)).to_be_visible()

    async def moves_by_keyboard(self, text: str, target: str) -> None:
        """Space, arrows until the target is announced, Space: as somebody does who cannot see the board."""
        await self.note(text).focus()
        await self.presses("Space")
        await expect(self.note(text)).to_be_focused()
        for arrow in ["ArrowRight"] * 6 + ["ArrowDown"] * 6 + ["ArrowLeft"] * 6 + ["ArrowUp"] * 6:
            await self.presses(arrow)
            if (await self.said()).startswith(target):
                await self.presses("Space")
                return
        raise AssertionError(f"no arrow leads to {target}")

    async def moves_by_menu(self, text: str, target: str) -> None:
        """M, and a choice."""
        await self.picks_note(text)
        await self.presses("m")
        await self.chooses(target)

    async def leaves_the_rest(self) -> None:
        """U9: the large button asks about loose notes until somebody says they may stay loose."""
        await self.goes_on("clustering.desk.sort")
        await self.dialog.get_by_role("listitem").last.get_by_role("button").click()
        await expect(self.dialog).to_have_count(0)

    async def from_menu(self, theme: str, key: str) -> None:
        """What a theme's own menu offers."""
        menu = self.words("clustering.desk.menu", theme=theme)
        await self.main.get_by_role("button", name=menu, exact=True).click()
        await self.page.get_by_role("menuitem", name=self.words(key)).click()

    # -- fields ------------------------------------------------------------------------------------

    def field(self, key: str) -> Locator:
        """A field, or the tray."""
        return self.main.get_by_role("region", name=re.compile(rf"^{re.escape(self.words(key))}"))

    def card(self, theme: str) -> Locator:
        """A theme's card in any field."""
        return self.main.get_by_role("button", name=theme, exact=True)

    async def places(self, theme: str, key: str) -> None:
        """By mouse."""
        await self.drags(self.card(theme), self.field(key))
        await self.lies_in(theme, key)

    async def places_by_key(self, theme: str, number: str, key: str) -> None:
        """Focus and a number, once the field is there: before that, the number means another one."""
        await expect(self.field(key)).to_be_visible()
        await self.card(theme).focus()
        await self.presses(number)
        await self.lies_in(theme, key)

    async def lies_in(self, theme: str, key: str) -> None:
        """Wait until it does."""
        await expect(self.field(key).get_by_role("button", name=theme, exact=True)).to_be_visible()

    def tick(self, theme: str) -> Locator:
        """The box that chooses a theme."""
        return self.main.get_by_role("button", name=self.words("desk.fields.choose", theme=theme))

    # -- the summary -------------------------------------------------------------------------------

    # -- the action plan -------------------------------------------------------------------------------

    def cell(self, field: str, n: int) -> Locator:
        """A field of the n-th action."""
        column = self.words(f"action_plan.desk.col.{field}")
        name = self.words("action_plan.desk.cell", column=column, n=n)
        return self.page.get_by_role("textbox", name=name, exact=True)

    def status(self, n: int) -> Locator:
        """The progress of the n-th action."""
        return self.page.get_by_role("combobox", name=self.words("action_plan.desk.status_of", n=n))

    def row(self, n: int) -> Locator:
        """The n-th action, with all that belongs to it."""
        return self.page.locator("tbody.row").nth(n - 1)

    def handle(self, n: int) -> Locator:
        """The number before the n-th action: with it in focus the row is moved by key."""
        return self.row(n).get_by_role("button").first

    async def opens_summary(self) -> Page:
        """In a tab of its own."""
        async with self.page.context.expect_page() as opened:
            await self.goes_on("desk.ended.open")
        page = await opened.value
        await page.wait_for_load_state()
        return page

    async def downloads_pdf(self) -> Path:
        """By the menu of the summary."""
        await self.page.get_by_role("button", name=self.words("desk.bar.summary")).first.click()
        async with self.page.expect_download() as loading:
            await self.page.get_by_role("menuitem", name=self.words("desk.summary.pdf")).click()
        return Path(await (await loading.value).path())

    async def makes_link(self, password: str = "") -> str:
        """A manager's link, which is shown only now."""
        await self.does("desk.summary.share")
        if password:
            await self.dialog.get_by_label(self.words("desk.links.password"), exact=True).fill(password)
        await self.dialog.get_by_role("button", name=self.words("desk.links.make")).click()
        shown = self.dialog.get_by_role("textbox", name=self.words("desk.links.title"))
        await expect(shown).to_be_visible()
        return await shown.input_value()

    def wall(self, page: Page) -> Wall:
        """The window that the desk opened."""
        return Wall(page, self.words)
