"""Means over time in Word: the picture, and its numbers as a table."""

from app.blocks.word import Page, Shown


def word(it: Shown, page: Page) -> None:
    """A row for each line, a column for each time."""
    page.heading(it["title"], 2)
    page.picture(it, 440)
    times = range(len(it["times"]))
    rows = []
    for line in it["lines"]:
        said = {one["time"]: one["said"] for one in line["places"]}
        rows.append([line["name"], *(said.get(time, "") for time in times)])
    page.table(["", *(time["label"] for time in it["times"])], rows, (1.6, *[1] * len(times)))
    page.caption(it["scale"])
