"""Files that few people hand in, each told in one message: too large, not what they say, twice, nothing in them."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

from equipcheck.cli import run
from equipcheck.ledger.cell_book import LISTED
from equipcheck.problems import InputError

HEAD = "序号,装备名称,单位,市级,县级\n"
ROWS = "1,无人机,架,2,1\n2,声级计,部,2,1\n3,便携式打印机,台,2,1\n"


def codes(path: Path | str, capsys) -> set[str]:
    assert run(["ledger", "show", str(path), "-f", "json"]) == 0
    return {one["code"] for one in json.loads(capsys.readouterr().out)["notes"]}


def refused(call: list[str], words: str, capsys) -> None:
    capsys.readouterr()
    assert run(call) == 2
    out, err = capsys.readouterr()
    assert words in err
    assert out == ""
    assert "Traceback" not in err


# -- annexes -------------------------------------------------------------------------------------------------------


def test_an_annex_of_many_megabytes_is_not_opened(tmp_path, monkeypatch, capsys):
    from equipcheck.standard.annex.containers import files

    monkeypatch.setattr(files, "MAX_FILE", 1 << 20)
    path = tmp_path / "annex.csv"
    path.write_text(HEAD + ROWS + "x" * (1 << 20), "utf-8")
    refused(["standards", "import", str(path)], "文件有 1 MB，上限 1 MB", capsys)


def test_an_annex_that_unpacks_to_a_flood(tmp_path, capsys):
    path = tmp_path / "annex.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<x>" + b" " * (80 << 20))
    refused(["standards", "import", str(path)], "MB", capsys)


def test_a_table_wider_and_longer_than_any_standard(tmp_path, monkeypatch):
    from equipcheck.standard.annex import grid
    from equipcheck.standard.annex.containers import detect

    path = tmp_path / "annex.csv"
    path.write_text(HEAD + ROWS, "utf-8")
    monkeypatch.setattr(grid, "MAX_CELLS", 20)
    assert detect.read_file(path, path.name).grids
    monkeypatch.setattr(grid, "MAX_CELLS", 19)
    with pytest.raises(InputError) as error:
        detect.read_file(path, path.name)
    (problem,) = error.value.problems
    assert problem.code == "annex-too-large"
    assert "4 行 × 5 列" in problem.message


def test_a_package_that_is_no_document(tmp_path, capsys):
    path = tmp_path / "annex.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "no document")
    refused(["standards", "import", str(path)], "", capsys)


def test_a_reader_that_does_not_end_is_said(tmp_path, monkeypatch, capsys):
    from equipcheck.standard.annex.containers import files

    monkeypatch.setattr(files, "SECONDS", 0.01)
    path = tmp_path / "annex.csv"
    path.write_text(HEAD + ROWS, "utf-8")
    refused(["standards", "import", str(path)], "附件读不完", capsys)


def test_merging_with_what_is_no_draft(tmp_path, capsys):
    annex, old = tmp_path / "annex.csv", tmp_path / "old.yaml"
    annex.write_text(HEAD + ROWS, "utf-8")
    old.write_text("- a list\n", "utf-8")
    refused(["standards", "import", str(annex), "-o", str(old), "--merge"], "不是标准草稿", capsys)
    assert old.read_text("utf-8") == "- a list\n"


def test_a_pdf_of_pictures_and_one_without_the_library(tmp_path, monkeypatch, capsys):
    path = tmp_path / "scan.pdf"
    Image.new("RGB", (200, 300), "white").save(path)
    refused(["standards", "import", str(path)], "PDF 里没有文字", capsys)

    from equipcheck.standard.annex.containers.pdf import read_pdf

    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(InputError) as error:
        read_pdf(path, path.name)
    assert [one.code for one in error.value.problems] == ["pdf-extra-missing"]


# -- ledgers -------------------------------------------------------------------------------------------------------


def test_very_many_unread_cells_are_counted_where_they_are_not_listed(tmp_path, capsys):
    path = tmp_path / "台账.csv"
    path.write_text("资产名称,数量\n" + "声级计,1,旁边\n" * (LISTED + 200), "utf-8")
    assert {"cells-unread", "cells-unread-more"} <= codes(path, capsys)


def test_a_cycle_that_says_nothing_is_not_guessed(tmp_path, capsys):
    path = tmp_path / "台账.csv"
    path.write_text("资产名称,数量,检定日期,检定周期\n声级计,1,2023-05-06,视情况\n", "utf-8")
    assert "cycle-unclear" in codes(path, capsys)


def test_what_may_be_a_summary_is_counted_and_asked_about(tmp_path, capsys):
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        first, second = book.add_worksheet("一楼"), book.add_worksheet("二楼")
        first.write_row(0, 0, ("资产名称", "数量"))
        for at, name in enumerate(("声级计", "声级计", "无人机"), start=1):
            first.write_row(at, 0, (name, 1))
        second.write_row(0, 0, ("资产名称", "数量"))
        second.write_row(1, 0, ("声级计", 2))
        second.write_row(2, 0, ("无人机", 1))
    assert "summary-doubtful" in codes(path, capsys)


def test_values_that_neither_reader_shows_are_said(tmp_path, monkeypatch, capsys):
    """The first reader shows one value less than the file holds, the second fails."""
    from equipcheck.ledger.containers import fallback_reader, xlsx_scan

    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ("资产名称", "数量"))
        sheet.write_row(1, 0, ("声级计", 2))
    assert "values-in-doubt" not in codes(path, capsys)
    count = xlsx_scan.count_values

    def one_more(*where):
        found = count(*where)
        return found.but(count=found.count + 1)

    def cannot(data, name):
        raise fallback_reader.SecondReaderError

    monkeypatch.setattr(xlsx_scan, "count_values", one_more)
    monkeypatch.setattr(fallback_reader, "read_cells", cannot)
    assert "values-in-doubt" in codes(path, capsys)


# -- drafts and snapshots ------------------------------------------------------------------------------------------


def test_a_draft_too_big_to_be_one(sample, tmp_path, monkeypatch, capsys):
    from equipcheck.section.drafts.reading import files

    path = tmp_path / "draft.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (2 << 20))
    monkeypatch.setattr(files, "MAX_UNPACKED", 1 << 20)
    refused(["section", str(sample), "--check", str(path)], "draft.docx", capsys)
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 10)
    refused(["section", str(sample), "--check", str(path)], "draft.docx", capsys)


def test_two_snapshots_of_one_year(sample, capsys):
    assert run(["history", "record", str(sample)]) == 0
    (kept,) = (sample / "history").glob("*.yaml")
    kept.with_name("copy.yaml").write_bytes(kept.read_bytes())
    refused(["history", "trend", str(sample)], "有两份快照", capsys)
