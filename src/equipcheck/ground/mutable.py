"""Plain values that are made quickly: a report makes thirty kinds, and a dataclass of each would cost a start a tenth.

`Mutable` is declared and used like a dataclass (fields, defaults, `field(default_factory=…)`); nothing is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, field
from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(field_specifiers=(field,))
class Mutable:
    """What may change while it is put together; see the module."""

    FIELDS: ClassVar[tuple[str, ...]] = ()
    DEFAULTS: ClassVar[Mapping[str, Any]] = {}
    FACTORIES: ClassVar[Mapping[str, Callable[[], Any]]] = {}

    def __init_subclass__(cls) -> None:
        cls.FIELDS = tuple(cls.__annotations__)
        given = {name: cls.__dict__[name] for name in cls.FIELDS if name in cls.__dict__}
        cls.DEFAULTS = {name: value for name, value in given.items() if not isinstance(value, Field)}
        cls.FACTORIES = {
            name: value.default_factory for name, value in given.items() if name not in cls.DEFAULTS
        }
        for name in cls.FACTORIES:
            delattr(cls, name)

    def __init__(self, *values: Any, **named: Any) -> None:
        made = self.__dict__
        made.update(self.DEFAULTS)
        made.update(zip(self.FIELDS, values, strict=False))
        made.update(named)
        for name, factory in self.FACTORIES.items():
            if name not in made:
                made[name] = factory()
        if len(made) != len(self.FIELDS):
            raise TypeError(f"{type(self).__name__} has the fields {self.FIELDS}, given: {tuple(made)}")

    def but(self, **changes: Any) -> Self:
        """The same with other values in some fields."""
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__, **changes)
        return made

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"
        )
