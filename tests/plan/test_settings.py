"""Settings: shipped defaults, the project's over them, mistakes with their place; law is data with trust."""

from __future__ import annotations

import pytest

from equipcheck.plan.laws import laws
from equipcheck.plan.settings import read_settings
from equipcheck.problems import InputError
from equipcheck.project.project import open_project


def project(tmp_path, plan: str):
    (tmp_path / "台账.csv").write_text("资产名称,数量\n声级计,1\n", "utf-8")
    text = f"bureau: {{level: county, staff: 3, vehicles: 1}}\nledgers: 台账.csv\nplan:\n{plan}"
    (tmp_path / "equipcheck.yaml").write_text(text, "utf-8")
    return open_project([tmp_path])


def test_a_project_changes_single_values_and_keeps_the_rest(tmp_path):
    own = read_settings(
        project(tmp_path, "  weights: {named: 20}\n  procurement: {limit: {county: 200000}}\n")
    )
    assert own.weights.named == 20
    assert own.weights.attested == 55
    assert (own.procurement.limit.county, own.procurement.limit.city) == (200_000, 300_000)


@pytest.mark.parametrize(
    ("plan", "code", "line"),
    [
        ("  weight: {named: 20}\n", "unknown-key", 4),
        ("  weights: {nmaed: 20}\n", "unknown-key", 4),
        ("  calendar:\n    tender_days: 19\n", "bad-value", 5),
        ("  calendar:\n    wanted: 30 November\n", "bad-value", 5),
        ("  weights: {share_missing: 0}\n", "bad-value", 4),
    ],
)
def test_mistakes_are_refused_with_their_place(tmp_path, plan, code, line):
    with pytest.raises(InputError) as error:
        read_settings(project(tmp_path, plan))
    assert [(one.code, one.place.line) for one in error.value.problems] == [(code, line)]


def test_every_provision_that_is_cited_was_read_somewhere():
    assert laws()
    assert {one.trust for one in laws().values()} <= {"A", "B", "C"}
    assert all(one.cite and one.text for one in laws().values())
