"""Field types that the input files share: ids, fact names, counts, and the base of their models."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from equipcheck.ground.days import parse_day

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Count = Annotated[int, Field(ge=0, le=10**6)]


def _as_day(value: Any) -> Any:
    return parse_day(str(value)) or value


Day = Annotated[dt.date, BeforeValidator(_as_day)]
"""A date in any of the usual writings of a whole date."""


def in_word(words: Mapping[str, str]) -> Callable[[Any], Any]:
    """A reader of a closed set's words that takes them in Chinese too; anything else is left as it stands."""

    def read(value: Any) -> Any:
        return words.get(value.strip(), value) if isinstance(value, str) else value

    return read


class Part(BaseModel):
    """What every piece of an input file shares: unknown keys refused, values fixed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)
