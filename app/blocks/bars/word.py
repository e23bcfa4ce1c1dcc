"""A distribution in Word: the picture, and its numbers as a table that can be worked on."""

from app.blocks.word import Page, Shown

#: What the bars of the two times look like in the picture.
MARKS = ("■", "□")


def word(it: Shown, page: Page) -> None:
    """The question, the bars, and how many each step has, with what that says."""
    page.heading(it["question"], 2)
    page.picture(it, 380)
    many = len(it["counts"])
    low, high = it["ends"]
    steps = [f"1 · {low}", *map(str, range(2, many)), f"{many} · {high}"]
    times = [counts for counts in (it["counts"], it["earlier"]) if counts]
    rows = [
        [f"{mark} {said}", *map(str, counts)]
        for mark, said, counts in zip(MARKS, it["said"], times, strict=False)
    ]
    page.table(["", *steps], rows, (3, *[1] * many))
