"""Writes the bundle's INSTALL.txt: the text is fixed, the machine that it is for is the one that built it."""

import platform
import sys
from importlib.metadata import version
from pathlib import Path

text = Path(__file__).with_name("INSTALL.txt").read_text(encoding="utf-8")
known = {
    "@VERSION@": version("trivselstavlen"),
    "@SYSTEM@": f"{platform.system()} {platform.machine()}",
    "@PYTHON@": ".".join(platform.python_version_tuple()[:2]),
}
for word, meaning in known.items():
    text = text.replace(word, meaning)
Path(sys.argv[1]).write_text(text, encoding="utf-8")
