"""Annexes made to exhaust whoever reads them: a message that fits, and never more than 400 MB."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.problems import InputError
from equipcheck.standard.annex.draft import Wanted
from equipcheck.standard.annex.importing import Imported, import_annex

ROWS = [["装备名称", "单位", "县级"], ["声级计", "台", "2"], ["无人机", "架", "1"]]
DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
PARAGRAPH = b"<w:p><w:r><w:t>" + b"a" * 1000 + b"</w:t></w:r></w:p>"
CELL = b"<w:tcW"


def word() -> bytes:
    document, made = docx.Document(), io.BytesIO()
    table = document.add_table(rows=3, cols=3)
    for at, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    document.save(made)
    return made.getvalue()


def sheet() -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def bent(path: Path, whole: bytes, member: str, change: Callable[[bytes], bytes]) -> Path:
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == member else data)
    return path


def big_word(path: Path) -> Path:
    """190 MB of XML."""
    return bent(
        path, word(), DOCUMENT, lambda xml: xml.replace(b"<w:body>", b"<w:body>" + PARAGRAPH * 185_000)
    )


def lying_word(path: Path) -> Path:
    """The same, with 5,000 bytes declared in its headers."""
    data = bytearray(big_word(path).read_bytes())
    at = 0
    while (at := data.find(DOCUMENT.encode(), at)) != -1:
        for mark, back, size in ((b"PK\3\4", 30, 22), (b"PK\1\2", 46, 24)):
            if data[at - back : at - back + 4] == mark:
                struct.pack_into("<I", data, at - back + size, 5000)
        at += 1
    path.write_bytes(data)
    return path


def merged_sheet(path: Path) -> Path:
    """One merge over all of the sheet."""
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return bent(path, sheet(), SHEET, lambda xml: xml.replace(b"</sheetData>", merge))


def spanning_page(path: Path) -> Path:
    """Fifty cells, each over 65,534 rows and 1,000 columns."""
    cells = "".join(f'<td rowspan="65534" colspan="1000">x{at}</td>' for at in range(50))
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS)
    path.write_text(f"<html><body><table>{rows}<tr>{cells}</tr></table></body></html>", "utf-8")
    return path


def wordy_page(path: Path) -> Path:
    """One cell of 9 million characters."""
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS)
    path.write_text(
        f"<html><body><table>{rows}<tr><td>{'每人' * 4_500_000}</td></tr></table></body></html>", "utf-8"
    )
    return path


def read(path: Path) -> Imported:
    return import_annex(path, path.name, load_catalogue(), Wanted("demo", "demo"), None)


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (big_word, "a.docx", "annex-unpacks-too-large"),
        (lying_word, "a.docx", "annex-reader-died"),
        (merged_sheet, "a.xlsx", "annex-without-head"),
        (wordy_page, "a.html", "annex-too-much-text"),
    ],
)
def test_a_file_beyond_measure_is_refused(tmp_path, make, name, code):
    with pytest.raises(InputError) as raised:
        read(make(tmp_path / name))
    assert [one.code for one in raised.value.problems] == [code]


def test_spans_beyond_measure_leave_the_honest_rows(tmp_path):
    assert [line.name for line in read(spanning_page(tmp_path / "a.html")).reading.lines][:2] == [
        "声级计",
        "无人机",
    ]


@pytest.mark.parametrize(
    "odd",
    [
        b'<w:gridSpan w:val="abc"/>',
        b'<w:gridSpan w:val="-3"/>',
        b'<w:gridSpan w:val="99999999"/>',
        b'<w:hMerge w:val="continue"/>',
        b"<w:vMerge/>",
    ],
)
def test_a_merge_that_makes_no_sense_loses_no_row(tmp_path, odd):
    path = bent(tmp_path / "a.docx", word(), DOCUMENT, lambda xml: xml.replace(CELL, odd + CELL, 1))
    lines = read(path).reading.lines
    assert [line.name for line in lines] == ["声级计", "无人机"]


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is told by getrusage")
def test_hostile_annexes_stay_under_400_megabytes(tmp_path):
    """This process and the reader's, each at its peak, together."""
    makers = {
        big_word: "docx",
        lying_word: "docx",
        merged_sheet: "xlsx",
        spanning_page: "html",
        wordy_page: "html",
    }
    made = [make(tmp_path / f"{make.__name__}.{ending}") for make, ending in makers.items()]
    program = (
        "import resource, sys\nfrom pathlib import Path\nfrom equipcheck.catalogue.kinds import load_catalogue\n"
        "from equipcheck.problems import InputError\nfrom equipcheck.standard.annex.draft import Wanted\n"
        "from equipcheck.standard.annex.importing import import_annex\n"
        "kinds = load_catalogue()\n"
        "for path in sys.argv[1:]:\n"
        "    try: import_annex(Path(path), path, kinds, Wanted('a', 'a'), None)\n"
        "    except InputError: pass\n"
        "status = Path('/proc/self/status')\n"  # ru_maxrss begins at the peak of whoever started the process
        "lines = status.read_text().splitlines() if status.exists() else []\n"
        "peak = [line for line in lines if line.startswith('VmHWM')]\n"
        "scale = 1024 if sys.platform == 'darwin' else 1\n"
        "own = int(peak[0].split()[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // scale\n"
        "print(own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // scale)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, made)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert int(done.stdout) >> 10 < 400
