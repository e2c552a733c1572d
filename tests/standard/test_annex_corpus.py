"""Annexes of another make: nothing is stated with confidence that is not so, and hardly anything asked in vain."""

from __future__ import annotations

from pathlib import Path

import pytest
from annex_score import score

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.problems import InputError
from equipcheck.standard.annex.draft import Wanted
from equipcheck.standard.annex.importing import account, import_annex

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.iterdir() if path.suffix not in (".json", ".md"))
KNOWN = {
    "x15-accidents.xlsx": {"wrong": 1},  # a plain number 1 that its maker wants asked about: nothing tells
    "x13-nature-column.xlsx": {"asked": 2},  # 条件必配: the number waits for the obligation
    "x14-ticks-two-columns.xlsx": {"asked": 1},
    "h01-gov-page.html": {"asked": 2},  # 「由有水上执法任务的机构配备」: whether it binds all is asked
    "x23-merged-levels.xlsx": {"asked": 1},
    # the fourth blind set: conditions of a bureau's waters, means or other equipment are asked about
    "w01-nongye-zhifa.docx": {"asked": 3},
    "w06-weixing-xiaofang.csv": {"asked": 1},
    "w17-xiaofang-zhan.docx": {"asked": 3},
    "w22-linye.docx": {"asked": 1},  # 「未建实验室的不配」
    # the fifth blind set, read once and left as read: whom a body's own note means is asked about
    "y01-shengtai-zonghe.docx": {"asked": 12},  # 「表中“人”指在编在岗持证执法人员」
    "y09-chengguan.ods": {"asked": 34},  # 「中队装备由所属大队统一采购」: whether its numbers hold
    "y10-jiance-zhan.xlsx": {"asked": 2},
    "y13-sifasuo.html": {"asked": 13},  # which bodies a column of 司法所 is for
    # the sixth blind set
    "z21-laojian.docx": {"asked": 4},  # 「县级选配」 of one column, 「宜配」
    # the second blind set
    "o03_relief_range.xlsx": {"asked": 1},  # a stock number whose unit stands in the name
    "o28_twohead_gbk.csv": {"asked": 5},
    "o05_words.pdf": {"asked": 1},
    "o08_level_column.xlsx": {"extra": 4},  # one requirement a printed row, which its maker accepts
    "o14_unit_basis.html": {"asked": 3},  # 5盘 under 米
    "o15_notes_change.docx": {"asked": 5},
    "o16_raised.pdf": {"asked": 1},
    "o17_no_lines.pdf": {
        "refused": 104
    },  # without ruling lines nobody can tell the columns: refused, told why
    "o23_optional_group.html": {"asked": 6},
}


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.mark.parametrize("annex", FILES, ids=lambda path: path.name)
def test_an_annex_of_another_make_is_read_or_asked_about(annex, catalogue):
    found = score(annex, catalogue)
    told = "\n".join(found.told)
    bar = KNOWN.get(annex.name, {})
    for verdict in ("wrong", "lost", "refused", "extra"):
        assert found.cells[verdict] <= bar.get(verdict, 0), told
    assert found.cells["asked"] <= bar.get("asked", 0), told
    assert found.duties["wrong"] == 0, told


def test_a_pdf_without_ruling_lines_is_refused_and_told_why(catalogue):
    with pytest.raises(InputError) as raised:
        import_annex(CORPUS / "o17_no_lines.pdf", "a.pdf", catalogue, Wanted("demo", "demo"), None)
    assert [one.code for one in raised.value.problems] == ["pdf-without-lines"]


def test_a_row_cut_by_a_page_break_is_joined_and_told(catalogue):
    done = import_annex(CORPUS / "o18_row_over_page.pdf", "a.pdf", catalogue, Wanted("demo", "demo"), None)
    assert any("便携式挥发性有机物检测仪" in line.name for line in done.reading.lines)
    assert any("接在上一页最后一行" in text for text in account(done))
