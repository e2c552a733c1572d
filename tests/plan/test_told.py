"""What a plan says of its numbers: why something is bought, what is left out, what may not be bought, what moves."""

from __future__ import annotations

import json

import openpyxl
import pytest
import yaml

from equipcheck.cli import run
from equipcheck.plan.years import plan_years
from tests.plan.made import finding, kind, means, stand

STANDARD = """format: 1
id: demo
family: demo
title: 示例标准
document: 示环〔2021〕3号
effective: "2020"
requirements:
  - {{id: sound, name: 声级计, kinds: [sound_level_meter], quantity: 2, unit: 部, source: {{status: official}}}}
  - id: usv
    name: 无人船
    kinds: [usv]
    quantity: 1
    unit: 艘
    service: true
    source: {{status: official, place: 第2行}}
  - {{id: car, name: 执法车辆, kinds: [enforcement_vehicle], quantity: 3, unit: 辆, source: {{status: official}}}}
  - {{id: helmet, name: 安全帽, kinds: [safety_helmet], quantity: 5, unit: 顶, source: {{status: official}}}}
  - {{id: camera, name: 照相机, kinds: [still_camera], quantity: 2, obligation: {camera}, source: {{status: official}}}}
"""
LEDGER = "资产编号,资产名称,数量,检定有效期至\nA1,声级计,1,{first}\nA2,声级计,1,{second}\nA3,执法车辆,1,\n"
PROJECT = """bureau: {{level: county, staff: 9, vehicles: 1{quota}}}
standard: 标准.yaml
as_of: {day}
ledgers: [台账.csv]
services: [{{requirement: usv, quantity: 1, how: pool, by: 合成市局, until: {until}}}]
waivers: [{{requirement: camera, reason: 合成原因, until: {waived}}}]
"""


@pytest.fixture
def made(tmp_path):
    def make(**given):
        told = {
            "first": "2026-08-31", "second": "2026-08-31", "quota": "", "day": "2023-12-31",
            "until": "2024-12-31", "waived": "2024-12-31", "camera": "required",
        } | given  # fmt: skip
        (tmp_path / "标准.yaml").write_text(STANDARD.format(**told), "utf-8")
        (tmp_path / "台账.csv").write_text(LEDGER.format(**told), "utf-8")
        (tmp_path / "equipcheck.yaml").write_text(PROJECT.format(**told), "utf-8")
        return tmp_path

    return make


def text(capsys, *arguments):
    assert run([*map(str, arguments)]) == 0
    return capsys.readouterr().out


def data(capsys, *arguments):
    return json.loads(text(capsys, *arguments, "-f", "json"))


def of(lines, requirement):
    return [line for line in lines if line["requirement"] == requirement]


@pytest.mark.parametrize(("until", "year"), [("2024-12-31", 1), ("2024-06-30", 0)])
def test_what_is_bought_because_a_pool_ran_out_says_so_everywhere(made, capsys, until, year):
    folder = made(until=until)
    path = folder / "p.xlsx"
    done = data(capsys, "plan", folder, "--budget", "50万,50万", "--xlsx", path)
    (line,) = of(done["years"][year]["items"], "usv")
    assert line["action"] == "purchase"
    assert line["after"] == f"统调共享（合成市局，1艘）至 {until} 到期"
    assert line["because"].startswith(line["after"] + "，先商续期")
    said = text(capsys, "plan", folder, "--budget", "50万,50万")
    assert line["after"].replace(" ", "") in "".join(said.split())
    short = data(capsys, "plan", folder, "--budget", "1000,1000")
    (left,) = of(short["unfunded"], "usv")
    assert line["after"] in left["because"]
    book = openpyxl.load_workbook(path, data_only=True)
    asked = [
        str(cell.value)
        for row in book["调剂申请"].iter_rows()
        for cell in row
        if "合成市局" in str(cell.value)
    ]
    assert len(asked) == 1


def test_the_standard_in_use_is_cited_for_what_its_row_allows(made, capsys):
    folder = made(until="2023-06-30")
    done = data(capsys, "report", folder)
    (row,) = of(done["findings"], "usv")
    (service,) = [step for step in row["actions"] if step["action"] == "service"]
    assert "示环〔2021〕3号，第2行" in service["because"]
    assert "2024年版" not in json.dumps(data(capsys, "plan", folder), ensure_ascii=False)


@pytest.mark.parametrize(("quota", "beyond"), [("", 2), (", vehicle_quota: 2", 1), (", vehicle_quota: 9", 0)])
def test_what_may_not_be_bought_is_in_no_sum_and_is_said(made, capsys, quota, beyond):
    folder = made(quota=quota, until="2023-06-30")
    done = data(capsys, "plan", folder)
    (bought,) = [one for one in done["then"] if one["what"] == "purchase"]
    items = [item for item in done["years"][0]["items"] if item["action"] == "purchase"]
    assert bought["units"] == sum(item["quantity"] for item in items)
    assert bought["cost"] == sum(item["cost"] for item in items)
    told = [one["units"] for one in done["then"] if one["what"] == "quota"]
    assert told == ([beyond] if beyond else [])
    report = data(capsys, "report", folder)
    (car,) = of(report["findings"], "car")
    assert [(one["quantity"], one["blocked"]) for one in car["actions"]] == [
        (units, why) for units, why in ((2 - beyond, ""), (beyond, "quota")) if units
    ]
    (helmet,) = of(report["findings"], "helmet")
    assert {one["blocked"] for one in helmet["actions"]} == {"unrecorded"}
    # The sum of what the report proposes, what the plan of the same day spends, and what is kept for next year.
    waived = {"camera"}
    proposed = sum(
        one["cost"]
        for row in report["findings"]
        for one in row["actions"]
        if one["role"] == "gap" and not one["blocked"] and row["requirement"] not in waived
    )
    assert proposed == done["years"][0]["spent"] > 0
    text(capsys, "history", "record", folder)
    (kept,) = (yaml.safe_load(path.read_text("utf-8")) for path in (folder / "history").iterdir())
    assert sum(row["planned"] for row in kept["findings"] if row["requirement"] not in waived) == proposed
    page = folder / "p.html"
    text(capsys, "report", folder, "-o", page)
    assert ("执法车辆先核编制，不在此数内" in page.read_text("utf-8")) == bool(beyond)


def test_a_waiver_is_said_to_keep_its_row_out_only_as_long_as_it_does(made, capsys):
    two = data(capsys, "plan", made(), "--budget", "50万,50万")
    assert of(two["years"][1]["items"], "camera")
    assert any("2025年起列入" in one for one in two["warnings"])
    one = data(capsys, "plan", made())
    assert any("未列入计划" in said for said in one["warnings"])
    # It ends before the first year begins: the row is planned in it.
    early = data(capsys, "plan", made(day="2023-06-30", waived="2023-07-31"))
    assert [item["quantity"] for item in of(early["years"][0]["items"], "camera")] == [2]
    assert not any("未列入计划" in said for said in early["warnings"])


def test_the_gap_of_a_year_s_beginning_says_what_it_leaves_out(made, capsys):
    folder = made()
    (year,) = data(capsys, "plan", folder)["years"]
    assert (year["gap_units"], year["unlisted_units"], year["waived_units"]) == (2, 5, 2)
    said = text(capsys, "plan", folder)
    assert "年初缺口 2 件（另有台账一般不含、先补充清单的 5 件，有情况说明、不列入的 2 件）" in said


def test_a_year_that_is_left_out_passes_before_the_plan_begins(made, capsys):
    folder = made(first="2024-05-31")
    done = data(capsys, "plan", folder, "--from", "2025")
    (year,) = done["years"]
    assert year["from_day"] == "2024-12-31"
    assert year["coverage_before"]["by_quantity"] == pytest.approx(2 / 8)
    (line,) = of(year["items"], "sound")
    assert (line["role"], line["because"][:9]) == ("gap", "检定（校准）有效期")
    assert all(
        one["month"] is None or one["month"] >= "2025-01-01" for one in done["checkups"] if one["year"]
    )
    assert any("2023-12-31 至 2024-12-31 不在计划内" in one for one in done["warnings"])


def test_what_ends_on_the_day_itself_is_sent_at_once(made, capsys):
    done = data(capsys, "plan", made(first="2023-12-31"))
    (line,) = of(done["years"][0]["items"], "sound")
    assert "立即送检" in line["because"]
    assert [one["month"] for one in of(done["checkups"], "sound")] == [None]


def test_a_bought_instrument_is_due_when_its_certificate_ends_not_in_january(made, capsys):
    folder = made(second="2022-01-01")
    (folder / "台账.csv").write_text("资产编号,资产名称,数量\nA3,执法车辆,1\n", "utf-8")
    done = data(capsys, "plan", folder, "--budget", "90万,90万")
    months = [one["month"] for one in of(done["checkups"], "sound") if one["year"] == 2025]
    assert months == ["2025-10-01"]  # accepted on 30 November, verified for twelve months


def test_a_sum_of_nothing_but_unpriced_lines_is_no_zero(made, capsys):
    folder = made(first="2023-05-31")
    path = folder / "p.xlsx"
    text(capsys, "plan", folder, "--xlsx", path)
    rows = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(path, data_only=True)["送检计划"].iter_rows()
    ]
    (total,) = [row for row in rows if "合计" in row]
    assert total[7] == "待询价"
    assert total[5] == 1


def test_the_next_step_counts_no_more_than_is_missing(made, capsys):
    folder = made(first="2023-05-31", second="2023-05-31")
    ledger = folder / "台账.csv"
    ledger.write_text(ledger.read_text("utf-8") + "A4,声级计,3,2023-05-31\n", "utf-8")
    assert "2 台检定过期的仪器送检后即可计入" in text(capsys, "report", folder)


def test_optional_rows_are_not_spoken_of_where_only_required_ones_are_planned(made, capsys):
    folder = made(camera="optional")
    assert not any("照相机" in one for one in data(capsys, "plan", folder)["warnings"])
    assert any("照相机" in one for one in data(capsys, "plan", folder, "--with-optional")["warnings"])


def test_two_ways_that_differ_only_in_years_are_not_called_the_same(made, capsys):
    folder = made()
    (folder / "prices.csv").write_text("种类,单价\n无人船,6000\n照相机,5000\n", "utf-8")
    config = folder / "equipcheck.yaml"
    config.write_text(config.read_text("utf-8") + "prices: prices.csv\n", "utf-8")
    seen = set()
    for budget in ("6000,10000", "5000,6000", "10000,6000", "11000,5000"):
        done = {
            by: data(capsys, "plan", folder, "--budget", budget, "--by", by) for by in ("priority", "value")
        }
        placed = {
            by: {
                (year["year"], item["requirement"], item["quantity"])
                for year in one["years"]
                for item in year["items"]
            }
            for by, one in done.items()
        }
        same = placed["priority"] == placed["value"]
        seen.add(same)
        for by in done:
            assert bool(done[by]["comparison"]["moved"]) != same
            said = text(capsys, "plan", folder, "--budget", budget, "--by", by)
            assert ("两种办法安排相同" in said) == same
    assert seen


def test_a_tenth_more_says_what_would_give_way():
    """Money that reaches for the dearer of two takes units off the other."""
    from decimal import Decimal

    ways = means(kind("a", price=10_500), kind("b", price=2000))
    start = stand(ways, finding("a", required=1), finding("b", required=9))
    found = []
    for money in range(10_000, 19_000, 500):
        for by in ("priority", "value"):
            (year,) = plan_years([start], [Decimal(money)], ways, by=by).years
            (later,) = plan_years([start], [Decimal(money) * Decimal("1.1")], ways, by=by).years
            now, then = ({one.requirement: one.quantity for one in each.items} for each in (year, later))
            change = {name: then.get(name, 0) - now.get(name, 0) for name in "ab"}
            told = {one.requirement: one.quantity for one in year.next_tenth}
            told |= {one.requirement: -one.quantity for one in year.next_tenth_less}
            assert told == {name: units for name, units in change.items() if units}
            found += [by for units in change.values() if units < 0]
    assert found, "some budget must show it"
