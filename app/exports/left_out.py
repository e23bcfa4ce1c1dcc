"""What of a summary may be left out for those who read it by link: whole phases, or people's own words.

What is left is the same document: it is collected of less, or a block gives itself without the words.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Literal, get_args

from app.engine.report import Section
from app.exports.gather import Gathered
from app.exports.summary import Summary

Part = Literal["phase_1", "phase_2", "phase_3", "phase_4", "phase_5", "words"]
PARTS: tuple[Part, ...] = get_args(Part)
WORDS: Part = "words"


def without_phases(gathered: Gathered, phases: Mapping[str, int], left_out: Collection[str]) -> Gathered:
    """As if those phases had told nothing."""

    def told(kind: str) -> bool:
        return f"phase_{phases.get(kind, 0)}" not in left_out

    return replace(
        gathered,
        items=tuple(item for item in gathered.items if told(item.activity)),
        others=tuple(item for item in gathered.others if told(item.activity)),
    )


def without_words(summary: Summary) -> Summary:
    """Without what people wrote in their own words: what became of it, and how much it was, stays."""
    sections = []
    for section in summary.sections:
        blocks = tuple(left for block in section.blocks if (left := block.wordless) is not None)
        if any(block.asked is None for block in blocks):
            sections.append(Section(title=section.title, blocks=blocks))
    return summary.model_copy(update={"sections": tuple(sections)})
