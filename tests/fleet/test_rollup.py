"""`rollup`: every form of input, the sums of singles, and each trouble in one place and said."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import jsonschema
import polars as pl
import pytest

from equipcheck.problems import InputError
from equipcheck.schemas import schema_of
from tests import goldens
from tests.conftest import ROOT
from tests.fleet import made
from tests.fleet.made import bureau, call, rollup

SUMS = ("required", "held", "usable", "counted", "serviced", "gap", "surplus")


def report(project: Path):
    return json.loads(call("report", project, "-f", "json"))


def as_project(folder: Path, code: str, ledger: Path, facts: str, more: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ledger, folder / "台账.csv")
    text = f"bureau: {{name: {code}局, code: '{code}', {facts}}}\nstandard: enforcement-2020\nas_of: 2023-12-31\n"
    (folder / "equipcheck.yaml").write_text(text + "ledgers: [台账.csv]\n" + more, encoding="utf-8")
    return folder


def assert_sum_of(singles, whole):
    """The roll-up says what the singles say, added up to the last unit and 分."""
    for name in ("applicable", "met", "unrecorded", "undecided"):
        assert whole["coverage"][name] == sum(one["coverage"][name] for one in singles), name
        attested = sum(one["coverage"]["attested"][name] for one in singles)
        assert whole["coverage"]["attested"][name] == attested, name
    for what in ("rows", "units"):
        for place, count in whole["accounting"][what].items():
            assert count == sum(one["accounting"][what][place] for one in singles), (what, place)
    by_row = {line["requirement"]: line for line in whole["by_requirement"]}
    for at, finding in enumerate(singles[0]["findings"]):
        line = by_row[finding["requirement"]]
        for name in SUMS:
            assert line[name] == sum((one["findings"][at][name] or 0) for one in singles), (
                line["name"],
                name,
            )
        assert line["bureaus_short"] == sum(one["findings"][at]["gap"] > 0 for one in singles)
    gaps = [one for single in singles for one in single["findings"] if one["obligation"] == "required"]
    assert whole["gap_units"] == sum(one["gap"] for one in gaps)
    planned = [one for one in gaps if not (one["waiver"] and one["waiver"]["in_force"])]
    actions = [step for one in planned for step in one["actions"] if step["role"] == "gap"]
    held = [step for step in actions if "先核编制" in step["because"]]  # none of these bureaus states a quota
    actions = [step for step in actions if step not in held]
    assert whole["quota_units"] == sum(step["quantity"] for step in held)
    assert whole["waived_units"] == sum(one["gap"] for one in gaps if one not in planned)
    cost = sum(step["cost"] for step in actions if step["cost"] is not None)
    assert whole["gap_cost"] == pytest.approx(cost, abs=0.001)
    assert whole["unpriced_units"] == sum(step["quantity"] for step in actions if step["cost"] is None)


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return made.fleet(
        tmp_path / "fleet", [bureau("a"), bureau("b", 人员数=30), bureau("c", 级别="市级", 车辆数="")]
    )


def test_a_fleet_is_the_sum_of_its_singles_whatever_way_it_is_given(three: Path, tmp_path: Path):
    facts = {"a": "level: county, staff: 12, vehicles: 2", "b": "level: county, staff: 30, vehicles: 2",
             "c": "level: city, staff: 12"}  # fmt: skip
    for code, stated in facts.items():
        as_project(tmp_path / "projects" / code, code, three / "ledgers" / f"{code}.csv", stated)
    singles = [report(tmp_path / "projects" / code) for code in facts]
    assert any(one["coverage"]["undecided"] for one in singles)
    rows = [(code, *row) for code in facts for row in made.ledger(code)]
    head = ("单位代码", *made.HEAD)
    export = made.write_csv(tmp_path / "export" / "汇总.csv", head, rows)
    shutil.copy(three / "bureaus.csv", export.parent / "bureaus.csv")
    typed = pl.read_csv(export, infer_schema=False).with_columns(
        pl.col("取得日期").str.to_date(), 数量=pl.col("数量")
    )
    typed.write_parquet(tmp_path / "汇总.parquet")
    typed.write_excel(tmp_path / "汇总.xlsx")
    options = ["--standard", "enforcement-2020", "--as-of", "2023-12-31", "--bureaus", three / "bureaus.csv"]
    for target, called in (
        (three, []),
        (three / "fleet.yaml", []),
        (tmp_path / "projects", []),
        (export, options[:4]),
        (tmp_path / "汇总.parquet", options),
        (tmp_path / "汇总.xlsx", options),
        (three / "ledgers", options),
    ):
        whole = rollup(target, *called)
        jsonschema.validate(whole, schema_of("rollup"))
        assert whole["failed"] == [], target
        assert [one["code"] for one in whole["by_bureau"]] == ["a", "b", "c"]
        assert whole["bureaus"] == 3
        assert_sum_of(singles, whole)
        for single, line in zip(singles, whole["by_bureau"], strict=True):
            assert line["coverage"] == single["coverage"]


def test_an_export_that_carries_the_facts_needs_no_table(three: Path, tmp_path: Path):
    head = ("单位代码", "单位名称", "级别", "执法人员数", "车辆数", *made.HEAD)
    rows = [("a", "甲局", "县级", 12, 2, *row) for row in made.ledger("a")]
    rows += [("b", "乙局", "县级", at % 2, 2, *row) for at, row in enumerate(made.ledger("b"))]
    export = made.write_csv(tmp_path / "e" / "汇总.csv", head, rows)
    whole = rollup(export, "--standard", "enforcement-2020", "--as-of", "2023-12-31")
    (line,) = whole["by_bureau"]
    assert (line["code"], line["name"], line["staff"], line["level"]) == ("a", "甲局", 12, "county")
    ((code, why),) = [(one["code"], one["bureau"]) for one in whole["failed"]]
    assert (code, why) == ("bureau-facts-differ", "b")
    alone = rollup(three)["by_bureau"][0]
    assert line["coverage"] == alone["coverage"]
    assert line["gap_cost"] == alone["gap_cost"]


def test_each_trouble_ends_in_one_place_and_is_said(tmp_path: Path):
    sound = [bureau(code) for code in ("ok", "broken", "none", "odd", "lost")]
    sound[3]["人员数"] = "十几"
    sound[4]["级别"] = "乡级"
    twice = [bureau("twice"), bureau("twice", 人员数=3)]
    circle = [bureau("x", 上级机构代码="y"), bureau("y", 上级机构代码="x")]
    root = made.fleet(tmp_path, [*sound, *twice, *circle])
    (root / "ledgers" / "none.csv").unlink()
    (root / "ledgers" / "broken.csv").write_bytes(b"\x89PNG not a ledger")
    made.write_csv(root / "ledgers" / "stranger.csv", made.HEAD, made.ledger("s", 5))
    whole = rollup(root)
    failed = {one["bureau"]: one["code"] for one in whole["failed"]}
    assert len(failed) == len(whole["failed"])
    assert failed == {
        "broken": "not-a-ledger-file", "none": "bureau-without-ledger", "odd": "fleet-bad-value",
        "lost": "fleet-bad-value", "twice": "bureau-twice", "stranger": "ledger-without-bureau",
    }  # fmt: skip
    assert [one["code"] for one in whole["by_bureau"]] == ["ok", "x", "y"]
    assert whole["not_reported"] == ["none"]
    assert [one["code"] for one in whole["notes"]] == ["parent-circle"]
    assert all(one["why"] for one in whole["failed"])
    outside = whole["accounting"]["not_assessed"]
    assert outside["bureaus"] == 6
    assert outside["rows"] == sum(one["rows"] or 0 for one in whole["failed"]) == 12 * 3 + 5
    assert whole["accounting"]["rows"]["read"] == 12 * 3
    assert rollup(root, "--strict", code=1)["bureaus"] == 3
    text = call("rollup", root, "--no-cache")
    assert "没有计入的 6 个" in text
    assert "未报送" in text


def test_codes_in_an_export_that_no_bureau_has_are_named_with_their_rows(tmp_path: Path):
    rows = [("a", *row) for row in made.ledger("a", 6)]
    rows += [("zz", *row) for row in made.ledger("z", 3)] + [("", *row) for row in made.ledger("y", 2)]
    export = made.write_csv(tmp_path / "e.csv", ("单位代码", *made.HEAD), rows)
    made.write_csv(
        tmp_path / "机构表.csv", ("机构代码", "级别", "人员数"), [("a", "县级", 9), ("b", "县级", 9)]
    )
    whole = rollup(export, "--standard", "enforcement-2020", "--as-of", "2023-12-31")
    assert {one["bureau"]: (one["code"], one["rows"]) for one in whole["failed"]} == {
        "": ("rows-without-code", 2), "b": ("bureau-without-ledger", None), "zz": ("rows-without-bureau", 3),
    }  # fmt: skip
    assert whole["accounting"]["rows"]["read"] == 6


def test_a_bureaus_own_ledger_may_carry_a_unit_code_of_its_asset_system(tmp_path: Path):
    root = made.fleet(tmp_path, [bureau("a"), bureau("b")])
    made.write_csv(
        root / "ledgers" / "a.csv", ("单位编码", *made.HEAD), [("002001", *row) for row in made.ledger("a")]
    )
    whole = rollup(root)
    assert whole["failed"] == []
    assert [one["code"] for one in whole["by_bureau"]] == ["a", "b"]
    assert whole["accounting"]["rows"]["read"] == 24


def test_editions_and_days_may_differ_and_no_sum_hides_it(tmp_path: Path):
    bureaus = [bureau("a"), bureau("b", 标准="enforcement-2024", 截至日期="2024-12-31"),
               bureau("c", 标准="office-central-2016", 编制内实有人数=12)]  # fmt: skip
    whole = rollup(made.fleet(tmp_path, bureaus))
    assert whole["failed"] == []
    assert {one["id"]: one["bureaus"] for one in whole["editions"]} == {
        "enforcement-2020": 1, "enforcement-2024": 1, "office-central-2016": 1,
    }  # fmt: skip
    assert whole["as_of"] is None
    assert whole["dates"] == {"2023-12-31": 2, "2024-12-31": 1}
    assert {"fleet-many-editions", "fleet-many-dates"} <= {one["code"] for one in whole["notes"]}
    for line in whole["by_requirement"]:
        assert line["bureaus"] <= 1, "rows of different editions are never added up"
    assert sum(one["coverage"]["applicable"] for one in whole["editions"]) == whole["coverage"]["applicable"]


def test_projects_keep_their_own_decisions_services_prices_and_waivers(three: Path, tmp_path: Path):
    (tmp_path / "p").mkdir()
    own = (
        "decisions: [d.yaml]\nprices: prices.csv\n"
        "services: [{requirement: uav, quantity: 1, how: pool, by: 省平台}]\n"
        "waivers: [{requirement: usv, reason: 无通航水域, until: 2025-12-31}]\n"
    )
    facts = "level: county, staff: 12, vehicles: 2"
    first = as_project(tmp_path / "p" / "a", "a", three / "ledgers" / "a.csv", facts, own)
    (first / "d.yaml").write_text("matches: [{name: 便携式检测仪, kind: none}]\n", encoding="utf-8")
    (first / "prices.csv").write_text("种类,单价,年份,来源\n执法记录仪,1234.5,2023,询价\n", encoding="utf-8")
    second = as_project(tmp_path / "p" / "b", "b", three / "ledgers" / "b.csv", facts)
    whole = rollup(tmp_path / "p")
    assert whole["failed"] == []
    assert_sum_of([report(first), report(second)], whole)


def test_projects_that_claim_one_code_are_neither_assessed(three: Path, tmp_path: Path):
    for name in ("一", "二", "三"):
        as_project(
            tmp_path / "p" / name,
            "三" if name == "三" else "a",
            three / "ledgers" / "a.csv",
            "level: county, staff: 9",
        )
    whole = rollup(tmp_path / "p")
    assert [one["code"] for one in whole["by_bureau"]] == ["三"]
    (failed,) = whole["failed"]
    assert (failed["bureau"], failed["code"]) == ("a", "bureau-twice")
    assert "一" in failed["why"]
    assert "二" in failed["why"]


def test_by_parent_adds_up_and_under_holds_all_below(tmp_path: Path):
    tree = {"p": "", "c1": "p", "c2": "p", "d1": "c1", "d2": "c1", "d3": "c2"}
    whole = rollup(made.fleet(tmp_path, [bureau(code, 上级机构代码=above) for code, above in tree.items()]))
    lines = {one["key"]: one for one in whole["by_parent"]}
    assert {key: one["bureaus"] for key, one in lines.items()} == {"p": 2, "c1": 2, "c2": 1, None: 1}
    for name in ("gap_units", "gap_cost"):
        assert sum(one[name] for one in lines.values()) == pytest.approx(whole[name])
    assert lines["p"]["under"]["bureaus"] == 6
    assert lines["p"]["under"]["gap_units"] == whole["gap_units"]
    assert lines["c1"]["under"]["bureaus"] == 3
    assert lines[None]["under"] is None


def test_nothing_to_roll_up_is_an_error_and_one_bureau_is_a_fleet(tmp_path: Path, sample: Path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        call("rollup", tmp_path / "empty")
    whole = rollup(sample)
    single = report(sample)
    assert whole["bureaus"] == 1
    assert whole["coverage"] == single["coverage"]
    assert_sum_of([single], whole)


def test_no_bureau_left_is_said_and_has_no_sums(tmp_path: Path):
    root = made.fleet(tmp_path, [bureau("a")])
    (root / "ledgers" / "a.csv").write_bytes(b"%PDF")
    whole = rollup(root)
    jsonschema.validate(whole, schema_of("rollup"))
    assert whole["bureaus"] == 0
    assert whole["coverage"]["by_kind"] is None
    assert [one["bureau"] for one in whole["failed"]] == ["a"]


def test_every_form_is_the_same_bytes_twice(three: Path, tmp_path: Path):
    for form in ("csv", "xlsx", "parquet", "json", "terminal"):
        made_ = []
        for turn in ("1", "2"):
            path = tmp_path / f"{turn}.out"
            call("rollup", three, "--no-cache", "-f", form, "-o", path)
            made_.append(path.read_bytes())
        assert made_[0] == made_[1], form
        assert made_[0]


def test_the_terminal_page_says_what_each_number_rests_on(tmp_path: Path):
    """Attested kinds lead; assumed ones stand apart and are never said to be required by the standard."""
    path = tmp_path / "汇总.txt"
    call("rollup", ROOT / "inventories" / "sample-fleet", "--no-cache", "-o", path, "-f", "terminal")
    text = path.read_text("utf-8")
    goldens.check("fleet/rollup.txt", text)
    assert "工作值是估计数" in text
    apart = text.split("缺的单位最多的装备")
    lines = rollup(ROOT / "inventories" / "sample-fleet")["by_requirement"]
    kinds = {one["name"]: one["source"]["kind"] for one in lines}
    for block, kind in zip(apart[1:], ("attested", "assumed"), strict=True):
        table = block.split("\n\n")[0].splitlines()[3:]
        named = {line.split("  ")[0].strip() for line in table} & set(kinds)
        assert named
        assert {kinds[name] for name in named} == {kind}


def test_parquet_holds_every_finding(three: Path, tmp_path: Path):
    call("rollup", three, "--no-cache", "-o", tmp_path / "r.parquet")
    frame = pl.read_parquet(tmp_path / "r.parquet")
    whole = rollup(three)
    assert frame["gap"].sum() == sum(one["gap"] for one in whole["by_requirement"])
    assert frame["bureau"].unique().sort().to_list() == ["a", "b", "c"]


def test_the_sample_fleet_is_what_its_script_makes(tmp_path: Path):
    import runpy

    runpy.run_path(str(ROOT / "inventories" / "make_fleet.py"))["main"](tmp_path)
    sample = ROOT / "inventories" / "sample-fleet"
    files = sorted(path.relative_to(sample) for path in sample.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    for path in files:
        assert (sample / path).read_bytes() == (tmp_path / path).read_bytes(), path


def test_the_books_in_words_name_units_that_share_their_rows(tmp_path):
    """Nine cameras in one row, of which some count and the rest stand over."""
    root = made.fleet(tmp_path / "f", [made.bureau("A")])
    made.write_csv(root / "ledgers" / "A.csv", made.HEAD, [("A1", "数码照相机", 9, "在用", "2020-05-01", "")])
    (line,) = [one for one in made.call("rollup", root, "--no-cache").splitlines() if "收支相符" in one]
    parts = [int(one) for one in re.findall(r"(\d+) 件", line)]
    assert parts[0] == 9
    assert sum(parts[1:]) == 9
