"""Writes frontend/src/protocol.gen.ts from the server's models; with --check only tells whether it is stale.

One OpenAPI document holds the HTTP routes and the live messages, so one tool makes all types.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "frontend" / "src" / "protocol.gen.ts"
HEAD = "// `make types` writes this file from the server's models; a change here is lost.\n"


def made() -> str:
    """The file as it ought to be now."""
    document = ROOT / "openapi.json"
    with document.open("w", encoding="utf-8") as out:
        subprocess.run([sys.executable, "-m", "app", "types"], cwd=ROOT, stdout=out, check=True)
    with tempfile.TemporaryDirectory() as folder:
        out_file = Path(folder) / "protocol.gen.ts"
        command = ["npm", "run", "-s", "types", "--", "-o", str(out_file)]
        subprocess.run(command, cwd=ROOT / "frontend", stdout=subprocess.DEVNULL, check=True)
        return HEAD + out_file.read_text(encoding="utf-8")


def main() -> None:
    """Compare or write."""
    text = made()
    if "--check" not in sys.argv:
        KEPT.write_text(text, encoding="utf-8")
    elif not KEPT.exists() or KEPT.read_text(encoding="utf-8") != text:
        sys.exit("frontend/src/protocol.gen.ts is stale: run `make types` and commit it.")


if __name__ == "__main__":
    main()
