"""Field types that the input files share: ids, fact names, counts, and the base of their models."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from equipcheck.ground.closed_words import codes_by_word
from equipcheck.ground.days import EXPECTED, parse_day
from equipcheck.ground.money import MOST

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Count = Annotated[int, Field(ge=0, le=10**6)]
Yuan = Annotated[Decimal, Field(ge=0, le=MOST)]


def _as_day(value: Any) -> Any:
    day = value if value is None or isinstance(value, dt.date) else parse_day(str(value))
    if day is None and value is not None:
        raise ValueError(EXPECTED)  # before pydantic takes a number for seconds
    return day


Day = Annotated[dt.date, BeforeValidator(_as_day)]
"""A date in any of the usual writings of a whole date."""


def _parted(value: Any) -> Any:
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[
    tuple[str, ...],
    BeforeValidator(_parted),
    Field(min_length=1),
    WithJsonSchema({"type": "string", "minLength": 1}),
]
"""A list of words as it is written: one text, parted by spaces."""

Word = Annotated[str, StringConstraints(pattern=r"^\S+$")]


def of_words(*known: str) -> Any:
    """A list of words of a closed set."""
    one = f"({'|'.join(known)})"
    schema = {"type": "string", "pattern": f"^{one}( {one})*$"}
    return Annotated[
        tuple[Literal[known], ...],  # type: ignore[valid-type]
        BeforeValidator(_parted),
        Field(min_length=1),
        WithJsonSchema(schema),
    ]


def place_of(*known: str) -> Any:
    """A key that begins with a word of a closed set; what stands behind a point tells two places apart."""

    def check(value: str) -> str:
        if value.partition(".")[0] not in known:
            raise ValueError(" / ".join(known))
        return value

    pattern = f"^({'|'.join(known)})(\\.[a-z_]+)?$"
    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "pattern": pattern})]


class InChinese:
    """Beside a field's closed set of words: it may be written in Chinese too, as the published schema says."""

    def __init__(self, name: str) -> None:
        self.words = codes_by_word(name)

    def _read(self, value: Any) -> Any:
        return self.words.get(value.strip(), value) if isinstance(value, str) else value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        told: dict[str, Any] = handler(schema)
        codes = told.get("enum", [])
        return told | {
            "enum": [*codes, *(one for one, code in self.words.items() if code in codes and one != code)]
        }


class Part(BaseModel):
    """What every piece of an input file shares: unknown keys refused, values fixed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)
