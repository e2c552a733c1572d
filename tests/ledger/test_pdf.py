"""PDF ledgers: ruled tables, over pages; what cannot be read is said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

from equipcheck.ground.pdf_tables import PdfTable, PdfText, as_data, of_data
from equipcheck.ground.sidecar_child import dumps, loads
from equipcheck.ledger import Source, read_ledgers
from equipcheck.ledger.containers import pdf
from equipcheck.ledger.one_file import read_book
from equipcheck.problems import InputError

CORPUS = Path(__file__).parent / "corpus"
ANNEXES = Path(__file__).parents[1] / "standard" / "corpus"
HEAD = ("序号", "名称", "数量")


def table(page: int, *rows: tuple[str, ...], before: tuple[str, ...] = (), **more: object) -> PdfTable:
    texts = {(at, column): text for at, row in enumerate(rows) for column, text in enumerate(row)}
    given = {"first": True, "merges": {}, "across": (0.0, 50.0, 100.0, 150.0)} | more
    return PdfTable(page, before=before, texts=texts, **given)  # type: ignore[arg-type]


def read(
    monkeypatch: pytest.MonkeyPatch, *tables: PdfTable, after: tuple[str, ...] = ()
) -> list[list[object]]:
    """(place, name, quantity) of every asset, then the codes of the notes."""
    text = PdfText(tables, after, 100)
    monkeypatch.setattr(pdf, "_read", lambda _data, _shown: of_data(loads(dumps(as_data(text)))))
    found = read_book(pdf.read_pdf(b"", "清单.pdf"), Source(Path("清单.pdf"), "清单.pdf"))
    rows = [row for frame in found.frames for row in frame.select("ref", "name", "quantity").iter_rows()]
    codes = [note.code for note in found.odd.notes()]
    return [[ref.partition("#")[2], name, quantity] for ref, name, quantity in rows] + [codes]


def test_a_table_over_two_pages_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    one = table(1, HEAD, ("1", "声级计", "2"), ("", "本页小计", "2"), before=("装备清单", "第1页 共2页"))
    two = table(
        2, HEAD, ("2", "无人机", "1"), ("", "合计", "3"), before=("装备清单（续）", "第 2 页 / 共 2 页")
    )
    assert read(monkeypatch, one, two, after=("填表人：某某", "- 2 -")) == [
        ["表1!2", "声级计", 2],
        ["表1!5", "无人机", 1],
        ["repeated-heading", "total-agrees", "total-agrees"],
    ]


def test_without_its_heading_on_the_second_page_it_is_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    two = table(2, ("2", "无人机", "1"), across=(1.0, 51.0, 99.0, 150.0))
    assert read(monkeypatch, table(1, HEAD, ("1", "声级计", "2")), two) == [
        ["表1!2", "声级计", 2],
        ["表1!3", "无人机", 1],
        [],
    ]


@pytest.mark.parametrize(
    "more",
    [{"before": ("二、已报废资产",)}, {"page": 3}, {"first": False}, {"across": (0.0, 70.0, 100.0, 150.0)}],
)
def test_another_table_stays_apart(monkeypatch: pytest.MonkeyPatch, more: dict[str, object]) -> None:
    given = {"page": 2, "before": ()} | more
    page, before = given.pop("page"), given.pop("before")
    two = table(page, HEAD, ("1", "无人机", "1"), before=before, **given)  # type: ignore[arg-type]
    found = read(monkeypatch, table(1, HEAD, ("1", "声级计", "2"), before=("清单",)), two)
    assert found[:2] == [["表1!2", "声级计", 2], ["表2!2", "无人机", 1]]
    assert ("status-from-heading" in str(found[-1])) == (before != ())


def test_lines_outside_of_tables_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    after = ("4 对讲机 8 部", "第 1 页")
    assert read(monkeypatch, table(1, HEAD, ("1", "声级计", "2")), after=after)[-1] == ["lines-unread"]


def refused(path: Path) -> list[str]:
    with pytest.raises(InputError) as error:
        read_ledgers([Source(path, path.name)])
    return [one.code for one in error.value.problems]


def test_what_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = tmp_path / "扫描.pdf"
    Image.new("RGB", (200, 300), "white").save(scan)
    assert refused(scan) == ["pdf-without-text"]
    assert refused(ANNEXES / "o17_no_lines.pdf") == ["pdf-without-lines"]
    broken = tmp_path / "坏.pdf"
    broken.write_bytes((CORPUS / "sixth" / "b22-qingdan.pdf").read_bytes()[:900])
    assert refused(broken) == ["broken-file"]


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    from equipcheck.ledger.containers.pdf_process import work

    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    assert work({}, b"%PDF")[0] == "no-reader"
    monkeypatch.setattr(pdf, "ask", lambda *_args, **_more: ["no-reader", ""])
    assert refused(CORPUS / "sixth" / "b22-qingdan.pdf") == ["pdf-extra-missing"]
