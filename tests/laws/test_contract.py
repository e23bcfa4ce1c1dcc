"""H5, H6: what both sides share is written once, in Python, and generated into the front end."""

import inspect
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.activities.registry import ACTIVITIES, registry
from app.contract.constants import constants, contract, typescript
from app.contract.openapi import document
from app.method.phases import Phase

SOURCES = Path(__file__).parents[2] / "frontend" / "src"


def sources() -> Iterator[tuple[str, str]]:
    """Hand-written front end code: not its tests, and nothing generated."""
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix in (".ts", ".svelte") and not path.name.endswith((".gen.ts", ".test.ts")):
            yield str(path.relative_to(SOURCES)), path.read_text("utf-8")


def test_H5_every_kind_has_its_phase_and_no_part_of_the_engine_has_one() -> None:
    assert set(registry.kinds.values()) == set(ACTIVITIES)
    assert all(kind.phase in {*Phase, None} for kind in ACTIVITIES)
    assert not any(hasattr(part, "phase") for part in registry.parts)


def test_H5_the_front_end_has_no_table_of_kinds_of_its_own() -> None:
    """`activities/registry.ts` finds them; two kinds may be distinguished, a third makes it a table."""
    entry = re.compile(rf'^\s*"?({"|".join(kind.name for kind in ACTIVITIES)})"?: ["\d\[{{]', re.MULTILINE)
    assert not [path for path, text in sources() if len(set(entry.findall(text))) > 2]


def test_H6_the_front_end_puts_no_record_id_together_itself() -> None:
    kinds = "|".join(re.escape(str(kind.model_fields["kind"].default)) for kind in registry.record_kinds)
    written = re.compile(rf"[`'\"](?:{kinds}):(?:\$\{{|['\"`] ?\+)")
    assert not [(path, *written.findall(text)) for path, text in sources() if written.search(text)]


def test_H6_the_front_end_holds_no_copy_of_a_constant() -> None:
    """A number duplicates a constant if something is compared with it, limited by it, or falls back on it."""
    values = dict(constants())
    # Numbers up to three have too many other meanings.
    numbers = {name: value for name, value in values.items() if isinstance(value, int) and value > 3}
    lengths = "|".join(str(value) for name, value in numbers.items() if name.endswith("_GRAPHEMES"))
    number = "|".join(map(str, numbers.values()))
    limit = (
        rf"maxlength=[\"{{](?:{lengths})[\"}}]|\b(?:max|min)=[\"{{](?:{number})[\"}}]|\bmax: (?:{lengths})\b"
    )
    floor = rf"\?\? (?:{number})\) [<>]|\b(?:people|phones|voters|n)\b [<>]=? (?:{number})\b"
    code = r"=== 44\d\d\b"
    default = rf"\b(?:finish_seconds|threshold|dots|protocol): \d|const [A-Z_]*(?:{'|'.join(values)}) = "
    lists = [
        ", ".join(map(json.dumps, value))
        for value in values.values()
        if isinstance(value, tuple) and isinstance(value[0], str)
    ]
    listed = "|".join(rf"= \[{re.escape(each)}\]" for each in lists)
    copied = re.compile(f"{limit}|{floor}|{code}|{default}|{listed}")
    assert not [(path, copied.findall(text)) for path, text in sources() if copied.search(text)]


def test_H6_everything_that_is_generated_is_used() -> None:
    text = "".join(text for _, text in sources())
    names = re.findall(r"^export const (\w+)", "".join(contract().values()), re.MULTILINE)
    assert names and not [name for name in names if not re.search(rf"\b{name}\b", text)]


BUILDERS = [build for part in registry.parts for build in part.ids]


@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
def test_H6_a_builder_gives_the_same_ids_on_both_sides(build: Callable[..., str]) -> None:
    """The generated arrow function, with its placeholders filled in, against the original function."""
    given = inspect.signature(build).parameters
    for n in (1, 2, 17):
        filled = {name: n if each.annotation is int else f"<{name}>" for name, each in given.items()}
        arrow = typescript(build)
        if one := re.search(r"=> (\w+) === 1 \? (.*) : (.*)", arrow):
            arrow = one[2] if filled[one[1]] == 1 else one[3]
        pattern = arrow[arrow.index("`") + 1 : -1]
        for name, value in filled.items():
            pattern = pattern.replace(f"${{{name}}}", str(value))
        assert pattern == build(**filled)


def test_H6_the_document_holds_the_paths_with_their_places_and_refusals() -> None:
    paths = json.loads(document())["paths"]
    assert "/api/workshops/{workshop}" in paths
    for path, operations in paths.items():
        for operation in operations.values():
            places = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
            assert places == set(re.findall(r"{(\w+)}", path)), path
            assert operation["responses"].keys() >= {"default"} and "422" not in operation["responses"], path


def test_H6_only_the_desk_loads_the_client() -> None:
    assert [path for path, text in sources() if '"openapi-fetch"' in text] == ["desk/api.ts"]
