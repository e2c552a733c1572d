"""What must not run together in sums: required and optional, own and served, waived, beyond the quota, parts."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from equipcheck.report import rollup_headline, rollup_terminal
from tests.fleet import made
from tests.fleet.made import call, rollup
from tests.fleet.test_offers import any_row, little, row, whole, write


@pytest.mark.parametrize("seed", range(6))
def test_each_line_adds_up_and_tables_of_what_is_required_hold_nothing_else(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    levels = ("市级", "县级", "县级", "市级")
    bureaus = [
        {"机构代码": f"b{at}", "级别": level, "人员数": 4 * at + 4, "执法中队数": 1}
        for at, level in enumerate(levels)
    ]
    ledgers = {str(one["机构代码"]): [any_row(chance, at) for at in range(6)] for one in bureaus}
    found = write(tmp_path / "f", bureaus, ledgers)
    rows = found.findings.to_dicts()
    for line in found.requirements:
        for tally in line.tallies:
            mine = [
                one
                for one in rows
                if (one["requirement"], one["obligation"]) == (line.requirement, tally.obligation)
            ]
            assert (tally.required, tally.gap) == (
                sum(r["required"] for r in mine),
                sum(r["gap"] for r in mine),
            )
            assert tally.required == tally.counted + tally.helped + tally.gap
            assert tally.bureaus_short == sum(r["gap"] > 0 for r in mine)
        assert line.gap == sum(one.gap for one in line.tallies)
        assert line.required_gap == (line.must.gap if line.must else 0)
    gap = sum(one.must.gap for one in found.requirements if one.must)
    assert gap == found.need.gap_units
    text = rollup_terminal.render(found, colour=False, width=200)
    tables = text.split("缺的单位最多的装备")[1].split("\n\n")[0].splitlines()[3:]
    told = {cells[0]: [*map(int, cells[1:3])] for one in tables if len(cells := one.split()) >= 5}
    assert told == {
        one.name: [one.must.required, one.must.counted] for one in found.requirements if one.must and one.must.gap
    }  # fmt: skip
    uav = next(one for one in found.requirements if one.requirement == "uav")
    assert f"无人机（{uav.bureaus_short} 个单位）" not in rollup_headline.answer(found) or (
        uav.must and uav.must.bureaus_short == uav.bureaus_short
    )


def test_what_serves_stands_apart_and_fills_no_more_than_is_open(tmp_path: Path):
    serves = "services: [{requirement: uav, quantity: 1, how: pool, by: 省级平台}]\n"
    root = made.fleet(tmp_path / "f", [made.bureau("a"), made.bureau("b")], more=serves, rows=0)
    made.write_csv(root / "ledgers" / "a.csv", made.HEAD, [("N1", "无人机", 9, "在用", "2020-05-01", "")])
    made.write_csv(root / "ledgers" / "b.csv", made.HEAD, [("N1", "办公桌", 1, "在用", "2020-05-01", "")])
    whole_ = rollup(root)
    (line,) = [one for one in whole_["by_requirement"] if one["requirement"] == "uav"]
    assert line["serviced"] == 2
    assert line["helped"] == 1
    assert line["required"] == line["counted"] + line["helped"] + line["gap"]
    for form in ("csv", "html", "terminal"):
        assert call("rollup", root, "--no-cache", "-f", form, "-o", tmp_path / f"o.{form}") == ""
    assert "服务等抵充" in (tmp_path / "o.html").read_text("utf-8")


def project(folder: Path, code: str, rows: list[tuple[object, ...]], facts: str, more: str = "") -> Path:
    folder.mkdir(parents=True)
    made.write_csv(folder / "台账.csv", made.HEAD, rows)
    text = f"bureau: {{name: {code}局, code: {code}, level: county, {facts}}}\nstandard: enforcement-2020\n"
    (folder / "equipcheck.yaml").write_text(
        f"{text}as_of: 2023-12-31\nledgers: [台账.csv]\n{more}", encoding="utf-8"
    )
    return folder


def test_a_waiver_is_seen_and_stands_in_no_cost(tmp_path: Path):
    rows = made.ledger("w")
    facts = "staff: 12, vehicles: 2"
    plain = project(tmp_path / "without" / "a", "a", rows, facts)
    before = rollup(plain.parent)
    line = next(one for one in before["by_requirement"] if one["required_gap"] and one["gap_cost"])
    gap, lost = line["gap"], line["gap_cost"]
    waiver = f"waivers: [{{requirement: {line['requirement']}, reason: 另有安排, until: 2025-12-31}}]\n"
    project(tmp_path / "with" / "a", "a", rows, facts, waiver)
    after = rollup(tmp_path / "with")
    assert after["gap_units"] == before["gap_units"]
    assert after["waived_units"] == gap
    assert after["gap_cost"] == pytest.approx(before["gap_cost"] - lost)
    text = call("rollup", tmp_path / "with", "--no-cache")
    assert f"{gap} 件有情况说明，不在其内" in text
    assert f"{gap} 件缺口有情况说明" in "".join(after["by_bureau"][0]["because"])


@pytest.mark.parametrize("quota", [None, 0, 1, 2, 4])
def test_the_quota_holds_back_what_the_plan_holds_back(tmp_path: Path, quota: int | None):
    stated = "" if quota is None else f", vehicle_quota: {quota}"
    rows = [("N1", "执法执勤用车", 1, "损坏", "2020-05-01", ""), ("N2", "执法执勤用车", 1, "已报废", "", "")]
    folder = project(tmp_path / "p" / "a", "a", rows, f"staff: 40, vehicles: 1{stated}")
    planned = json.loads(call("plan", folder, "-f", "json"))
    held = [one for one in planned["unfunded"] if one["reason"] == "quota"]
    whole_ = rollup(folder.parent)
    assert whole_["quota_units"] == sum(one["quantity"] for one in held)
    assert whole_["quota_units"] > 0
    assert [one["quantity"] for one in whole_["transfers_summary"]["held_back"]] == [whole_["quota_units"]]


def test_what_share_of_instruments_has_no_date_is_of_those_that_may_be_used(tmp_path: Path):
    more = [row(8, "声级计", 4, until="2022-01-01"), row(9, "声级计", 2)]
    rows = [one for one in whole(*more) if one.cells[0] != "N1"]
    found = little(tmp_path, {"a": rows})
    (said,) = [one for one in found.bureaus[0].because if "有效期" in one]
    assert said == "可用的计量器具中 100%（2 件）没有登记有效期"
    (line,) = [one for one in found.requirements if one.requirement == "sound"]
    assert line.unknown == 1
    assert "没有登记有效期的：声级计1台" in rollup_terminal.render(found, colour=False, width=200)


def test_parts_that_a_ledger_tells_by_state_are_one_row(tmp_path: Path):
    root = made.fleet(tmp_path / "f", [made.bureau("a"), made.bureau("none")])
    head = ("资产编号", "资产名称", "数量", "在用", "损坏", "闲置")
    rows = [("N1", "执法记录仪", 6, 3, 2, 1), ("N2", "声级计", 2, 2, "", "")]
    made.write_csv(root / "ledgers" / "a.csv", head, rows)
    (root / "ledgers" / "none.csv").unlink()
    made.write_csv(root / "ledgers" / "stranger.csv", head, rows)
    found = rollup(root)
    assert found["accounting"]["rows"]["read"] == 2
    assert found["accounting"]["units"]["read"] == 8
    assert {one["bureau"]: one["rows"] for one in found["failed"]} == {"none": None, "stranger": 2}
    text = call("match", root / "ledgers" / "a.csv")
    assert "合计 2 行" in text
    single = call("report", root / "ledgers" / "a.csv", "--level", "county", "--staff", 12, "-f", "json")
    assert found["accounting"]["rows"] == json.loads(single)["accounting"]["rows"]
