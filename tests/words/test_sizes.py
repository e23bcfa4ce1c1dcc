"""Sizes in words, the same on the server and in the browser."""

import json
import shutil
import subprocess

import pytest

from app.words.sizes import size_in_words


@pytest.mark.parametrize(
    ("size", "danish", "english"),
    [
        (0, "0 kB", "0 kB"),
        (1, "1 kB", "1 kB"),
        (48_001, "49 kB", "49 kB"),
        (999_000, "999 kB", "999 kB"),
        (999_001, "1 MB", "1 MB"),
        (1_250_000, "1,3 MB", "1.3 MB"),
        (209_715_200, "209,7 MB", "209.7 MB"),
        (999_949_999, "999,9 MB", "999.9 MB"),
        (999_950_000, "1 GB", "1 GB"),
        (68_432_000_000, "68,4 GB", "68.4 GB"),
        (1_234_500_000_000, "1.234,5 GB", "1,234.5 GB"),
    ],
)
def test_a_size_is_read_at_a_glance(size: int, danish: str, english: str) -> None:
    assert (size_in_words(size, "da"), size_in_words(size, "en")) == (danish, english)


@pytest.mark.skipif(shutil.which("node") is None, reason="node has the browsers' numbers")
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_server_writes_sizes_as_browsers_do(language: str) -> None:
    sizes = [1_250_000, 1_950_001, 12_345_678, 999_949_999, 1_000_000_000, 68_432_000_000, 1_234_500_000_000]
    units = [("megabyte", 10**6) if size < 999_950_000 else ("gigabyte", 10**9) for size in sizes]
    asked = [(size / unit, name) for size, (name, unit) in zip(sizes, units, strict=True)]
    how = "{style: 'unit', unit, maximumFractionDigits: 1}"
    write = f"([value, unit]) => new Intl.NumberFormat(process.argv[2], {how}).format(value)"
    ask = f"process.stdout.write(JSON.stringify(JSON.parse(process.argv[1]).map({write})))"
    locale = {"da": "da-DK", "en": "en-GB"}[language]
    done = subprocess.run(
        ["node", "-e", ask, json.dumps(asked), locale], capture_output=True, text=True, check=True
    )
    assert [size_in_words(size, language) for size in sizes] == json.loads(done.stdout)
