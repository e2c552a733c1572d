"""Pages for the tests: the sample's, and one of a bureau whose ledger is written by someone who means harm."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from equipcheck.cli import run

HOSTILE = (
    "<script>document.title='被改'</script>声级计",
    '声级计"><img src=x onerror="document.title=\'被改\'">',
    "</style></script><h1>声级计</h1>",
    '=HYPERLINK("http://example.invalid","声级计")',
    "声级计\u202e\u0007\u2028{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;声级计&amp;",
)


def page_of(target: Path, folder: Path, *options: str, name: str = "page.html") -> Path:
    """The page of a project or ledger, written by the command itself."""
    path = folder / name
    assert run(["report", str(target), *options, "-o", str(path)]) == 0
    return path


def hostile_ledger(folder: Path) -> Path:
    """A ledger whose names, numbers and remarks try to become markup, script or formulas."""
    book = Workbook()
    sheet = book.active
    sheet.append(["资产编号", "资产名称", "规格型号", "数量", "使用状况", "备注"])
    for at, name in enumerate(HOSTILE):
        clean = name.replace("\u0007", "")  # no xlsx can hold it
        sheet.append([f"<i>{at}", clean, clean, 1, "在用", clean])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "n" if isinstance(cell.value, int) else "s"
    path = folder / "台账<b>&'.xlsx"
    book.save(path)
    return path


BARE = ("--level", "county", "--staff", "17", "--vehicles", "3", "--as-of", "2023-12-31")
