"""Days and money have bounds, told where they stand: a slip of the pen is a clear message, never a traceback."""

from __future__ import annotations

import json

import pytest

from equipcheck.cli import run
from equipcheck.ground.days import EXPECTED, parse_day
from tests.desk.conftest import client_of

HUGE = "9" * 44
FAR = ["0023-12-31", "9999-12-31", "1899-12-31", "2200-01-01"]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "台账.csv").write_text("资产名称,数量,有效期至\n声级计,1,9999-12-31\n照相机,1,\n", "utf-8")
    (tmp_path / "equipcheck.yaml").write_text(
        "bureau: {level: county, staff: 17, vehicles: 3}\nas_of: 2023-12-31\nledgers: [台账.csv]\n", "utf-8"
    )
    return tmp_path


def refused(capsys, arguments: list, *said: str) -> None:
    assert run([str(one) for one in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    for word in said:
        assert word in err


@pytest.mark.parametrize("day", FAR)
def test_a_day_far_away_is_refused_with_the_bounds(project, capsys, day):
    assert parse_day(day) is None
    assert "1900" in EXPECTED
    assert "2199" in EXPECTED
    for command in ("report", "plan", "section"):
        refused(capsys, [command, project, "--as-of", day], day, EXPECTED)
    text = (project / "equipcheck.yaml").read_text("utf-8")
    (project / "equipcheck.yaml").write_text(text.replace("2023-12-31", day), "utf-8")
    for command in (["report"], ["plan"], ["section"], ["history", "record"]):
        refused(capsys, [*command, project], "equipcheck.yaml:2:8", day, EXPECTED)


def test_the_last_days_that_are_taken_can_be_planned_from(project, capsys):
    for day in ("1900-01-01", "2199-12-31"):
        for command in ("report", "plan", "section"):
            assert run([command, str(project), "--as-of", day, "--standard", "enforcement-2020"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize("budget", [HUGE, f"{HUGE}万", f"30万,{HUGE}", f"{10**13 + 1}"])
@pytest.mark.parametrize("by", ["priority", "value"])
def test_a_budget_beyond_all_measure_is_refused(project, capsys, budget, by):
    refused(capsys, ["plan", project, "--budget", budget, "--by", by], "100,000 亿元")


def test_the_largest_budget_is_planned(project, capsys):
    assert run(["plan", str(project), "--budget", str(10**13)]) == 0
    capsys.readouterr()


def test_prices_have_the_same_bound_wherever_they_stand(project, capsys):
    text = (project / "equipcheck.yaml").read_text("utf-8")
    service = f"services: [{{requirement: uav, price: {HUGE}}}]\n"
    (project / "equipcheck.yaml").write_text(text + service, "utf-8")
    refused(capsys, ["plan", project], "equipcheck.yaml:4", "不大于")
    (project / "equipcheck.yaml").write_text(text + "prices: p.csv\n", "utf-8")
    (project / "p.csv").write_text(f"种类,单价,年份,来源\n无人机,{HUGE},2023,甲\n", "utf-8")
    refused(capsys, ["plan", project], "p.csv:2")


def test_the_desk_says_422(project):
    client = client_of(project)
    assert client.get("/api/plan", params={"budget": HUGE}).status_code == 422
    assert client.get("/plan", params={"b": HUGE}).status_code == 200
    data = json.loads(client.get("/api/project").text)
    mapping = data.get("project", data) | {"as_of": "9999-12-31"}
    assert client.put("/api/project", json=mapping).status_code == 422
