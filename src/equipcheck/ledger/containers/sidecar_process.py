"""Run as a program of its own: read one workbook where a crash or a flood of memory harms nobody.

Takes the sheets wanted (or none named) and those left out; gives ("ok", sheets) or ("error", kind).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from equipcheck.ground.sidecar_child import answer, quiet


def read(data: bytes, wanted: frozenset[str] | None, without: frozenset[str]) -> list[dict[str, Any]]:
    """Every worksheet as plain values; those not wanted, or to be left to another reader, by name alone."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets: list[dict[str, Any]] = []
    with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet: dict[str, Any] = {"name": about.name, "hidden": about.visible != SheetVisibleEnum.Visible}
            if about.name not in without and (wanted is None or about.name in wanted):
                page = workbook.get_sheet_by_name(about.name)
                sheet |= {"rows": page.to_python(), "start": page.start, "merged": page.merged_cell_ranges}
            sheets.append(sheet)
    return sheets


def attempt(data: bytes, wanted: frozenset[str] | None, without: frozenset[str]) -> tuple[Any, ...]:
    """("ok", sheets), or ("error", kind of failure)."""
    try:
        with quiet():
            return ("ok", read(data, wanted, without))
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        return ("error", type(error).__name__)


def _work(head: dict[str, Any], data: bytes) -> tuple[Any, ...]:
    wanted = head["wanted"]
    return attempt(data, None if wanted is None else frozenset(wanted), frozenset(head["without"]))


if __name__ == "__main__":
    answer(_work)
