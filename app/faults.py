"""What is wrong with a message, as one code (`refused.<code>` in the locales): one table for every wire.

What was sent is never repeated (A9).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import from_json

#: pydantic's name of an error → ours. Anything else is `type`: a value that does not fit the field.
_CODES = {
    "extra_forbidden": "unknown_field",
    "missing": "missing",
    "json_invalid": "bad_json",
    "model_attributes_type": "not_object",
    "model_type": "not_object",
    "dict_type": "not_object",
    "string_too_long": "too_long",
    "too_long": "too_many",
    "string_too_short": "empty",
    "too_short": "empty",
    "string_pattern_mismatch": "text",
    "string_unicode": "text",
    "int_parsing_size": "range",
    "finite_number": "range",
    "greater_than": "range",
    "greater_than_equal": "range",
    "less_than": "range",
    "less_than_equal": "range",
    "literal_error": "range",
    "enum": "range",
    "union_tag_invalid": "unknown_type",
    "union_tag_not_found": "unknown_type",
}
#: Every code that says a message cannot be read.
CODES = frozenset({*_CODES.values(), "type"})


class Unreadable(Exception):
    """What was sent is not a JSON object that we accept; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def object_in(sent: str | bytes) -> dict[str, Any]:
    """The JSON object that was sent, by pydantic's parser: the stdlib's accepts lone surrogates (X21).

    Raises `Unreadable`.
    """
    if not sent:
        raise Unreadable("not_object")
    try:
        found = from_json(sent)
    except ValueError as fault:
        raise Unreadable(_json_code(str(fault))) from None
    if not isinstance(found, dict):
        raise Unreadable("not_object")
    if _holds_endless(found):
        raise Unreadable("range")
    return found


def fault_code(faults: Sequence[Mapping[str, Any]]) -> str:
    """The code of the first fault that pydantic found."""
    return _CODES.get(str(faults[0]["type"]), "type")


def _json_code(reason: str) -> str:
    if "hex escape" in reason or "surrogate" in reason or "unicode code point" in reason:
        return "text"
    return "range" if "number out of range" in reason else "bad_json"


def _holds_endless(value: object) -> bool:
    """NaN and numbers beyond a float's range. The parser bounds the depth, so this may recurse (B11, B12)."""
    if isinstance(value, dict):
        return any(_holds_endless(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_holds_endless(inner) for inner in value)
    return isinstance(value, float) and not math.isfinite(value)
