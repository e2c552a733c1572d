"""Rules of law and money on their edges, outside assessing: precedence, ties, last days, twice the slack."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.cli import run
from equipcheck.ledger.words.certificates import end_of_cycle, read_certificate, read_cycle
from equipcheck.match.engine import judge_all
from equipcheck.match.judge import Row, Thresholds
from equipcheck.match.lexicon import load_lexicon
from equipcheck.plan.coverage import coverage
from equipcheck.plan.ladder import ladder
from equipcheck.problems import InputError
from equipcheck.section.drafts.check import check_draft
from equipcheck.section.drafts.reading.plain import from_text
from equipcheck.standard.diff import diff
from equipcheck.standard.load import load_standard
from tests.ledger.tables import column, csv_file, read
from tests.plan.made import asset, finding, kind, means, quote
from tests.section import reports

CATALOGUE = load_catalogue()

# -- plan ----------------------------------------------------------------------------------------------------------


def test_no_more_units_are_sent_for_verification_than_the_row_needs():
    ways = means(kind("a", metrology={"mode": "verify", "fee": 450}))
    rows = [asset("t#2", units=2, flags=("verification_unknown",)), asset("t#3", flags=("verification_due",))]
    for required, serviced, needed in ((3, 0, 3), (3, 1, 2), (3, 2, 1), (3, 3, 0)):
        one = finding(
            required=required, serviced=serviced, counted=3, unknown=3, assets=rows, status="unverified"
        )
        assert sum(step.quantity for step in ladder(one, ways)) == needed


@pytest.mark.parametrize(
    ("service", "pool", "chosen"),
    [
        ("3000", "3000", "pool"),
        ("2999", "3000", "service"),
        ("3000", "2999", "pool"),
        ("9000", "9000", "purchase"),
    ],
)
def test_of_one_price_the_pool_comes_before_a_service_and_neither_before_an_equal_purchase(
    service, pool, chosen
):
    ways = means(kind("a", price=9000), quotes=(quote("a", service, "service"), quote("a", pool, "pool")))
    assert [step.action for step in ladder(finding(service_allowed=True), ways) if step.role == "gap"] == [
        chosen
    ]


def test_services_fill_a_row_in_a_plans_coverage_too():
    rows = [finding("a", required=4, counted=1, serviced=2), finding("b", required=1)]
    found = coverage(rows, {"a": 0})
    assert found.by_quantity == 3 / 5
    assert coverage(rows, {"a": 1}).by_quantity == 4 / 5
    assert coverage(rows, {"a": 9}).by_quantity == 4 / 5, "a row holds no more than it asks for"
    assert [coverage(rows, {"a": n}).met for n in (0, 1)] == [0, 1]


PROJECT = """bureau: {level: county, staff: 3, vehicles: 1}
standard: s.yaml
as_of: 2023-12-31
ledgers: [台账.csv]
services: [{requirement: uav, quantity: 1, how: pool, until: %s}]
waivers: [{requirement: odor, reason: 理由, until: %s}]
"""
STANDARD = """format: 1
id: demo
family: demo
title: 示例
effective: "2020"
requirements:
  - {id: sound, name: 声级计, kinds: [sound_level_meter], quantity: 1, source: {status: official}}
  - {id: uav, name: 无人机, kinds: [uav], quantity: 1, source: {status: official}}
  - {id: odor, name: 恶臭监测仪, kinds: [odor_detector], quantity: 1, source: {status: official}}
  - {id: old, name: 装备, kinds: [laptop], quantity: 1, source: {status: official}}
"""


@pytest.mark.parametrize(
    ("day", "ends"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_what_ends_after_the_day_and_up_to_the_last_day_of_the_plan_is_told(tmp_path, capsys, day, ends):
    (tmp_path / "s.yaml").write_text(STANDARD, "utf-8")
    (tmp_path / "equipcheck.yaml").write_text(PROJECT % (day, day), "utf-8")
    acquired = dt.date.fromisoformat(day)
    lasting = CATALOGUE.kinds["laptop"]
    bought = acquired.replace(year=acquired.year - (lasting.life_years or 0))
    text = f"资产名称,数量,检定有效期至,取得日期\n声级计,1,{day},\n{lasting.name},1,,{bought}\n"
    (tmp_path / "台账.csv").write_text(text, "utf-8")
    assert run(["plan", str(tmp_path), "-f", "json"]) == 0
    told = {one["what"] for one in json.loads(capsys.readouterr().out)["dues"] if one["on"] == day}
    # A contract, waiver or certificate that ends on the as-of day itself is still in force on it.
    ending = {"service", "waiver", "verification"} if ends or day == "2023-12-31" else set()
    assert told == ending | ({"life"} if ends else set())


# -- ledgers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "in_months", "months"),
    [("5", False, 60), ("6", False, 6), ("7", False, 7), ("5", True, 5), ("6", True, 6), ("6年", False, 72),
     ("5个月", False, 5), ("6个月", False, 6), ("六", False, 6), ("五", False, 60)],
)  # fmt: skip
def test_a_bare_term_below_six_is_years_and_from_six_on_months(term, in_months, months):
    assert read_cycle(term, in_months=in_months) == months


def test_a_cycle_ends_on_the_day_before():
    assert end_of_cycle(dt.date(2023, 3, 1), 12) == dt.date(2024, 2, 29)
    assert end_of_cycle(dt.date(2023, 8, 31), 6) == dt.date(2024, 2, 28)


SOURCES = ["检定有效期至", "检定证书", "备注", "检定周期（月）"]
CELLS = {
    "检定有效期至": "2024-01-01",
    "检定证书": "有效期至2024-02-02",
    "备注": "检定证书有效期至2024-03-03",
    "检定周期（月）": "6",
}
UNTIL = [dt.date(2024, 1, 1), dt.date(2024, 2, 2), dt.date(2024, 3, 3), dt.date(2023, 12, 9)]


@pytest.mark.parametrize("strongest", range(4))
def test_a_weaker_source_never_overwrites_a_stronger_date(tmp_path: Path, strongest):
    """A date column before a certificate's text, before a remark, before a cycle."""
    cells = [CELLS[name] if at >= strongest else "" for at, name in enumerate(SOURCES)]
    text = f"资产名称,数量,检定日期,{','.join(SOURCES)}\n声级计,1,2023-06-10,{','.join(cells)}\n"
    assert column(read(csv_file(tmp_path, text)), "valid_until") == [UNTIL[strongest]]


def test_a_certificates_text_is_read_for_both_days():
    assert read_certificate("检定日期2023-05-01，有效期至2024-04-30") == (
        dt.date(2023, 5, 1),
        dt.date(2024, 4, 30),
    )


# -- matching ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "step"), [("声级计", "0.001"), ("便携式声级计", "0.001"), ("防爆声级计", "0.001")]
)
def test_a_name_is_decided_from_the_score_on_and_asked_about_below_it(name, step):
    lexicon = load_lexicon(CATALOGUE)
    (verdict,) = judge_all([Row(name)], lexicon)
    for bar, decision in (
        (Decimal(str(verdict.score)), "auto"),
        (Decimal(str(verdict.score)) + Decimal(step), "review"),
    ):
        (found,) = judge_all([Row(name)], lexicon, Thresholds(auto=float(bar)))
        assert found.decision == decision
        assert (found.kind is None) == (decision == "review")


# -- drafts --------------------------------------------------------------------------------------------------------


def told(text: str, one) -> list[str]:
    return [claim.verdict for claim in check_draft(from_text(text), reports.report([one]), CATALOGUE).claims]


@pytest.mark.parametrize(
    ("held", "verdict"),
    [(8, "contradicts"), (9, "agrees"), (10, "agrees"), (11, "agrees"), (12, "contradicts")],
)
def test_about_ten_is_within_a_tenth(held, verdict):
    one = reports.finding("body-camera", "执法记录仪", ["body_camera"], 20, held)
    assert told("现有执法记录仪约10台。", one) == [verdict]


@pytest.mark.parametrize(
    ("reason", "held"), [("gone", 1), ("duplicate", 1), ("after_as_of", 1), ("broken", 3)]
)
def test_what_is_disposed_of_is_held_in_no_number(reason, held):
    kinds = ["vehicle_exhaust_analyzer", "opacimeter"]
    uses = [reports.asset("opacimeter", counted=1), reports.asset("opacimeter", out=2, excluded=reason)]
    one = reports.finding("mobile-source", "移动源执法监测设备", kinds, 2, 1, assets=uses)
    for number in (1, 2, 3):
        verdict = told(f"现有透射式烟度计{number}台。", one)
        assert verdict == ["agrees" if number in (1, held) else "contradicts"]


# -- standards -----------------------------------------------------------------------------------------------------

BASE = """id: national
family: demo
title: 上位标准（虚构）
columns:
  - {id: city, label: 市级, when: {level: city}}
  - {id: county, label: 县级, when: {level: county}}
requirements:
  - id: uav
    name: 无人机
    kinds: [uav]
    when: {vehicles: {min: 2}}
    quantity: {city: 2, county: 1}
    obligation: {city: required, county: optional}
    source: {place: 表1 第2行, status: official}
"""


def layered(folder, row):
    (folder / "national.yaml").write_text(BASE, "utf-8")
    head = "id: local\nfamily: demo\ntitle: 地方\nextends: national.yaml\nrequirements:\n"
    text = f"{head}  - {{{row}, source: {{status: reprint}}}}\n"
    (folder / "local.yaml").write_text(text, "utf-8")
    return load_standard("local.yaml", folder, CATALOGUE).standard.requirements[0]


def test_a_local_row_keeps_the_obligation_and_the_condition_that_it_does_not_name(tmp_path):
    row = layered(tmp_path, "id: uav, quantity: {city: 3}")
    assert row.obligation == {"city": "required", "county": "optional"}
    assert row.when["vehicles"].min == 2
    assert (row.quantity["city"].count, row.quantity["county"].count) == (3, 1)
    row = layered(tmp_path, "id: uav, quantity: {county: 1}, obligation: required")
    assert row.obligation == {"city": "required", "county": "required"}


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("id: uav, quantity: {city: 1}", True),
        ("id: uav, quantity: {city: 2}", False),
        ("id: uav, obligation: {city: optional, county: optional}", True),
        ("id: uav, obligation: {city: required, county: required}", False),
        ("id: uav, when: {vehicles: {min: 3}}", True),
        ("id: uav, when: {vehicles: {min: 2}}", False),
        ("id: uav, when: {vehicles: {min: 3}}, note: 有理由", False),
        ("id: uav, kinds: [uav, usv]", True),
        ("id: uav, service: true", True),
    ],
)
def test_a_local_row_is_no_looser_in_quantity_obligation_condition_kinds_or_service(tmp_path, row, refused):
    if not refused:
        layered(tmp_path, row)
        return
    with pytest.raises(InputError) as caught:
        layered(tmp_path, row)
    assert {one.code for one in caught.value.problems} == {"extends-looser"}


def edition(folder, name, *rows):
    text = f"id: {name}\nfamily: demo\ntitle: 示例\neffective: null\nrequirements:\n"
    text += "".join(f"  - {{{row}, quantity: 1, source: {{status: official}}}}\n" for row in rows)
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    return load_standard(f"{name}.yaml", folder, CATALOGUE).standard


def test_rows_of_two_editions_are_paired_by_all_their_kinds_before_their_first(tmp_path):
    both = "kinds: [opacimeter, vehicle_exhaust_analyzer]"
    old = edition(tmp_path, "old", f"id: a, name: 甲, {both}")
    for turned in (False, True):
        rows = [
            "id: x, name: 丙, kinds: [opacimeter]",
            "id: y, name: 丁, kinds: [vehicle_exhaust_analyzer, opacimeter]",
        ]
        # A row inside another may stand beside it; the two share no column's obligation otherwise.
        found = diff(old, edition(tmp_path, "new", *(reversed(rows) if turned else rows)))
        assert [(one.old.id, one.new.id) for one in found.changed] == [("a", "y")]
        assert [one.id for one in found.added] == ["x"]
    found = diff(
        old, edition(tmp_path, "new", "id: x, name: 丙, kinds: [opacimeter]", "id: z, name: 戊, kinds: [uav]")
    )
    assert [(one.old.id, one.new.id) for one in found.changed] == [("a", "x")], (
        "the first kind, for want of better"
    )
    assert diff(old, edition(tmp_path, "new", "id: z, name: 戊, kinds: [uav]")).changed == ()
