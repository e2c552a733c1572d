"""What may be offered: no giver is left short whatever is asked of its rows, and what moves counts where it goes."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from equipcheck.fleet import rollup as room
from equipcheck.fleet.results import Rollup
from equipcheck.report import rollup_terminal
from tests.fleet import made

HEAD = ("资产编号", "资产名称", "数量", "使用状况", "取得日期", "检定有效期至", "备注", "取得方式")
ROWS = (  # id, name, kinds, obligation, quantity of a city and of a county
    ("cam", "执法记录仪", "body_camera", "required", "{per: staff, every: 2}", "{per: staff, every: 4}"),
    ("sound", "声级计", "sound_level_meter", "required", 2, 1),
    ("still", "照相机", "still_camera", "{city: required, county: optional}", 2, 1),
    ("pictures", "照相摄像设备", "still_camera, video_camera", "required", 1, 2),
    ("vehicle", "执法车辆", "enforcement_vehicle", "required", 3, 2),
    ("uav", "无人机", "uav", "{city: required, county: optional}", 2, 1),
    ("team", "对讲机", "two_way_radio", "required", "{per: teams}", "{per: teams}"),
)
STANDARD = """
format: 1
id: small
family: small
title: 小标准（虚构）
effective: "2020"
columns:
  - {id: city, label: 市级, when: {level: city}}
  - {id: county, label: 县级, when: {level: county}}
requirements:
""" + "".join(
    f"  - {{id: {id_}, name: {name}, kinds: [{kinds}], obligation: {duty}, unit: 台, "
    f"quantity: {{city: {city}, county: {county}}}, source: {{status: official}}}}\n"
    for id_, name, kinds, duty, city, county in ROWS
)
NAMES = ("执法记录仪", "执法记录仪", "声级计", "数码照相机", "数码摄像机", "执法执勤用车", "对讲机", "无人机")
METERED = ("声级计",)


class Doubt(NamedTuple):
    """What a row may say so that nobody knows whether its units can be given away."""

    status: str = "在用"
    remark: str = ""
    how: str = ""
    name: str = "{}"


DOUBTS = (
    Doubt("借入"), Doubt("租入"), Doubt("状况良莠不齐"), Doubt("在用，3台损坏"), Doubt(remark="其中1台已损坏"),
    Doubt(remark="其中1台已调拨给二大队"), Doubt(remark="借用区监测站"), Doubt(remark="向市站借用"),
    Doubt(remark="代管"), Doubt(remark="产权属监测站"), Doubt(remark="监测站寄存"), Doubt(how="租赁"),
    Doubt(how="借入"), Doubt(name="{}（租用）"), Doubt("检定过期"),
)  # fmt: skip


class Row(NamedTuple):
    """A ledger row, and whether anything about it is in doubt."""

    cells: tuple[object, ...]
    doubt: bool


def row(at: int, name: str, units: int, *, status="在用", until="", remark="", how="", doubt=False) -> Row:
    return Row((f"N{at}", name, units, status, "2020-05-01", until, remark, how), doubt)


def any_row(chance: random.Random, at: int) -> Row:
    name, units = chance.choice(NAMES), chance.choice((1, 2, 3, 5, 8))
    until = (
        chance.choice(("", "2022-06-30", "2023-03-31", "2024-06-30", "2030-01-01")) if name in METERED else ""
    )
    if chance.random() < 0.3:
        odd = chance.choice(DOUBTS)
        if odd.status == "检定过期" and not until:
            until = "2030-01-01" if name in METERED else ""
        said = {"status": odd.status, "remark": odd.remark, "how": odd.how}
        return row(at, odd.name.format(name), max(units, 4), until=until, doubt=True, **said)
    sure = name not in METERED or bool(until)
    return row(at, name, units, status=chance.choice(("在用", "闲置")), until=until, doubt=not sure)


Ledgers = dict[str, list[Row]]


def write(root: Path, bureaus: list[dict[str, object]], ledgers: Ledgers) -> Rollup:
    root.mkdir(parents=True)
    (root / "small.yaml").write_text(STANDARD, encoding="utf-8")
    heads = list(dict.fromkeys(head for one in bureaus for head in one))
    made.write_csv(
        root / "bureaus.csv", tuple(heads), [tuple(one.get(h, "") for h in heads) for one in bureaus]
    )
    for code, rows in ledgers.items():
        spare = row(999, "办公桌", 1)
        made.write_csv(root / "ledgers" / f"{code}.csv", HEAD, [one.cells for one in (*rows, spare)])
    text = "standard: small.yaml\nas_of: 2023-12-31\nbureaus: bureaus.csv\nledgers: ledgers/*.csv\n"
    (root / "fleet.yaml").write_text(text, encoding="utf-8")
    found = room.roll_up(root / "fleet.yaml", dt.date(2024, 1, 1))
    assert [one.why for one in found.failed] == []
    return found


def counts(found: Rollup, name: str) -> dict[tuple[str, str], int]:
    rows = found.findings.select("bureau", "requirement", pl.col(name).fill_null(0))
    return {(bureau, row): count for bureau, row, count in rows.iter_rows()}


def moved(ledgers: Ledgers, found: Rollup) -> Ledgers:
    """The ledgers once everything that is proposed has moved."""
    after = {code: list(rows) for code, rows in ledgers.items()}
    for n, line in enumerate(found.transfers.lines):
        for m, asset in enumerate(line.assets):
            at = int(asset.ref.rpartition("#")[2]) - 2
            kept = after[line.giver][at]
            cells = list(kept.cells)
            after[line.taker].append(Row((f"T{n}-{m}", cells[1], asset.units, *cells[3:]), kept.doubt))
            cells[2] -= asset.units
            assert cells[2] >= 0
            after[line.giver][at] = Row(tuple(cells), kept.doubt)
    return after


def worst(ledgers: Ledgers) -> Ledgers:
    """The ledgers, had every question gone against their bureaus."""
    return {code: [one for one in rows if not one.doubt] for code, rows in ledgers.items()}


def nest(requirement: str) -> str:
    """Rows that share a kind: which of them a unit counts for is told by the standard's order."""
    return "pictures" if requirement == "still" else requirement


def by_nest(found: dict[tuple[str, str], int]) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for (bureau, requirement), units in found.items():
        sums[bureau, nest(requirement)] += units
    return sums


@pytest.mark.parametrize("seed", range(24))
def test_nobody_is_left_short_and_what_moves_counts_where_it_goes(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    bureaus = [
        {"机构代码": f"b{at}", "级别": chance.choice(("市级", "县级", "县级")), "上级机构代码": "b0" if at else "",
         "人员数": chance.choice((4, 4, 8, 12, "")), "执法中队数": chance.choice(("", 1)),
         "车辆编制": chance.choice(("", 1, 2, 3, 9)), "截至日期": chance.choice(("2022-12-31", "2023-12-31")),
         "计量": chance.choice(("", "", "严格"))}
        for at in range(4)
    ]  # fmt: skip
    ledgers = {
        one["机构代码"]: [any_row(chance, at) for at in range(chance.choice((0, 4, 9)))] for one in bureaus
    }
    before = write(tmp_path / "before", bureaus, ledgers)
    lines = before.transfers.lines
    later = moved(ledgers, before)
    after = write(tmp_path / "after", bureaus, later)
    came: Counter[tuple[str, str]] = Counter()
    for one in lines:
        came[one.taker, nest(one.requirement)] += one.quantity
        for asset in one.assets:
            given = ledgers[one.giver][int(asset.ref.rpartition("#")[2]) - 2]
            assert not given.doubt or "unsure" in asset.flags, given
    gaps, left = (by_nest(counts(one, "gap")) for one in (before, after))
    for key, gap in gaps.items():
        assert left[key] == gap - came[key], (key, "counts where it goes, and nobody else is short of it")
    least = write(tmp_path / "worst", bureaus, worst(ledgers))
    still = write(tmp_path / "worst-after", bureaus, worst(later))
    needs, has = counts(least, "gap"), counts(still, "gap")
    for one in lines:
        rows = [r for r in least.requirements if one.kind in r.kinds]
        for r in rows:
            assert (needs[one.giver, r.requirement], has[one.giver, r.requirement]) == (0, 0), (
                one,
                r.requirement,
            )
    assert sum(one.quantity for one in lines) == before.transfers.units
    asked = counts(before, "required")
    vehicles = {one["机构代码"]: one["车辆编制"] for one in bureaus}
    for one in bureaus:
        code = one["机构代码"]
        books = sum(r.cells[2] for r in later[code] if "执勤用车" in r.cells[1])
        if came[code, "vehicle"]:
            assert books <= vehicles[code], "within the quota"
        assert asked[code, "vehicle"] > 0


def little(tmp_path: Path, ledgers: Ledgers, **facts: dict[str, object]) -> Rollup:
    base = {"级别": "县级", "人员数": 4, "执法中队数": 0, "车辆编制": 9}
    bureaus = [{"机构代码": code, **base, **facts.get(code, {})} for code in ledgers]
    return write(tmp_path / "f", bureaus, ledgers)


def whole(*more: Row) -> list[Row]:
    """What a county must have, and `more`."""
    names = [("执法记录仪", 1, ""), ("声级计", 1, "2030-01-01"), ("数码照相机", 1, ""), ("数码摄像机", 2, ""),
             ("执法执勤用车", 2, ""), ("无人机", 1, "")]  # fmt: skip
    return [*(row(at, name, units, until=until) for at, (name, units, until) in enumerate(names)), *more]


def without(name: str) -> list[Row]:
    return [one for one in whole() if one.cells[1] != name]


@pytest.mark.parametrize("odd", DOUBTS, ids="|".join)
def test_a_row_that_is_in_question_is_not_offered_and_is_listed(tmp_path: Path, odd: Doubt):
    more = row(
        9, odd.name.format("声级计"), 5, status=odd.status, until="2030-01-01", remark=odd.remark, how=odd.how
    )
    found = little(tmp_path, {"a": whole(more), "b": without("声级计")})
    assert found.transfers.lines == ()
    (held,) = found.transfers.withheld
    assert (held.bureau, held.asset_no, held.quantity, held.why) == ("a", "N9", 5, "state_open")
    (asked,) = found.questions
    assert (asked.bureau, asked.ref, asked.quantity) == ("a", "ledgers/a.csv#8", 5)
    text = rollup_terminal.render(found, colour=False, width=200)
    assert asked.ask in text
    assert "1 行 5 件的状况或归属要问清" in "".join(found.bureaus[0].because)


def test_what_is_kept_in_case_the_rest_cannot_be_used(tmp_path: Path):
    """Six for one: of the three that are sure the bureau keeps its own; the others wait for the answer."""
    rows = [one for one in whole() if one.cells[1] != "执法记录仪"]
    rows += [row(8, "执法记录仪", 3, remark="其中2台已损坏"), row(9, "执法记录仪", 3)]
    found = little(tmp_path, {"a": rows, "b": without("执法记录仪")}, b={"人员数": 40})
    (line,) = found.transfers.lines
    assert [(one.asset_no, one.units) for one in line.assets] == [("N9", 2)]
    assert [(one.asset_no, one.quantity, one.why) for one in found.transfers.withheld] == [
        ("N8", 2, "state_open"),
        ("N9", 1, "kept"),
    ]


def test_a_number_that_stands_twice_with_other_contents_may_be_one_thing(tmp_path: Path):
    rows = [*whole(), row(0, "执法记录仪", 4, status="闲置")]
    found = little(tmp_path, {"a": rows, "b": without("执法记录仪")}, b={"人员数": 40})
    assert found.transfers.lines == ()
    assert [(one.quantity, one.asked) for one in found.transfers.withheld] == [(4, "same-number-differs")]


@pytest.mark.parametrize("until", ["2023-12-31", "2024-03-01", "2030-01-01"])
def test_an_end_of_validity_soon_after_is_said(tmp_path: Path, until: str):
    found = little(tmp_path, {"a": whole(row(9, "声级计", 1, until=until)), "b": without("声级计")})
    ((asset,),) = [one.assets for one in found.transfers.lines]
    assert asset.valid_until == (None if until == "2030-01-01" else dt.date.fromisoformat(until))
    text = rollup_terminal.render(found, colour=False, width=200)
    assert (f"有效期至 {until}" in text) == (until != "2030-01-01")


def test_what_is_over_on_the_takers_day_goes_only_where_it_counts(tmp_path: Path):
    rows = whole(row(9, "声级计", 2, until="2023-05-01"))
    found = little(
        tmp_path, {"a": rows, "b": without("声级计"), "c": without("声级计")},
        a={"截至日期": "2022-12-31"}, c={"截至日期": "2023-01-31"},
    )  # fmt: skip
    assert [(one.taker, one.quantity) for one in found.transfers.lines] == [("c", 1)]
    (held,) = found.transfers.withheld
    assert (held.why, held.valid_until) == ("not_then", dt.date(2023, 5, 1))


@pytest.mark.parametrize("fact", ["人员数", "执法中队数"])
def test_who_does_not_know_its_own_need_gives_nothing_and_is_asked(tmp_path: Path, fact: str):
    name = "执法记录仪" if fact == "人员数" else "对讲机"
    more = row(9, name, 5)
    found = little(
        tmp_path, {"a": whole(more), "b": without(name)}, a={fact: ""}, b={"执法中队数": 2, "人员数": 40}
    )  # fmt: skip
    assert found.transfers.lines == ()
    assert {one.why for one in found.transfers.withheld} == {"need_unknown"}
    said = "执法人员" if fact == "人员数" else "执法中队"
    assert any(said in one for one in found.bureaus[0].because)
    assert said in rollup_terminal.render(found, colour=False, width=200)


@pytest.mark.parametrize(("quota", "moves", "held"), [("", 0, 2), (0, 0, 2), (1, 1, 1), (2, 2, 0), (5, 2, 0)])
def test_vehicles_go_and_are_priced_only_within_the_quota(
    tmp_path: Path, quota: object, moves: int, held: int
):
    none = [one for one in whole() if "用车" not in one.cells[1]]
    found = little(tmp_path, {"a": whole(row(9, "执法执勤用车", 3)), "b": none}, b={"车辆编制": quota})
    assert sum(one.quantity for one in found.transfers.lines) == moves
    (lacking,) = [one for one in found.bureaus if one.code == "b"]
    assert lacking.need.gap_units == 2
    assert lacking.need.quota_units == held
    assert sum(units for action, units, *_ in lacking.need.steps if action == "purchase") == 2 - held
    assert [(one.bureau, one.quantity) for one in found.transfers.held_back] == (
        [("b", held)] if held else []
    )
    assert ("先核编制" in rollup_terminal.render(found, colour=False, width=200)) == bool(held)


def test_what_must_be_there_comes_before_what_may(tmp_path: Path):
    """An optional row of which a bureau has none does not outbid a required one of which another has some."""
    none = [one for one in whole() if one.cells[1] != "无人机"]
    city = [
        *whole(),
        row(7, "数码照相机", 1),
        row(8, "执法执勤用车", 1),
        row(6, "声级计", 1, until="2030-01-01"),
    ]
    found = little(
        tmp_path, {"a": whole(row(9, "无人机", 1)), "b": none, "p": city}, p={"级别": "市级", "人员数": 2}
    )
    assert [(one.taker, one.requirement, one.obligation) for one in found.transfers.lines] == [
        ("p", "uav", "required")
    ]
    assert found.transfers.saves_optional == 0
