"""A summary of what was gathered, possibly with parts left out: the same for every format."""

from collections.abc import Collection

from app.engine.report import Words
from app.exports.gather import Gathered
from app.exports.left_out import WORDS, without_phases, without_words
from app.exports.sections import Kinds
from app.exports.summary import Summary, collect
from app.locales import words


def summary_of(gathered: Gathered, kinds: Kinds, without: Collection[str] = ()) -> tuple[Summary, Words]:
    """The summary, and the texts in its language."""
    gathered = without_phases(gathered, kinds.phases, without)
    say = words(gathered.language)
    # W3: the first phase is the why.
    whys = [item for item in gathered.others if kinds.phases.get(item.activity) == 1]
    summary = collect(gathered.board, gathered.items, kinds, gathered.heading, say, whys)
    return (without_words(summary) if WORDS in without else summary), say
