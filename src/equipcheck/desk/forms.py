"""What a page's form brought, and mistakes that belong to one of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.requests import Request

from equipcheck.problems import InputError, Problem

MAX_PARTS = 5000


@dataclass(frozen=True, slots=True)
class Form:
    """The fields as text, each possibly several times, and the files with their bytes."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()

    def text(self, name: str, default: str = "") -> str:
        """A field's last value, without blanks around it."""
        values = self.fields.get(name)
        return values[-1].strip() if values else default

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        return list(self.fields.get(name, ()))

    def has(self, name: str) -> bool:
        """Whether the field was sent at all."""
        return name in self.fields


class Refused(InputError):  # noqa: N818 (says what happened)
    """Mistakes in a form; `fields` tells which field each sentence belongs to."""

    def __init__(self, problems: Iterable[Problem], fields: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(problems)
        self.fields = dict(fields or {})


async def read_form(request: Request) -> Form:
    """The form of a request; files are read whole (their sum is capped before)."""
    fields: dict[str, list[str]] = {}
    files: list[tuple[str, bytes]] = []
    async with request.form(max_files=200, max_fields=MAX_PARTS, max_part_size=8 * 1024 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                if value.filename:
                    files.append((value.filename, await value.read()))
            else:
                fields.setdefault(name, []).append(value)
    return Form(fields, tuple(files))
