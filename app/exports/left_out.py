"""What may be left out of a summary read by link: whole phases, or people's own words.

The rest is the same document, collected from fewer items or with each block's wordless form.
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
    """As if those phases had reported nothing."""

    def told(kind: str) -> bool:
        return f"phase_{phases.get(kind, 0)}" not in left_out

    return replace(
        gathered,
        items=tuple(item for item in gathered.items if told(item.activity)),
        others=tuple(item for item in gathered.others if told(item.activity)),
    )


def without_words(summary: Summary) -> Summary:
    """Without people's own words; the results and the counts stay."""
    sections = []
    for section in summary.sections:
        blocks = tuple(left for block in section.blocks if (left := block.wordless) is not None)
        if any(block.asked is None for block in blocks):
            sections.append(Section(title=section.title, blocks=blocks))
    return summary.model_copy(update={"sections": tuple(sections)})
