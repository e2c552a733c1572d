"""The other forms of the report: assets as CSV, bars in the terminal, Markdown that stays text."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipcheck.cli import run
from equipcheck.report import bars
from equipcheck.report.markdown import escape
from equipcheck.report.tables import Bar
from tests import goldens
from tests.conftest import SAMPLE
from tests.page.made import BARE, hostile_ledger


def test_assets_as_csv_add_up_to_what_was_read(capsys, monkeypatch):
    monkeypatch.chdir(SAMPLE)
    assert run(["report", ".", "-f", "csv", "--of", "assets"]) == 0
    text = capsys.readouterr().out
    goldens.check("sample/assets.csv", text)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert run(["report", ".", "-f", "json"]) == 0
    accounting = json.loads(capsys.readouterr().out)["accounting"]
    assert sum(int(row["件数"]) for row in rows) == accounting["units"]["read"]
    assert {row["台账位置"] for row in rows if row["台账位置"]} == {row["台账位置"] for row in rows}
    assert len({row["台账位置"] for row in rows}) == accounting["rows"]["read"]


def test_hostile_names_are_no_formula_in_csv(capsys, tmp_path):
    assert run(["report", str(hostile_ledger(tmp_path)), *BARE, "-f", "csv", "--of", "assets"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out[1:])))
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_bars_in_the_terminal(capsys, monkeypatch):
    monkeypatch.chdir(SAMPLE)
    assert run(["report", ".", "--chart"]) == 0
    text = capsys.readouterr().out
    start, end = text.index("标准有据的装备：按类别"), text.index("覆盖情况")
    goldens.check("sample/chart.txt", text[start:end])


@pytest.mark.parametrize(
    "arguments", [["--chart", "-f", "json"], ["--of", "assets"], ["--of", "assets", "-f", "md"]]
)
def test_options_that_do_not_belong_are_refused(arguments, capsys):
    assert run(["report", str(SAMPLE), *arguments]) == 2
    assert capsys.readouterr().out == ""


counts = st.integers(0, 10**6)


@given(st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=8))
def test_a_bar_is_never_longer_than_its_room_nor_out_of_order(rows):
    made = [Bar("甲", filled + gap, filled, filled, gap, surplus, ()) for filled, gap, surplus in rows]
    for one, line in zip(made, bars.lines(made, ceiling=False), strict=True):
        drawn = line[3 : 3 + bars.WIDTH]
        assert list(drawn.rstrip()) == sorted(drawn.rstrip(), key="#.+".index)
        total = one.filled + one.gap + one.surplus
        most = max(each.filled + each.gap + each.surplus for each in made) or 1
        assert abs(len(drawn.rstrip()) - bars.WIDTH * total / most) <= 0.5


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("[看](javascript:x)", r"\[看](javascript:x)"),
        ("a|b", r"a\|b"),
        ("<b>&lt;", "&lt;b>&amp;lt;"),
        ("`代码`", r"\`代码\`"),
        ("一\n二", "一 二"),
    ],
)
def test_markdown_takes_a_ledgers_text_literally(text, escaped):
    assert escape(text) == escaped
