"""What a project says of its section: `section:` in equipcheck.yaml; options of the call win over it."""

from __future__ import annotations

from typing import Annotated, Literal

from equipcheck.ground.fields import InChinese, Part
from equipcheck.ground.validation import validate
from equipcheck.problems import InputError
from equipcheck.project.project import Project


class SectionSettings(Part):
    """`section:` as written; `template` is a path relative to the project."""

    style: Annotated[Literal["brief", "full"], InChinese("style")] = "full"
    assumed: bool = False
    template: str | None = None


def section_settings(project: Project) -> SectionSettings:
    """The project's settings, or the defaults. Raises InputError with the place of every mistake."""
    if project.document is None or not project.section:
        return SectionSettings()
    settings, problems = validate(SectionSettings, project.document, ("section",))
    if settings is None:
        raise InputError(problems)
    return settings
