"""Which settings were read, and their sources, for the server page. No secret is shown (X42)."""

import os
import re
from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from app.settings import Settings, variable_of

#: The source of a setting: the environment, `.env`, a file that one of those names, nowhere, or the code.
Came = Literal["environment", "env_file", "file", "default", "given"]
#: Names of settings whose values nobody is shown.
_SECRET = re.compile(r"secret|password|token|key", re.IGNORECASE)


def told(settings: Settings) -> list[tuple[str, str | None, Came]]:
    """Every setting by its variable, with its value (none if it is secret) and its source."""
    from dotenv import dotenv_values

    path = Settings.model_config.get("env_file")
    sources: tuple[tuple[Came, Mapping[str, str | None]], ...] = (
        ("environment", os.environ),
        ("env_file", dotenv_values(str(path)) if path else {}),
    )
    found: list[tuple[str, str | None, Came]] = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        said = None if value and _SECRET.search(name) else _without_password(str(value))
        found.append((variable_of(name), said, _came(name, field, value, sources)))
    return found


def _came(
    name: str, field: FieldInfo, value: object, sources: Iterable[tuple[Came, Mapping[str, str | None]]]
) -> Came:
    if value == field.default:
        return "default"
    alias = field.validation_alias
    names = (
        [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else [variable_of(name)]
    )
    for came, given in sources:
        values = {key.upper(): text for key, text in given.items()}
        if any(values.get(each) for each in names):
            return came
        if values.get(f"{variable_of(name)}_FILE"):
            return "file"
    return "given"


def _without_password(text: str) -> str:
    """An address without its password."""
    return re.sub(r"(?<=://)([^:@/]*):.*(?=@)", r"\1:…", text)
