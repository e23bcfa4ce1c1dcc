"""The constants and id builders that both sides know, as TypeScript (`make types`).

The shapes are in the OpenAPI document (`openapi.py`), but a schema holds neither limits nor functions.
"""

import inspect
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import get_args

from app.accounts import passwords
from app.activities.registry import registry
from app.conversations import form, rhythm
from app.engine import text
from app.engine.report import Paper
from app.engine.simulated import looks_up
from app.exports import left_out, links
from app.live import door, messages, pairing
from app.method.phases import Phase
from app.parts.posters import PosterSettings
from app.processes import retention

_POSTERS = {
    name: kind.settings.posters
    for name, kind in registry.kinds.items()
    if issubclass(kind.settings, PosterSettings)
}
#: Constants about all kinds together and about the server itself, by the file they go into.
_SERVER: Mapping[str, Mapping[str, object]] = {
    "kinds": {
        "PHASES": tuple(int(phase) for phase in Phase),
        "PHASE_OF": {kind.name: kind.phase for kind in registry.kinds.values()},
        "POSTERS_OF": _POSTERS,
    },
    "text": {
        "NOTE_GRAPHEMES": text.NOTE_GRAPHEMES,
        "LINE_GRAPHEMES": text.LINE_GRAPHEMES,
        "PROSE_GRAPHEMES": text.PROSE_GRAPHEMES,
        "MAX_BYTES": text.MAX_BYTES,
    },
    "live": {
        "PROTOCOL": messages.PROTOCOL,
        "TOO_OLD": messages.TOO_OLD,
        "SHOWN_OUT": messages.SHOWN_OUT,
        "DOOR_ALPHABET": door.ALPHABET,
        "DOOR_CODE_LENGTH": door.CODE_LENGTH,
    },
    "conversation": {
        "ANSWER_GRAPHEMES": form.ANSWER_GRAPHEMES,
        "RHYTHMS": rhythm.RHYTHMS,
        "MINUTES": rhythm.MINUTES,
    },
    "desk": {
        "PAPERS": get_args(Paper),
        "KEEP_MONTHS": retention.CHOICES,
        "SHORTEST_PASSWORD": passwords.SHORTEST,
        "LINK_DAYS": links.DAYS,
        "MOST_LINK_DAYS": links.MOST_DAYS,
        "SUMMARY_PARTS": left_out.PARTS,
        "SCREEN_CODE_LENGTH": pairing.CODE_LENGTH,
        # Kinds in which nobody needs a phone.
        "LOOKED_AT": tuple(name for name, kind in registry.kinds.items() if kind.simulated is looks_up),
    },
}
#: A placeholder for any number in an id; it occurs in no real id.
_ANY = 987_654_321


def contract() -> dict[str, str]:
    """The files as they should be, by name; raises `ValueError` if one name is used for two things.

    Each part and kind has its own file, with its ids in another: a bundler includes whole files, and a phone
    should load only what its page needs.
    """
    names = [name for name, _ in constants()]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"published twice: {twice}")
    files = {name: "".join(map(_constant, each.items())) for name, each in _published()}
    files |= {f"ids/{part.name}": "".join(map(_builder, part.ids)) for part in registry.parts}
    return {f"{name}.gen.ts": text for name, text in files.items() if text}


def constants() -> Iterator[tuple[str, object]]:
    """Every constant by its name in the front end."""
    for _, published in _published():
        yield from published.items()


def _published() -> Iterator[tuple[str, Mapping[str, object]]]:
    yield from ((part.name, part.constants) for part in registry.parts)
    yield from _SERVER.items()


def _constant(named: tuple[str, object]) -> str:
    name, value = named
    narrow = "" if isinstance(value, int | str) else " as const"
    return f"export const {name} = {json.dumps(value)}{narrow};\n"


def _builder(build: Callable[..., str]) -> str:
    first, *rest = build.__name__.split("_")
    name = first + "".join(part.title() for part in rest)
    return f"/** {inspect.getdoc(build)} */\nexport const {name} = {typescript(build)};\n"


def typescript(build: Callable[..., str]) -> str:
    """Builders only concatenate their arguments: calling one with placeholders gives its pattern."""
    given = inspect.signature(build, eval_str=True).parameters
    numbers = [name for name, each in given.items() if each.annotation is int]
    places = {name: f"${{{name}}}" for name in given}
    types = ", ".join(f"{name}: {'number' if name in numbers else 'string'}" for name in given)

    def pattern(number: int) -> str:
        made = build(**{name: number if name in numbers else place for name, place in places.items()})
        return f"`{made}`".replace(str(_ANY), "".join(places[name] for name in numbers))

    if len(numbers) > 1:
        raise ValueError(f"{build.__name__}: no more than one number can be told apart")
    whole, first = pattern(_ANY), pattern(1)
    # P5.5: ids of the first cycle omit its number.
    if numbers and whole.replace(places[numbers[0]], "1") != first:
        whole = f"{numbers[0]} === 1 ? {first} : {whole}"
    return f"({types}): string => {whole}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(contract()))
