"""The same ledger in whatever container it comes: by its bytes, not by its name."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import xlwt

from equipcheck.ledger import Source, expand, read_ledgers
from equipcheck.problems import InputError

from .tables import column, noted, openpyxl_file, read, xls_file, xlsx_file
from .xlsb import xlsb_file

ROWS = [
    ("固定资产台账（合成）", None, None, None),
    ("资产编号", "资产名称", "数量", "购置日期"),
    ("007", "声级计", 2, "2020-05-06"),
    ("008", "无人机", 1, "2021-01-02"),
    ("009", "照相机", None, None),
    ("合计", None, 3, None),
]
UNDERSTOOD = [
    ("007", "声级计", 2, dt.date(2020, 5, 6)),
    ("008", "无人机", 1, dt.date(2021, 1, 2)),
    ("009", "照相机", 0, None),
]
NOTES = ["quantity-merged", "total-agrees"]


def understood(path: Path) -> list[tuple[object, ...]]:
    ledgers = read(path)
    assert sorted(code for code, _ in noted(ledgers)) == NOTES
    assert [str(ref).rpartition("!")[2] for ref in column(ledgers, "ref")] == ["3", "4", "5"]
    return ledgers.assets.select("asset_no", "name", "quantity", "acquired").rows()


def html(rows: list[tuple[object, ...]]) -> str:
    body = []
    for at, row in enumerate(rows):
        cells = []
        for place, cell in enumerate(row):
            if at == 4 and place == 2:
                continue  # under the merged quantity
            span = (
                ' rowspan="2"' if at == 3 and place == 2 else ' colspan="4"' if at == 0 and place == 0 else ""
            )
            if at or not place:
                cells.append(f"<td{span}>{'' if cell is None else cell}</td>")
        body.append("<tr>" + "".join(cells) + "</tr>")
    head = "<html><head><style>td {}</style></head><body><table border=1>"
    return f"{head}{''.join(body)}</table></body></html>"


def xml_2003(rows: list[tuple[object, ...]]) -> str:
    lines = []
    for at, row in enumerate(rows):
        cells = []
        for place, cell in enumerate(row, start=1):
            if cell is None:
                continue
            kind = "Number" if isinstance(cell, int) else "String"
            down = ' ss:MergeDown="1"' if at == 3 and place == 3 else ""
            cells.append(f'<Cell ss:Index="{place}"{down}><Data ss:Type="{kind}">{cell}</Data></Cell>')
        lines.append(f"<Row>{''.join(cells)}</Row>")
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1"><Table>'
        + "".join(lines)
        + "</Table></Worksheet></Workbook>"
    )


def test_workbooks_with_merged_quantities(tmp_path: Path) -> None:
    assert understood(openpyxl_file(tmp_path, ROWS, merged=["A1:D1", "C4:C5"])) == UNDERSTOOD
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    for at, row in enumerate(ROWS):
        for place, cell in enumerate(row):
            if cell is not None and (at, place) != (3, 2):
                page.write(at, place, cell)
    page.write_merge(3, 4, 2, 2, 1)
    book.save(str(tmp_path / "台账.xls"))
    assert understood(tmp_path / "台账.xls") == UNDERSTOOD


def test_an_xlsb_with_merged_quantities(tmp_path: Path) -> None:
    assert understood(xlsb_file(tmp_path, ROWS, merged=[(0, 0, 0, 3), (3, 4, 2, 2)])) == UNDERSTOOD


def test_far_cells_of_an_xlsb_are_refused(tmp_path: Path) -> None:
    rows = [*ROWS, *[()] * 100_000, (*[None] * 200, "x")]
    with pytest.raises(InputError) as caught:
        read(xlsb_file(tmp_path, rows))
    assert [problem.code for problem in caught.value.problems] == ["too-big-file"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_an_xls_that_is_html(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "导出.xls"
    path.write_bytes(html(ROWS).encode(encoding))
    assert understood(path) == UNDERSTOOD


PAGE = """<html><body><table><tr><th>资产编号</th><th>资产名称</th><th>数量</th></tr>
<tr style="display:none"><td>001</td><td>声级计</td><td>1</td></tr>
<tr><td>002</td><td><span style="display: none">0002</span><p>执法</p><p>记录仪</p></td><td>3</td></tr>
<tr><td>003</td><td>照相机<del>（旧）</del><div hidden>没有收尾</td><td>1</td></tr>
<tr><td>004</td><td>無人機</td><td>1</td></tr></table>{inner}</body></html>"""


def test_what_a_web_page_hides_is_said(tmp_path: Path) -> None:
    inner = "<table hidden><tr><td>资产名称</td><td>数量</td></tr><tr><td>望远镜</td><td>2</td></tr></table>"
    path = tmp_path / "导出.xls"
    path.write_text(PAGE.format(inner=inner), "utf-8")
    ledgers = read(path)
    found = ledgers.assets.select("name", "quantity").rows()
    # a hidden row or table is read, as one of a workbook is; hidden and deleted words are no part of a name
    assert found == [("声级计", 1), ("执法记录仪", 3), ("照相机", 1), ("無人機", 1), ("望远镜", 2)]
    said = {one.code: (one.ref, one.note) for one in ledgers.notes}
    assert said["hidden-rows"][0] == "导出.xls#表1!2"
    assert said["hidden-sheet"][0] == "导出.xls#表2"
    assert "0002、（旧）、没有收尾" in said["hidden-words"][1]


def test_a_web_page_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"></head>'
    page = (
        head
        + "<table><tr><td>資產名稱</td><td>數量</td></tr><tr><td>無人機</td><td>2</td></tr></table></html>"
    )
    path = tmp_path / "導出.xls"
    path.write_bytes(page.encode("big5"))
    assert read(path).assets.select("name", "quantity").rows() == [("無人機", 2)]


def test_an_xls_that_is_a_web_archive(tmp_path: Path) -> None:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    archive = MIMEMultipart("related")
    archive.attach(MIMEText(html(ROWS), "html", "utf-8"))
    path = tmp_path / "导出.xls"
    path.write_bytes(b"MIME-Version: 1.0\n" + archive.as_bytes().replace(b"MIME-Version: 1.0\n", b"", 1))
    assert understood(path) == UNDERSTOOD


def test_an_xls_that_is_xml_of_2003(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_text(xml_2003(ROWS), encoding="utf-8")
    assert understood(path) == UNDERSTOOD


def test_an_xls_that_is_tab_text(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    lines = ["\t".join("" if cell is None else str(cell) for cell in row) for row in ROWS[:4]]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    ledgers = read(path)
    assert ledgers.assets.select("asset_no", "name", "quantity", "acquired").rows() == UNDERSTOOD[:2]
    assert column(ledgers, "ref") == ["导出.xls#3", "导出.xls#4"]


def test_an_et_of_wps_that_is_a_workbook_inside(tmp_path: Path) -> None:
    path = xls_file(tmp_path, ROWS[1:4], name="台账.et")
    assert column(read(path), "name") == ["声级计", "无人机"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("form", ["ods", "xlsx", "xls", "fods"])
def test_conversions_by_libreoffice(tmp_path: Path, form: str) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office is not None, "LibreOffice is not installed"
    path = openpyxl_file(tmp_path, ROWS, merged=["A1:D1", "C4:C5"])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    target = tmp_path / "out"
    command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(target), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    if form == "fods":
        with pytest.raises(InputError) as caught:
            read(target / "台账.fods")
        assert [problem.code for problem in caught.value.problems] == ["not-a-ledger-file"]
    else:
        assert understood(target / f"台账.{form}") == UNDERSTOOD


def ole_with(name: str) -> bytes:
    """An OLE file with one stream of this name, as the writer of xls makes them."""
    from xlwt.CompoundDoc import XlsDoc

    out = BytesIO()
    XlsDoc().save(out, b"\x00" * 5000)
    plain = "Workbook".encode("utf-16-le") + b"\0\0"
    given = name.encode("utf-16-le") + b"\0\0"
    data = out.getvalue()
    at = data.index(plain)
    entry = bytearray(data[at : at + 128])
    entry[:64] = given.ljust(64, b"\0")
    entry[64:66] = len(given).to_bytes(2, "little")
    return data[:at] + bytes(entry) + data[at + 128 :]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("EncryptedPackage", "encrypted-file"),
        ("WordDocument", "not-a-ledger-file"),
        ("Other", "not-a-ledger-file"),
    ],
)
def test_other_ole_files_are_named_for_what_they_are(tmp_path: Path, name: str, code: str) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ole_with(name))
    with pytest.raises(InputError) as caught:
        read(path)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_an_xls_with_a_password(tmp_path: Path) -> None:
    """The record FILEPASS stands right behind the workbook's beginning."""
    data = bytearray(xls_file(tmp_path, ROWS).read_bytes())
    at = data.index(b"\x09\x08\x10\x00") + 20
    data[at : at + 4] = b"\x2f\x00" + data[at + 2 : at + 4]
    (tmp_path / "密.xls").write_bytes(bytes(data))
    with pytest.raises(InputError) as caught:
        read(tmp_path / "密.xls")
    assert [problem.code for problem in caught.value.problems] == ["encrypted-file"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7", "broken-file"),
        (b"\0" * 4096, "empty-file"),
        (b"<a><b/></a>", "not-a-ledger-file"),
        (b"<html>", "not-a-ledger-file"),
    ],
)
def test_files_that_are_something_else(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_locks_folders_and_names_that_are_nearly_right(tmp_path: Path) -> None:
    xlsx_file(tmp_path, ROWS)
    (tmp_path / "~$台账.xlsx").write_bytes(b"x")
    (tmp_path / "夹").mkdir()
    sources = [Source(tmp_path / name, name) for name in ("~$台账.xlsx", "夹", "台帐.xlsx")]
    with pytest.raises(InputError) as caught:
        read_ledgers(sources)
    assert {(p.place.path, p.code) for p in caught.value.problems} == {
        ("~$台账.xlsx", "lock-file"),
        ("夹", "unreadable-file"),
        ("台帐.xlsx", "no-such-file"),
    }
    assert any(
        "台账.xlsx" in str(problem) for problem in caught.value.problems if problem.code == "no-such-file"
    )


def test_folders_and_patterns(tmp_path: Path) -> None:
    one, two = xlsx_file(tmp_path, ROWS, name="甲.xlsx"), xlsx_file(tmp_path, ROWS, name="乙.xlsx")
    (tmp_path / "~$甲.xlsx").write_bytes(b"x")
    (tmp_path / "空").mkdir()
    assert expand([tmp_path]) == sorted([one, two])
    assert expand([tmp_path / "甲*"]) == [one]
    assert expand([two, tmp_path / "*.xlsx"]) == [two, one]
    assert expand([tmp_path / "空", tmp_path / "丙*"]) == [tmp_path / "空", tmp_path / "丙*"]
