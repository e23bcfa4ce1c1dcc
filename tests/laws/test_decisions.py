"""The decisions in the tour can be found: each is listed once under a topic, with the same title."""

import re
from pathlib import Path

TOUR = Path(__file__).parents[2] / "app" / "README.md"


def test_every_decision_stands_under_one_topic() -> None:
    text = TOUR.read_text("utf-8").split("\n## Decisions\n")[1]
    topics, _, decisions = text.partition("\n### ")
    listed = re.findall(r"^\* \*[^*]+\*: ((?:.+\n)(?:  .+\n)*)", topics, re.MULTILINE)
    titles = [title for topic in listed for title in re.sub(r"\s+", " ", topic).strip().split("; ")]
    assert sorted(titles) == sorted(re.findall(r"^### (.+)", f"### {decisions}", re.MULTILINE))
