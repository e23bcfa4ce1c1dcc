"""The wheel in Word: the picture, and the themes in each of its directions."""

from functools import partial

from app.blocks.word import STRONG, Page, Shown


def word(it: Shown, page: Page) -> None:
    """The directions as a table, since the picture has no room for themes."""

    def named(label: str) -> None:
        page.runs([(label, STRONG)], "Cell")

    # The names stand round the wheel.
    page.picture(it, 330, 150, 24)
    rows = [
        [partial(named, ray["label"]), partial(page.cards, ray["cards"], it["none"])] for ray in it["rays"]
    ]
    page.table(it["columns"], rows, (1, 2))
    page.caption(it["caption"])
