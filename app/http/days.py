"""A day, and a time of the day, as somebody sets them."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError


def _a_day(text: str) -> str:
    """B68: a day that is in the calendar, in our century."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("greater_than", "day") from None
    if not 2000 <= day.year < 2100:
        raise PydanticCustomError("greater_than", "day")
    return text


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_a_day)]
#: HH:MM.
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
