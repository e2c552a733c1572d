"""Files that would bring a reader down: each gives an error of the catalogue or balanced books."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from equipcheck.ledger.containers import markup
from equipcheck.ledger.containers.sidecar import read_apart
from equipcheck.problems import InputError

from .broken import SHEET, bent, cell, in_member, more_rows
from .tables import column, noted, openpyxl_file, read, xls_file, xlsx_file

ROWS = [("资产编号", "资产名称", "数量"), *((f"A{n}", "声级计", 1) for n in range(1, 7))]


def codes(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(path)
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    "far",
    [["XFD9", "A1048576"], ["ZZ9", "A65536"], ["A1048576"], ["CZ9", "A200000"]],
    ids=str,
)
def test_far_cells_are_read_and_named(tmp_path: Path, far: list[str]) -> None:
    rows = b"".join(cell(address) for address in far)
    ledgers = read(bent(xlsx_file(tmp_path, ROWS), "远.xlsx", more_rows(rows)))
    assert column(ledgers, "name") == ["声级计"] * 6
    assert noted(ledgers)[0] == ("far-cells", "远.xlsx#Sheet1")


@pytest.mark.parametrize(
    "address", ["r='XFD1048576'", 'r = "XFD1048576"', '\n\tr="XFD1048576"', 'r="xfd1048576"']
)
def test_addresses_in_odd_writings_do_not_slip_through(tmp_path: Path, address: str) -> None:
    row = f'<row r="9"><c {address} t="inlineStr"><is><t>x</t></is></c></row>'.encode()
    ledgers = read(bent(xlsx_file(tmp_path, ROWS), "远.xlsx", more_rows(row)))
    assert column(ledgers, "name") == ["声级计"] * 6


def test_formatted_empty_cells_far_away_are_nothing(tmp_path: Path) -> None:
    empty = b"".join(b'<row r="%d"><c r="B%d" s="0"/></row>' % (row, row) for row in range(20, 60_000))
    ledgers = read(
        bent(
            xlsx_file(tmp_path, ROWS),
            "空.xlsx",
            more_rows(empty + b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
        )
    )
    assert ledgers.assets.height == 6
    assert noted(ledgers) == []


@pytest.mark.parametrize("member", [SHEET, "xl/sharedStrings.xml"])
def test_a_cell_of_millions_of_characters_is_refused(tmp_path: Path, member: str) -> None:
    close = b"</sheetData>" if member == SHEET else b"</sst>"
    text = b"<t>" + b"0" * 5_000_000 + b"</t>"
    wrapped = (
        b'<row r="9"><c r="A9" t="inlineStr"><is>' + text + b"</is></c></row>"
        if member == SHEET
        else b"<si>" + text + b"</si>"
    )
    path = bent(xlsx_file(tmp_path, ROWS), "长.xlsx", in_member(member, close, wrapped + close))
    assert codes(path) == ["too-big-file"]


def test_one_long_text_used_over_and_over_is_refused(tmp_path: Path) -> None:
    path = bent(
        xlsx_file(tmp_path, ROWS),
        "一.xlsx",
        in_member("xl/sharedStrings.xml", b"</sst>", b"<si><t>" + b"0" * 30_000 + b"</t></si></sst>"),
    )
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>10</v></c></row>' % (row, row) for row in range(9, 20_000)
    )
    assert codes(bent(path, "多.xlsx", more_rows(rows))) == ["too-big-file"]


@pytest.mark.parametrize("member", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_entities_are_refused(tmp_path: Path, member: str) -> None:
    def bend(name: str, data: bytes) -> bytes:
        head, mark, rest = data.partition(b"?>")
        return head + mark + b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + rest if name == member else data

    assert codes(bent(xlsx_file(tmp_path, ROWS), "实体.xlsx", bend)) == ["hostile-xml"]


def test_a_directory_that_lies_about_a_size(tmp_path: Path) -> None:
    """The header says ten bytes, with the checksum of these ten; the stream goes on for megabytes."""
    path = xlsx_file(tmp_path, ROWS)
    with zipfile.ZipFile(path) as old:
        members = {info.filename: old.read(info.filename) for info in old.infolist()}
    bomb = members[SHEET] + b" " * 5_000_000
    members[SHEET] = bomb
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    raw = path.read_bytes()
    true = struct.pack("<II", zlib.crc32(bomb), 0)[:4]
    assert raw.count(true) == 2
    lied = raw.replace(true, struct.pack("<I", zlib.crc32(bomb[:10]))).replace(
        struct.pack("<I", len(bomb)), struct.pack("<I", 10)
    )
    path.write_bytes(lied)
    assert codes(path) == ["broken-file"]


def test_far_cells_of_an_xls_are_refused_with_a_way_out(tmp_path: Path) -> None:
    rows: list[list[object]] = [list(row) for row in ROWS]
    path = xls_file(tmp_path, rows + [[None] * 256 for _ in range(9)] + [[None] * 255 + ["x"]])
    assert read(path).assets.height == 6
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("a")
    page.write(0, 255, "x")
    page.write(65535, 0, "y")
    book.save(str(tmp_path / "远.xls"))
    assert codes(tmp_path / "远.xls") == ["too-big-file"]


def test_an_ods_that_repeats_a_value_over_the_sheet(tmp_path: Path) -> None:
    space = 'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"'
    content = (
        "<office:document-content "
        + " ".join(space % (name, name) for name in ("office", "table", "text"))
        + '><office:body><office:spreadsheet><table:table table:name="a">'
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "重复.ods", "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
    assert codes(tmp_path / "重复.ods") == ["too-big-file"]


@pytest.mark.parametrize("cut", [10, 300, 2000])
def test_a_file_cut_off(tmp_path: Path, cut: int) -> None:
    path = xlsx_file(tmp_path, ROWS)
    path.write_bytes(path.read_bytes()[:-cut])
    assert codes(path) == ["broken-file"]


@pytest.mark.parametrize("start", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_random_bytes(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "乱.xlsx"
    path.write_bytes(start + random.Random(7).randbytes(20_000))
    assert codes(path)[0] in {"broken-file", "text-encoding"}


def test_a_dimension_that_says_one_cell_as_wps_writes_it(tmp_path: Path) -> None:
    import re

    def bend(name: str, data: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', data) if name == SHEET else data

    assert read(bent(xlsx_file(tmp_path, ROWS), "wps.xlsx", bend)).assets.height == 6


def test_an_error_value_is_not_an_empty_cell(tmp_path: Path) -> None:
    """The first reader shows #N/A as nothing; taken for an empty quantity it would count as one."""
    ledgers = read(openpyxl_file(tmp_path, [("资产名称", "数量"), ("声级计", "#N/A"), ("无人机", 2)]))
    assert column(ledgers, "rejected") == ["quantity-not-a-number", None]
    assert noted(ledgers) == [("value-restored", "台账.xlsx#Sheet1!2")]


def test_a_broken_style_sheet_is_an_error_or_no_matter(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, ROWS)
    assert read(bent(path, "名.xlsx", in_member("xl/styles.xml", b' name="Normal"', b""))).assets.height == 6
    assert codes(
        bent(path, "断.xlsx", lambda name, data: data[:200] if name == "xl/styles.xml" else data)
    ) == ["broken-file"]


def test_a_reader_that_dies_takes_nothing_with_it(tmp_path: Path) -> None:
    """Let straight in, this file aborts the reader's process: it must be another one, and its end be said."""
    path = bent(xlsx_file(tmp_path, ROWS), "垮.xlsx", more_rows(cell("XFD9") + cell("A1048576")))
    with pytest.raises(InputError) as caught:
        read_apart(path.read_bytes(), None, frozenset(), path.name)
    assert [problem.code for problem in caught.value.problems] == ["reader-crashed"]


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is told by getrusage")
def test_hostile_files_stay_under_400_megabytes(tmp_path: Path) -> None:
    far = bent(xlsx_file(tmp_path, ROWS), "远.xlsx", more_rows(cell("ZZ9") + cell("A65536")))
    long = tmp_path / "长.xlsx"
    with zipfile.ZipFile(far) as old, zipfile.ZipFile(long, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            before, mark, behind = old.read(info.filename).partition(b"</sheetData>")
            with new.open(info.filename, "w") as member:
                member.write(before)
                if mark:
                    member.write(b'<row r="99999"><c r="A99999" t="inlineStr"><is><t>')
                    for _ in range(400):
                        member.write(b"0" * 1_000_000)
                    member.write(b"</t></is></c></row>" + mark + behind)
    program = (
        "import resource, sys\nfrom pathlib import Path\nfrom equipcheck.ledger import Source, read_ledgers\n"
        "from equipcheck.problems import InputError\n"
        "for path in sys.argv[1:]:\n"
        "    try: read_ledgers([Source(Path(path), path)])\n"
        "    except InputError: pass\n"
        "status = Path('/proc/self/status')\n"  # ru_maxrss begins at the peak of whoever started the process
        "lines = status.read_text().splitlines() if status.exists() else []\n"
        "peak = [line for line in lines if line.startswith('VmHWM')]\n"
        "most = int(peak[0].split()[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(most >> (20 if sys.platform == 'darwin' else 10))\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(far), str(long)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert int(done.stdout) < 400


def test_a_declared_extent_that_runs_backwards(tmp_path: Path) -> None:
    """The reader takes room for last minus first row of it, and dies of that: it must do so apart."""
    path = xls_file(tmp_path, ROWS)
    data = path.read_bytes()
    at = data.index(b"\x00\x02\x0e\x00") + 4
    path.write_bytes(data[:at] + b"\x00\xbf\x00\x00" + data[at + 4 :])
    assert codes(path) == ["reader-crashed"]


def test_an_address_no_sheet_can_have(tmp_path: Path) -> None:
    row = b'<row r="9"><c r="A99999999999"><v>1</v></c></row>'
    assert codes(bent(xlsx_file(tmp_path, ROWS), "址.xlsx", more_rows(row))) == ["broken-file"]


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_an_encoding_that_is_none(tmp_path: Path, member: str) -> None:
    path = bent(xlsx_file(tmp_path, ROWS), "码.xlsx", in_member(member, b"UTF-8", b"UTF-0"))
    assert codes(path) == ["broken-file"]


def test_nothing_of_a_readers_failure_reaches_the_console(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = xls_file(tmp_path, ROWS)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputError):
        read(path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("member", "old"), [("xl/sharedStrings.xml", b'uniqueCount="'), ("xl/styles.xml", b'<cellXfs count="')]
)
def test_a_count_bigger_than_the_file(tmp_path: Path, member: str, old: bytes) -> None:
    """Readers take room for as many as are said to come; one that dies of it dies apart."""
    path = bent(xlsx_file(tmp_path, ROWS), "数.xlsx", in_member(member, old, old + b"9999999999"))
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计"] * 6
    assert [note for note in noted(ledgers) if note != ("second-reader", "数.xlsx")] == []


@pytest.mark.parametrize("row", ["<td>1" * 12, "<td colspan=6 rowspan=2>1</td><td>2"])
def test_a_web_page_with_more_cells_than_a_ledger_has_is_refused(tmp_path, monkeypatch, row):
    monkeypatch.setattr(markup, "MAX_CELLS", 10)
    (tmp_path / "导出.xls").write_text(f"<html><table><tr>{row}</tr><tr></tr></table></html>", "utf-8")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "导出.xls")
    assert [problem.code for problem in caught.value.problems] == ["too-big-file"]
