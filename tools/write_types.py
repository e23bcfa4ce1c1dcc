"""Writes the generated files of the front end; with --check it only reports whether they are stale.

`protocol.gen.ts` holds the shapes of HTTP and of the live messages, `contract/` what no schema can.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "frontend" / "src"
HEAD = "// `make types` writes this file from the server's code; a change here is lost.\n"


def protocol() -> str:
    """All shapes, from the one OpenAPI document."""
    document = ROOT / "openapi.json"
    with document.open("w", encoding="utf-8") as out:
        subprocess.run([sys.executable, "-m", "app", "types"], cwd=ROOT, stdout=out, check=True)
    with tempfile.TemporaryDirectory() as folder:
        out_file = Path(folder) / "protocol.gen.ts"
        command = ["npm", "run", "-s", "types", "--", "-o", str(out_file)]
        subprocess.run(command, cwd=ROOT / "frontend", stdout=subprocess.DEVNULL, check=True)
        return out_file.read_text(encoding="utf-8")


def contract() -> dict[str, str]:
    """The constants and id builders, a file for each part and kind that has some."""
    made = subprocess.check_output([sys.executable, "-m", "app.contract.constants"], cwd=ROOT)
    return {f"contract/{name}": text for name, text in json.loads(made).items()}


def main() -> None:
    """Compare or write."""
    files = {HERE / name: HEAD + text for name, text in {"protocol.gen.ts": protocol(), **contract()}.items()}
    kept = {path: path.read_text(encoding="utf-8") for path in HERE.rglob("*.gen.ts")}
    if "--check" in sys.argv:
        stale = [path.name for path in files.keys() | kept if files.get(path) != kept.get(path)]
        if stale:
            sys.exit(f"Stale: {', '.join(sorted(stale))}. Run `make types` and commit what it writes.")
        return
    for path in kept.keys() - files.keys():
        path.unlink()
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
