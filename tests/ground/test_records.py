"""Records are what their models make of data: checked when handed in, fixed, equal by value, plain when copied."""

from __future__ import annotations

import copy
import pickle

import pytest
from pydantic import ValidationError

from equipcheck.catalogue.kinds import Kind, Metrology
from equipcheck.fleet.form import FleetFile
from equipcheck.ground.records import Record, model_of
from equipcheck.project.form import LedgerSource, ProjectFile
from equipcheck.standard.model import QuantityRule, Standard


def test_what_is_handed_in_is_checked_and_spelled_out():
    assert LedgerSource.model_validate("台账.xlsx") == LedgerSource(path="台账.xlsx")
    assert LedgerSource.model_validate({"path": "a", "as": "补充清单"}).as_ == "supplement"
    with pytest.raises(ValidationError):
        LedgerSource(path=1)
    with pytest.raises(ValidationError, match="只用一种写法"):
        QuantityRule(per="staff", text="若干")


def test_a_mistake_within_keeps_its_place():
    data = {"ledgers": ["a.csv", {"path": "b.csv", "as": "nothing"}]}
    with pytest.raises(ValidationError) as caught:
        ProjectFile.model_validate(data)
    assert [one["loc"] for one in caught.value.errors()] == [("ledgers", 1, "as")]


def test_a_record_within_data_is_taken_as_it_is():
    rule = QuantityRule(count=2)
    outer = QuantityRule(sum=(rule, {"per": "staff"}))
    assert outer.sum[0] is rule
    assert outer.sum[1] == QuantityRule(per="staff")


def test_inherited_fields_and_defaults_are_those_of_the_base():
    found = FleetFile.model_validate({"bureaus": "b.csv", "ledgers": {"path": "a", "code": "机构"}})
    assert (found.ledgers[0].as_, found.ledgers[0].code, found.ledgers[0].columns) == ("ledger", "机构", {})


def test_values_are_fixed_equal_by_value_and_never_shared():
    kind = Kind(id="a", name="甲")
    with pytest.raises(AttributeError):
        kind.name = "乙"
    assert kind == Kind(id="a", name="甲", metrology=Metrology(mode="none"))
    assert hash(kind) == hash(Kind(id="a", name="甲"))
    assert kind != kind.model_copy(update={"name": "乙"})
    assert copy.deepcopy(kind) == pickle.loads(pickle.dumps(kind)) == kind
    first, second = ProjectFile.known(), ProjectFile.known()
    first.plan["x"] = 1
    assert second.plan == ProjectFile.known().plan == {}


def test_a_known_record_has_the_defaults_that_its_model_gives():
    for form, given in ((Kind, {"id": "a", "name": "甲"}), (ProjectFile, {}), (QuantityRule, {"count": 2})):
        assert form.known(**given) == form.model_validate(given)


def test_plain_data_of_a_record():
    rule = QuantityRule(per="staff", tiers=[{"upto": 3}, {"every": 2}])
    assert rule.model_dump(exclude_defaults=True) == {"per": "staff", "tiers": ({"upto": 3}, {"every": 2})}
    assert set(rule.model_dump()) == set(QuantityRule.FIELDS)


def test_every_kind_of_record_has_a_model_with_its_fields():
    assert Standard.FIELDS
    for kind in Record.KNOWN.values():
        assert tuple(model_of(kind).model_fields) == kind.FIELDS
