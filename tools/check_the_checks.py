"""Plants a type error in a Svelte file and expects svelte-check to report it.

Some combinations of svelte-check and TypeScript report nothing at all; then `make check` would always pass.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

FRONTEND = Path(__file__).resolve().parents[1] / "frontend"
FAULT = '<script lang="ts">\n  const planted: number = "a fault";\n</script>\n\n{planted}\n'
SETTINGS = '{ "extends": "../tsconfig.json", "include": ["./*.svelte"] }\n'

# Inside frontend/, so that the settings and the libraries are those of the product.
with tempfile.TemporaryDirectory(dir=FRONTEND, prefix=".planted-") as folder:
    (Path(folder) / "Planted.svelte").write_text(FAULT, encoding="utf-8")
    (Path(folder) / "tsconfig.json").write_text(SETTINGS, encoding="utf-8")
    command = ["npx", "svelte-check", "--tsconfig", f"{folder}/tsconfig.json", "--output", "machine"]
    told = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False)

if told.returncode == 0 or "Type 'string' is not assignable to type 'number'" not in told.stdout:
    sys.exit(f"svelte-check did not tell the planted fault:\n{told.stdout}{told.stderr}")
