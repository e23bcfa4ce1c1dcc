"""Frames generated from the message models: right, nearly right, and wrong (M6).

Each has a seed, so that one that breaks something can be reproduced.
"""

import json
import random
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from pydantic import BaseModel

from app.activities.registry import registry
from app.engine.commands import MATRIX, Role
from app.live.messages import Broken, Hello, Hold, Shows, Time
from tests.support.meeting import new_id, new_secret
from tests.support.naughty import NAUGHTY

Json = dict[str, Any]
#: Part of every generated text, so it must be in no answer (A9).
MARK = "mærke7"
NUMBERS: tuple[Any, ...] = (-1, 0, 1, 2, 5, 6, 280, 2**31, 2**53, 2**53 + 1, 2**63, 10**40, 0.5, -0.0, 1e308)
ODD: tuple[Any, ...] = (None, True, False, "", "x", "1", [], {}, [[]], {"type": "do"}, *NUMBERS)
BYTES = (
    b"",
    b"[",
    b"[]",
    b"null",
    b'"x"',
    b"{}",
    b"NaN",
    b"\xef\xbb\xbf{}",
    b"[" * 4000,
    b'{"a":' * 900,
    b"\0",
)


class Frames:
    """Makes frames for screens of one meeting. `seqs`: of its records by id, so that commands hit something.

    `named` are the ids that fields of a name are about, such as the items for `activity`.
    """

    def __init__(
        self,
        seed: int,
        role: Role,
        seqs: Mapping[str, int],
        named: Mapping[str, Sequence[str]],
        left_out: Sequence[str] = (),
    ) -> None:
        self._rng = random.Random(seed)
        self._seqs = seqs
        self._named = named
        ruled = [one for one in registry.commands if one.group not in ("server", "named")]
        them = [one for one in ruled if type_of(one.command) not in left_out]
        self._commands = [one.command.model_json_schema() for one in them]
        self._allowed = [one.command.model_json_schema() for one in them if role in MATRIX[one.group]]
        self._others = [one.model_json_schema() for one in (Hello, Time, Broken, Hold, Shows)]

    def next(self) -> bytes:
        """One frame, as it goes on the wire."""
        rng = self._rng
        if rng.random() < 0.03:
            return rng.choice(BYTES)
        if rng.random() < 0.9:
            schema = rng.choice(self._allowed if self._allowed and rng.random() < 0.7 else self._commands)
            message = {"type": "do", "ref": rng.randrange(2**31), "command": self._made(schema, schema)}
        else:
            schema = rng.choice(self._others)
            message = self._made(schema, schema)
        for _ in range(rng.choice((0, 0, 0, 0, 1, 1, 3))):
            self._spoil(message)
        text = json.dumps(message, ensure_ascii=rng.random() < 0.5)
        frame = text.encode("utf-8", "replace")
        if rng.random() < 0.04:
            at = rng.randrange(len(frame) + 1)
            frame = frame[:at] + rng.choice((b"", b",", b"}", b"\\", b'"', b"\x7f")) + frame[at + 1 :]
        # Invalid UTF-8, or too long a frame, closes a line: that is tested separately (M5).
        return frame.decode("utf-8", "replace").encode()[:8000]

    def _made(self, schema: Mapping[str, Any], whole: Json) -> Any:
        """A value that the schema allows, more or less."""
        rng = self._rng
        if ref := schema.get("$ref"):
            return self._made(whole["$defs"][ref.rpartition("/")[2]], whole)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return rng.choice(schema["enum"])
        if kinds := schema.get("anyOf") or schema.get("oneOf"):
            return self._made(rng.choice(kinds), whole)
        match schema.get("type"):
            case "object":
                return self._object(schema, whole)
            case "array":
                some = schema.get("prefixItems") or [schema.get("items", {})] * rng.choice((0, 1, 1, 2, 5))
                return [self._made(one, whole) for one in some]
            case "string":
                return self._text(schema)
            case "integer":
                return rng.choice((schema.get("minimum", 0), schema.get("maximum", 7), rng.randrange(1, 6)))
            case "number":
                return rng.choice((0.0, 0.5, 1.0, rng.random()))
            case "boolean":
                return rng.random() < 0.5
        return deepcopy(rng.choice(ODD))

    def _object(self, schema: Mapping[str, Any], whole: Json) -> Json:
        if fields := schema.get("properties"):
            needed = schema.get("required", ())
            made = {
                name: self._made(one, whole)
                for name, one in fields.items()
                if name in needed or self._rng.random() < 0.6
            }
            return made | self._fitting(made)
        more = schema.get("additionalProperties")
        return {self._text({}): self._made(more if isinstance(more, dict) else {}, whole) for _ in range(2)}

    def _fitting(self, made: Json) -> Json:
        """Ids of the right kind and the seq of what they name, mostly."""
        rng = self._rng
        fits: Json = {
            name: rng.choice(ids)
            for name, ids in self._named.items()
            if isinstance(made.get(name), str) and rng.random() < 0.9
        }
        seqs = [
            self._seqs[one] for one in (made | fits).values() if isinstance(one, str) and one in self._seqs
        ]
        return fits | ({"base": rng.choice(seqs)} if seqs and "base" in made else {})

    def _text(self, schema: Mapping[str, Any]) -> str:
        rng = self._rng
        pattern = schema.get("pattern", "")
        if "d{4}" in pattern:
            return rng.choice(("2027-01-04", "2027-02-29", "9999-12-31", "0000-00-00"))
        if pattern:
            fresh = new_secret() if "43" in pattern else new_id()
            return rng.choice((*rng.choices(list(self._seqs), k=2), fresh))
        if rng.random() < 0.3:
            return rng.choice(NAUGHTY)[:600]
        return rng.choice(
            (MARK, f"{MARK} {rng.randrange(99)}", "å" * rng.choice((1, 280, 281)), "\u202e" + MARK)
        )

    def _spoil(self, message: Any) -> None:
        """One thing of it is changed, taken away or added."""
        rng = self._rng
        at = message
        while isinstance(at, dict) and at:
            name = rng.choice(list(at))
            if isinstance(at[name], dict) and rng.random() < 0.7:
                at = at[name]
                continue
            match rng.randrange(5):
                case 0:
                    del at[name]
                case 1:
                    at[rng.choice(("is_admin", "__proto__", "constructor", MARK))] = deepcopy(rng.choice(ODD))
                case 2:
                    at[name] = rng.choice(NAUGHTY)[:600]
                case 3:
                    at[name] = rng.choice(list(self._seqs))
                case _:
                    at[name] = deepcopy(rng.choice(ODD))
            return


def type_of(command: type[BaseModel]) -> str:
    """What a message of this kind is called on the wire."""
    return str(command.model_json_schema()["properties"]["type"]["const"])
