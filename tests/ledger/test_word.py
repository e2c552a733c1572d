"""Ledgers in Word documents: tables as sheets, merged cells, cards, hidden text."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from equipcheck.problems import InputError

from .tables import Row, column, noted, read


def word_file(folder: Path, *tables: Sequence[Row], titles: Sequence[str] = ()) -> Path:
    document = docx.Document()
    for n, rows in enumerate(tables):
        if n < len(titles):
            document.add_paragraph(titles[n])
        table = document.add_table(len(rows), max(map(len, rows)))
        for at, row in enumerate(rows):
            for index, cell in enumerate(row):
                table.cell(at, index).text = "" if cell is None else str(cell)
    path = folder / "台账.docx"
    document.save(str(path))
    return path


HEADING = ("序号", "装备名称", "数量", "购置年份", "使用情况")


def test_the_tables_of_a_document_are_its_sheets(tmp_path: Path) -> None:
    path = word_file(
        tmp_path,
        [
            HEADING,
            (1, "执法记录仪", "5台", "2021", "正常"),
            (2, "声级计", 1, "2020年5月", "待修"),
            ("合计", None, 6),
        ],
        [HEADING, (1, "照相机", 2, "2015", None)],
        titles=["执法装备登记表", "报废装备清单"],
    )
    ledgers = read(path)
    assert column(ledgers, "ref") == ["台账.docx#表1!2", "台账.docx#表1!3", "台账.docx#表2!2"]
    assert column(ledgers, "quantity") == [5, 1, 2]
    assert column(ledgers, "status") == ["in_use", "broken", "pending_disposal"]
    assert [code for code, _ in noted(ledgers)] == ["total-agrees", "status-from-heading"]


def test_merged_cells_of_a_document(tmp_path: Path) -> None:
    path = word_file(
        tmp_path,
        [
            ("名称", "数量", "状况", None),
            (None, None, "在用", "报废"),
            ("声级计", 2, "√", None),
            (None, 1, None, "√"),
        ],
    )
    document = docx.Document(str(path))
    (table,) = document.tables
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0))):
        table.cell(*first).merge(table.cell(*last))
    document.save(str(path))
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计", "声级计"]
    assert column(ledgers, "status") == ["in_use", "pending_disposal"]


def test_cards_of_a_document(tmp_path: Path) -> None:
    cards = [
        [("资产编号", number, "资产名称", name), ("规格型号", "B", "数量", 1),
         ("使用状况", state, "取得日期", "2019-10-15")]
        for number, name, state in (("ZC-1", "流量计", "在用"), ("ZC-2", "测油仪", "待报废"))
    ]  # fmt: skip
    ledgers = read(word_file(tmp_path, *cards))
    assert column(ledgers, "asset_no") == ["ZC-1", "ZC-2"]
    assert column(ledgers, "status") == ["in_use", "pending_disposal"]


def test_hidden_words_are_no_part_of_a_cell_and_are_said(tmp_path: Path) -> None:
    path = word_file(tmp_path, [HEADING, (1, "声级计", 1, "2020", None)])
    document = docx.Document(str(path))
    run = document.tables[0].cell(1, 1).paragraphs[0].add_run("旧")
    run.font.hidden = True
    deleted = OxmlElement("w:del")
    deleted.append(document.tables[0].cell(1, 1).paragraphs[0].add_run("废")._r)
    document.tables[0].cell(1, 1).paragraphs[0]._p.append(deleted)
    document.save(str(path))
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计"]
    assert [code for code, _ in noted(ledgers)] == ["hidden-words"]


def test_documents_that_are_no_ledger_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(word_file(tmp_path))
    assert [one.code for one in error.value.problems] == ["not-a-ledger-file"]
    path = tmp_path / "坏.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "<a>" + " " * (20 << 20) + "</a>")
    with pytest.raises(InputError) as error:
        read(path)
    assert [one.code for one in error.value.problems] == ["too-big-file"]
    path = tmp_path / "空.docx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("word/styles.xml", "<a/>")
    with pytest.raises(InputError) as error:
        read(path)
    assert [one.code for one in error.value.problems] == ["broken-file"]


def test_paragraphs_that_are_no_titles_are_said(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("装备情况说明")
    document.add_paragraph("另有对讲机8部在二中队")
    document.add_paragraph("装备清单")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("名称", "数量", "声级计", "2"), strict=True
    ):
        cell.text = text
    document.add_paragraph("填表人：某某")
    path = tmp_path / "清单.docx"
    document.save(path)
    ledgers = read(path)
    assert column(ledgers, "quantity") == [2]
    assert [(note.code, "对讲机8部" in note.note) for note in ledgers.notes] == [("lines-unread", True)]
