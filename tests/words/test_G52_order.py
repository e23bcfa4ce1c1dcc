"""G52: words in the order of their language, the same on the server and in the browser."""

import itertools
import json
import random
import shutil
import subprocess

import pytest

from app.words.order import by_words

NAMES = (  # noqa: SIM905
    "Ærø Øjvind Åge Aage aage Anne-Mette Anne Annemette anne Bo bo Søren Sören Soren Zenia zenia Ida "
    "Igor Çelik Celik Müller Myller Mølle Mole Møller René Rene Renée Élise Else Aabenraa Åbenrå Abel "
    "Årup Ådum Vest Øst Nord 10 2 1 Lager Lageret lageret Lager-2 Lager_1 Łukasz Lukas Đorđe Dorte "
    "Þór Thor Thyra Özgür Ostefar Straße Strasse Stratos "
).split()


@pytest.mark.parametrize(
    ("language", "sorted_"),
    [
        ("da", ["Anne", "anne", "bo", "Zenia", "Ærø", "Øjvind", "Aage", "Åse"]),
        ("en", ["Aage", "Ærø", "anne", "Anne", "Åse", "bo", "Øjvind", "Zenia"]),
    ],
)
def test_G52_each_language_has_its_order(language: str, sorted_: list[str]) -> None:
    for mixed in itertools.islice(itertools.permutations(sorted_), 0, 40_320, 997):
        assert sorted(mixed, key=by_words(language)) == sorted_


@pytest.mark.skipif(shutil.which("node") is None, reason="node has the browsers' order")
@pytest.mark.parametrize("language", ["da", "en"])
def test_G52_the_server_sorts_as_browsers_do(language: str) -> None:
    mixed = random.Random(52).sample(NAMES, len(NAMES))
    compare = "new Intl.Collator(process.argv[2]).compare"
    ask = f"process.stdout.write(JSON.stringify(JSON.parse(process.argv[1]).sort({compare})))"
    done = subprocess.run(
        ["node", "-e", ask, json.dumps(mixed), language], capture_output=True, text=True, check=True
    )
    assert sorted(mixed, key=by_words(language)) == json.loads(done.stdout)


def test_G52_any_text_has_a_place() -> None:
    texts = ["", " ", "👩‍👩‍👧", "مرحبا", "Я", "a\u0301\u0301", "\u0301"]
    assert min(texts, key=by_words("xx")) == ""
