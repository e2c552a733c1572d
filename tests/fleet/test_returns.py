"""Blank workbooks go out, bureaus fill them in, the roll-up reads what came back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from equipcheck.fleet.returns import code_in
from equipcheck.problems import InputError
from tests.fleet.made import HEAD, bureau, call, fleet, rollup, write_csv

ASSETS = [("A1", "执法记录仪", "", "台", 3, "在用"), ("A2", "执法记录仪", "", "台", 2, "损坏"),
          ("A3", "声级计", "", "台", 1, "在用")]  # fmt: skip
YAML = "standard: enforcement-2020\nas_of: 2023-12-31\nbureaus: bureaus.csv\nledgers:\n  - ledgers/*\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A fleet of two whose ledgers are still to come: blanks have been sent out."""
    made = fleet(tmp_path / "f", [bureau("510104"), bureau("510105", 级别="市级", 人员数="")])
    for one in (made / "ledgers").iterdir():
        one.rename(made / one.name.replace(".csv", ".old"))
    (made / "fleet.yaml").write_text(YAML, encoding="utf-8")
    call("rollup", made, "--blank", made / "out")  # before any ledger has come in
    return made


def fill(root: Path, code: str, facts: dict[str, object], assets=ASSETS, name: str | None = None) -> Path:
    """As a bureau does: open the workbook, fill its cells, save it under the same name, send it back."""
    sent = next((root / "out").glob(f"{code}-*.xlsx"))
    book = openpyxl.load_workbook(sent)
    page = book["单位情况"]
    for row in page.iter_rows(min_row=2):
        if row[0].value in facts:
            row[1].value = facts[row[0].value]
    for at, line in enumerate(assets, start=2):
        for column, value in enumerate(line, start=1):
            book["台账"].cell(at, column, value)
    path = root / "ledgers" / (name or sent.name)
    book.save(path)
    return path


def facts_of(result, code: str):
    return next(one for one in result["by_bureau"] if one["code"] == code)


def notes_of(result, code: str) -> list[str]:
    return [one["note"] for one in result["notes"] if one["code"] == code]


def test_a_blank_has_what_the_table_has_and_room_for_the_rest(root: Path):
    assert sorted(path.name for path in (root / "out").iterdir()) == [
        "510104-510104局.xlsx", "510105-510105局.xlsx",
    ]  # fmt: skip
    book = openpyxl.load_workbook(root / "out" / "510104-510104局.xlsx")
    assert book.sheetnames == ["单位情况", "台账", "说明", "可选项"]
    lines = [tuple(cell.value for cell in row[:3]) for row in book["单位情况"].iter_rows()]
    assert lines == [
        ("项目", "填写", "机构表现有"),
        ("机构代码", "510104", "510104"),
        ("机构名称", "510104局", "510104局"),
        ("级别", "县级", "县级"),
        ("执法人员数", None, "12"),
        ("主要执法岗数", None, ""),
        ("车辆数", None, "2"),
    ]
    assert any("可选项" in str(one.formula1) for one in book["台账"].data_validations.dataValidation)


def test_what_came_back_is_the_bureaus_ledger_with_its_own_numbers(root: Path):
    fill(root, "510104", {"执法人员数": 14, "主要执法岗数": 9})
    fill(root, "510105", {"执法人员数": 20, "车辆数": 2})
    result = rollup(root)
    assert result["failed"] == []
    one, two = facts_of(result, "510104"), facts_of(result, "510105")
    assert (one["staff"], one["main_posts"]) == (14, 9)
    assert two["staff"] == 20
    said = notes_of(result, "return-facts-differ")
    assert len(said) == 1  # what the table did not have, or has alike, is no difference
    assert "14" in said[0]
    assert "12" in said[0]
    assert "单位报回的" in said[0]


def test_a_return_counts_as_the_same_ledger_and_table_would(root: Path, tmp_path: Path):
    fill(root, "510104", {"执法人员数": 14, "车辆数": 3})
    fill(root, "510105", {"执法人员数": 20})
    other = fleet(
        tmp_path / "g",
        [bureau("510104", 人员数=14, 车辆数=3), bureau("510105", 级别="市级", 人员数=20)],
    )
    head = ("资产编号", "资产名称", "规格型号", "计量单位", "数量", "使用状态")
    for code in ("510104", "510105"):
        write_csv(other / "ledgers" / f"{code}.csv", head, ASSETS)
    got, wanted = rollup(root), rollup(other)
    assert got["coverage"] == wanted["coverage"]
    assert got["by_requirement"] == wanted["by_requirement"]


def test_level_and_name_stay_as_the_table_has_them(root: Path):
    fill(root, "510104", {"级别": "市级", "机构名称": "别的局"})
    fill(root, "510105", {"执法人员数": 20})
    result = rollup(root)
    said = notes_of(result, "return-facts-differ")
    assert len(said) == 2
    assert all("按机构表" in one for one in said)
    assert facts_of(result, "510104")["level"] == "county"
    assert facts_of(result, "510104")["name"] == "510104局"


def test_an_empty_page_is_no_report(root: Path):
    fill(root, "510104", {"执法人员数": 14}, assets=[])
    fill(root, "510105", {"执法人员数": 20})
    result = rollup(root)
    assert [(one["bureau"], one["code"]) for one in result["failed"]] == [("510104", "bureau-without-ledger")]
    assert len(notes_of(result, "return-unfilled")) == 1
    write_csv(root / "ledgers" / "510104.csv", HEAD, [("A1", "执法记录仪", 3, "在用", "", "")])
    result = rollup(root)  # its own export beside it: the numbers of the one, the rows of the other
    assert result["failed"] == []
    assert facts_of(result, "510104")["staff"] == 14


def test_two_returns_of_one_bureau_are_not_added_up(root: Path):
    fill(root, "510104", {})
    fill(root, "510104", {}, name="510104-改.xlsx")
    fill(root, "510105", {"执法人员数": 20})
    (failed,) = rollup(root)["failed"]
    assert (failed["bureau"], failed["code"]) == ("510104", "return-twice")
    assert "510104-改.xlsx" in failed["why"]


def test_what_was_sent_out_may_lie_beside_what_came_back(root: Path):
    fill(root, "510104", {"执法人员数": 14})
    for path in (root / "out").iterdir():
        (root / "ledgers" / path.name.replace(".xlsx", "-空白.xlsx")).write_bytes(path.read_bytes())
    result = rollup(root)
    assert [(one["bureau"], one["code"]) for one in result["failed"]] == [("510105", "bureau-without-ledger")]
    assert facts_of(result, "510104")["staff"] == 14
    assert len(notes_of(result, "return-unfilled")) == 1


def test_another_bureaus_workbook_under_ones_own_name(root: Path):
    fill(root, "510105", {"执法人员数": 20})
    fill(root, "510105", {"执法人员数": 20}, name="510104-510104局.xlsx")
    failed = {one["code"]: one["bureau"] for one in rollup(root)["failed"]}
    assert failed == {
        "return-two-codes": "ledgers/510104-510104局.xlsx",
        "bureau-without-ledger": "510104",
    }


@pytest.mark.parametrize("named", ["510104-510104局.xlsx", "510104（已填）.xlsx", "报表.xlsx"])
def test_whose_it_is_stands_in_the_page_or_in_the_name(root: Path, named: str):
    page = {} if named == "报表.xlsx" else {"机构代码": None}
    fill(root, "510104", page, name=named)
    fill(root, "510105", {"执法人员数": 20})
    assert rollup(root)["failed"] == []


def test_a_number_that_is_none_fails_that_bureau_alone(root: Path):
    fill(root, "510104", {"执法人员数": "十几个"})
    fill(root, "510105", {"执法人员数": 20})
    (failed,) = rollup(root)["failed"]
    assert (failed["bureau"], failed["code"]) == ("510104", "fleet-bad-value")
    assert "十几个" in failed["why"]


def test_lines_that_a_bureau_added_are_said(root: Path):
    path = fill(root, "510104", {})
    fill(root, "510105", {"执法人员数": 20})
    book = openpyxl.load_workbook(path)
    book["单位情况"].append(["食堂面积", 300])
    book.save(path)
    assert "食堂面积 300" in notes_of(rollup(root), "return-line-unused")[0]


def test_returns_alone_are_a_fleet(root: Path, tmp_path: Path):
    for code in ("510104", "510105"):
        fill(root, code, {"执法人员数": 20})
    result = rollup(root / "ledgers", "--standard", "enforcement-2020", "--as-of", "2023-12-31")
    assert result["failed"] == []
    assert [(one["code"], one["level"], one["staff"]) for one in result["by_bureau"]] == [
        ("510104", "county", 20), ("510105", "city", 20),
    ]  # fmt: skip


def test_what_has_been_sent_out_is_never_written_over(root: Path):
    fill(root, "510104", {})
    before = {path.name: path.read_bytes() for path in (root / "out").iterdir()}
    (root / "out" / "510105-510105局.xlsx").unlink()
    with pytest.raises(InputError) as error:
        call("rollup", root, "--blank", root / "out")
    assert [one.code for one in error.value.problems] == ["blank-exists"]
    assert [path.name for path in (root / "out").iterdir()] == ["510104-510104局.xlsx"]
    call("rollup", root, "--blank", root / "new")
    assert {path.name: path.read_bytes() for path in (root / "new").iterdir()} == before


def test_without_a_table_nobody_knows_whom_to_send_to(tmp_path: Path):
    with pytest.raises(InputError) as error:
        call("rollup", tmp_path, "--blank", tmp_path / "out")
    assert [one.code for one in error.value.problems] == ["blank-needs-bureaus"]
    assert not (tmp_path / "out").exists()


def test_names_that_no_system_takes_are_mended(tmp_path: Path):
    made = fleet(tmp_path, [bureau("1", 机构名称="../甲/乙:局"), bureau("2", 机构名称="")])
    call("rollup", made, "--blank", made / "out")
    assert sorted(path.name for path in (made / "out").iterdir()) == ["1-.._甲_乙_局.xlsx", "2.xlsx"]


def test_the_code_at_the_head_of_a_name():
    known = frozenset({"51", "5101", "51-01"})
    assert code_in("51", known) == "51"
    assert code_in("5101-某局", known) == "5101"
    assert code_in("51-01-某局", known) == "51-01"
    assert code_in("510199-某局", known) is None
    assert code_in("某局", known) is None


def test_where_no_bureau_is_assessed_nothing_is_said_to_be_well(tmp_path, capsys):
    from equipcheck.cli import run
    from tests.conftest import ROOT

    blank = tmp_path / "blank"
    assert run(["rollup", str(ROOT / "inventories" / "sample-fleet"), "--blank", str(blank)]) == 0
    capsys.readouterr()
    run(["rollup", str(blank), "--as-of", "2023-12-31"])
    shown = capsys.readouterr().out
    assert "下一步：一个单位也没有计入" in shown
    assert "均无缺口" not in shown


def test_a_filled_workbook_beside_the_bureaus_export_is_one_too_many(root: Path):
    """Both are asked for at times; counted together, everything would be there twice."""
    fill(root, "510104", {})
    write_csv(root / "ledgers" / "510104.csv", HEAD, [("A1", "执法记录仪", 3, "在用", "2020-05-01", "")])
    failed = {one["bureau"]: one for one in rollup(root)["failed"]}
    assert failed["510104"]["code"] == "return-twice"
    assert "510104.csv" in failed["510104"]["why"]
    assert ".xlsx" in failed["510104"]["why"]


def test_a_filled_workbook_beside_its_rows_in_a_common_export_is_one_too_many(root: Path):
    fill(root, "510104", {})
    rows = [("510104", "A1", "执法记录仪", 3, "在用", "2020-05-01", "")]
    write_csv(root / "ledgers" / "全市.csv", ("单位代码", *HEAD), rows)
    failed = {one["bureau"]: one for one in rollup(root)["failed"]}
    assert failed["510104"]["code"] == "return-twice"
    assert "全市.csv" in failed["510104"]["why"]


def test_an_unfilled_ledger_page_beside_an_export_is_as_it_should_be(root: Path):
    fill(root, "510104", {"执法人员数": 15}, assets=())
    write_csv(root / "ledgers" / "510104.csv", HEAD, [("A1", "执法记录仪", 3, "在用", "2020-05-01", "")])
    result = rollup(root)
    assert facts_of(result, "510104")["staff"] == 15
    assert "510104" not in {one["bureau"] for one in result["failed"]}


@pytest.mark.parametrize("filled", [True, False])
def test_a_page_that_the_bureau_added_is_of_its_ledger(root: Path, *, filled: bool):
    path = fill(root, "510104", {}, assets=ASSETS if filled else ())
    book = openpyxl.load_workbook(path)
    page = book.create_sheet("续表")
    for row in (("资产编号", "资产名称", "数量"), ("B1", "声级计", 3)):
        page.append(row)
    book.create_sheet("Sheet1")
    book.save(path)
    result = rollup(root)
    assert "510104" not in {one["bureau"] for one in result["failed"]}
    assert result["accounting"]["units"]["read"] == 3 + (6 if filled else 0)


def test_copies_of_a_ledger_are_read_once_and_several_ledgers_are_said(tmp_path: Path):
    one = fleet(tmp_path / "one", [bureau("a"), bureau("b")])
    want = rollup(one)["accounting"]
    (one / "fleet.yaml").write_text(
        (one / "fleet.yaml").read_text("utf-8").replace("ledgers/*.csv", "ledgers/**/*.csv"), "utf-8"
    )
    (one / "ledgers" / "old").mkdir()
    (one / "ledgers" / "old" / "a.csv").write_bytes((one / "ledgers" / "a.csv").read_bytes())
    result = rollup(one)
    assert result["accounting"] == want
    assert [note["note"] for note in result["notes"] if note["code"] == "fleet-copies"]
    write_csv(one / "ledgers" / "old" / "a.csv", HEAD, [("X1", "声级计", 1, "在用", "2020-05-01", "")])
    result = rollup(one)
    assert result["accounting"]["units"]["read"] == want["units"]["read"] + 1
    (said,) = [note["note"] for note in result["notes"] if note["code"] == "fleet-several-ledgers"]
    assert "old/a.csv" in said
    assert said.startswith("1 ")


def test_what_differs_is_said_in_the_words_of_the_form(root: Path):
    fill(root, "510105", {"级别": "县级", "执法人员数": 9})
    (said,) = [one for one in notes_of(rollup(root), "return-facts-differ") if "级别" in one]
    assert "县级" in said
    assert "市级" in said
    assert "county" not in said


def test_a_long_name_fits_a_file_name(tmp_path: Path):
    made = fleet(tmp_path / "f", [bureau("510104", 机构名称="很长的名字" * 30)])
    call("rollup", made, "--blank", made / "out")
    (sent,) = (made / "out").iterdir()
    assert sent.name.startswith("510104-很长的名字")
    assert len(sent.name.encode()) <= 255


def test_a_supplement_beside_a_return_is_no_second_ledger(root: Path):
    fill(root, "510104", {})
    rows = [("510104", "B1", "声级计", 3, "在用", "2020-05-01", "")]
    write_csv(root / "补充.csv", ("单位代码", *HEAD), rows)
    path = root / "fleet.yaml"
    path.write_text(path.read_text("utf-8") + "  - {path: 补充.csv, as: supplement}\n", "utf-8")
    assert "510104" not in {one["bureau"] for one in rollup(root)["failed"]}
