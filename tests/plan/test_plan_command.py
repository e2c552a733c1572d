"""`equipcheck plan` from a project to each of its forms."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest

from equipcheck.cli import run
from tests import goldens
from tests.conftest import ROOT, SAMPLE


def plan(capsys, *arguments):
    assert run(["plan", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def data(capsys, *arguments):
    return json.loads(plan(capsys, *arguments, "-f", "json"))


FORMS = [("terminal", "plan.txt"), ("md", "plan.md"), ("csv", "plan.csv"), ("ics", "plan.ics")]


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_what_people_read(project, capsys, form, name):
    text = plan(capsys, project, "--budget", "10万,15万", "-f", form)
    goldens.check(f"plan/{name}", text)


def test_each_gap_unit_is_planned_or_unfunded_and_the_report_says_the_same(project, capsys):
    assert run(["report", str(project), "-f", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    done = data(capsys, project, "--budget", "60000")
    units = {}
    lines = [*done["years"][0]["items"], *done["unfunded"]]
    for line in (line for line in lines if line["role"] == "gap"):
        units[line["requirement"]] = units.get(line["requirement"], 0) + line["quantity"]
    waived = {"mobile-source"}
    asked = {
        one["requirement"]: one["gap"]
        for one in report["findings"]
        if one["gap"] and one["obligation"] == "required" and one["requirement"] not in waived
    }
    assert units == asked
    for one in report["findings"]:
        closing = sum(step["quantity"] for step in one["actions"] if step["role"] == "gap")
        assert closing == one["gap"]
        assert (one["priority"] is None) == (one["gap"] == 0)


def test_money_in_the_file(project, capsys):
    done = data(capsys, project, "--budget", "60000,20万", "--from", "2025")
    assert [year["year"] for year in done["years"]] == [2025, 2026]
    assert [year["budget"] for year in done["years"]] == [60000, 200000]
    for year in done["years"]:
        priced = [item for item in year["items"] if item["cost"] is not None]
        assert year["spent"] == sum(item["cost"] for item in priced) <= year["budget"]
        for item in year["items"]:
            assert item["price_basis"]
            assert (item["cost"] is None) == (item["unit_cost"] is None)
            assert item["cost"] in (None, (item["unit_cost"] or 0) * item["quantity"])
    assert all(line["cost"] is None or line["cost"] > 0 for line in done["unfunded"])
    free = [item for item in done["years"][0]["items"] if item["action"] == "transfer"]
    assert [(item["requirement"], item["quantity"], item["cost"]) for item in free] == [("mobile-kit", 1, 0)]


def test_without_a_budget_everything_open_stands_in_one_year(project, capsys):
    done = data(capsys, project)
    (year,) = done["years"]
    assert year["budget"] is None
    assert year["year"] == 2024
    assert {line["reason"] for line in done["unfunded"]} <= {"price", "quota", "unrecorded"}
    assert done["comparison"] is None


def test_by_value_shows_how_it_differs(project, capsys):
    first = data(capsys, project, "--budget", "60000")
    best = data(capsys, project, "--budget", "60000", "--by", "value")
    assert best["comparison"]["value"] >= best["comparison"]["other_value"]
    assert first["comparison"]["value"] == best["comparison"]["other_value"]
    assert first["comparison"]["only_here"] == best["comparison"]["only_there"]


def test_what_if_and_a_later_day_need_no_second_file(project, capsys):
    now = data(capsys, project)
    more = data(capsys, project, "--what-if", "staff=30")
    assert more["what_if"] == {"staff": 30}
    assert more["years"][0]["gap_units"] > now["years"][0]["gap_units"]
    later = data(capsys, project, "--as-of", "2024-12-31")
    assert later["years"][0]["year"] == 2025


def test_a_second_year_sees_what_has_lapsed(project, capsys):
    done = data(capsys, project, "--budget", "50万,50万")
    second = done["years"][1]
    assert second["from_day"] == "2024-12-31"
    assert done["years"][0]["lapsing_units"] > 0
    assert second["lapsing_units"] > 0
    assert second["coverage_without"]["met"] < done["years"][0]["coverage_before"]["met"]
    assert any(one["what"] == "verification" and one["on"] <= "2024-12-31" for one in done["dues"])


def test_a_waiver_that_ends_brings_its_row_back(project, capsys):
    done = data(capsys, project, "--budget", "50万,50万")
    rows = [{item["requirement"] for item in year["items"]} for year in done["years"]]
    assert "mobile-source" not in rows[0]
    assert "mobile-source" in rows[1]


@pytest.mark.parametrize(
    "text", ["300,000", "30万,500", "0", "", "三十万", "-5000", "1e6", "30万,", "1000.001"]
)
def test_budgets_that_cannot_be_meant_are_refused(project, capsys, text):
    assert run(["plan", str(project), "--budget", text]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "30万,20万" in err


@pytest.mark.parametrize(
    ("text", "budgets"),
    [
        ("300000,200000", [300000, 200000]),
        ("30万,20万", [300000, 200000]),
        ("1.5万元，2000", [15000, 2000]),
        ("1000.50", [1000.5]),
    ],
)
def test_budgets_as_people_write_them(project, capsys, text, budgets):
    assert [year["budget"] for year in data(capsys, project, "--budget", text)["years"]] == budgets


def test_bad_prices_stop_the_call_and_name_the_cell(project, capsys):
    (project / "prices.csv").write_text("种类,单价\n声级计,很贵\n", "utf-8")
    for command in ("plan", "report"):
        assert run([command, str(project)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "prices.csv:2:2" in err
        assert "很贵" in err


def test_a_transfer_for_a_row_that_does_not_exist_is_refused(project, capsys):
    config = project / "equipcheck.yaml"
    config.write_text(config.read_text("utf-8").replace("mobile-kit", "mobil-kit"), "utf-8")
    assert run(["plan", str(project)]) == 2
    err = capsys.readouterr().err
    assert "mobile-kit" in err


def test_a_ceiling_plans_nothing_and_warns_of_what_is_over(tmp_path, capsys):
    (tmp_path / "台账.csv").write_text("资产名称,数量\n打印机,30\n台式计算机,2\n", "utf-8")
    done = data(
        capsys, tmp_path / "台账.csv", "--standard", "office-central-2016", "--fact", "on_roll=10",
        "--as-of", "2023-12-31", "--level", "county",
    )  # fmt: skip
    assert done["years"][0]["items"] == done["unfunded"] == done["packages"] == []
    assert any("超出配置上限" in text for text in done["warnings"])
    assert done["years"][0]["coverage_after"]["by_quantity"] is None


def test_a_bureau_without_gaps_is_told_so(tmp_path, capsys):
    (tmp_path / "标准.yaml").write_text(
        "format: 1\nid: demo\nfamily: demo\ntitle: 示例\neffective: '2020'\nrequirements:\n"
        "  - {id: uav, name: 无人机, kinds: [uav], obligation: required, quantity: 1, source: {status: official}}\n",
        "utf-8",
    )
    (tmp_path / "台账.csv").write_text("资产名称,数量\n无人机,1\n", "utf-8")
    text = plan(capsys, tmp_path / "台账.csv", "--standard", tmp_path / "标准.yaml", "--as-of", "2023-12-31")
    assert "没有需要补齐的缺口" in text


@pytest.mark.parametrize("form", ["terminal", "json", "md", "csv", "ics"])
def test_the_same_inputs_give_the_same_bytes_and_stdout_holds_nothing_else(project, form):
    command = [
        sys.executable,
        "-m",
        "equipcheck",
        "plan",
        str(project),
        "--budget",
        "6万,6万",
        "--by",
        "value",
        "-f",
        form,
    ]
    done = [
        subprocess.run(
            command,
            capture_output=True,
            check=True,
            env={"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert done[0] == done[1]
    start = {"terminal": "示例区", "json": "{", "md": "# ", "csv": "\ufeff年度", "ics": "BEGIN:VCALENDAR"}[
        form
    ]
    assert done[0].decode("utf-8").startswith(start)


def test_names_that_begin_like_formulas_stay_text_in_csv(project, capsys):
    config = project / "equipcheck.yaml"
    config.write_text(config.read_text("utf-8").replace("合成市局", "=cmd|1"), "utf-8")
    rows = list(csv.reader(io.StringIO(plan(capsys, project, "-f", "csv"))))
    assert not [cell for row in rows[1:] for cell in row if cell.startswith(("=", "+", "@"))]


def test_calendar_lines_are_folded_and_end_as_the_rule_says(project, capsys):
    assert run(["plan", str(project), "-f", "ics", "-o", str(project / "plan.ics")]) == 0
    raw = (project / "plan.ics").read_bytes()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.count(b"BEGIN:VEVENT") == raw.count(b"END:VEVENT") > 0


def test_the_bare_sample_is_planned_without_any_price_list(capsys):
    done = data(capsys, SAMPLE)
    assert not [line for line in done["unfunded"] if line["action"] == "restore"]
    (year,) = done["years"]
    fees = [line for line in year["items"] if line["action"] == "restore"]
    assert fees
    assert all(line["cost"] is None and line["price_basis"] == "待询价" for line in fees)
    assert year["unpriced"] == {"lines": len(fees), "units": sum(line["quantity"] for line in fees)}


def test_a_newer_edition_that_comes_into_force_in_the_plan_is_told(project, capsys):
    assert any("enforcement-2024" in text for text in data(capsys, project)["warnings"])
    later = data(capsys, project, "--standard", "enforcement-2024", "--as-of", "2024-12-31")
    assert not any("计划期内" in text for text in later["warnings"])


def test_each_instrument_stands_once_in_the_verification_plan(project, capsys):
    done = data(capsys, project, "--budget", "50万,50万")
    for year in (2024, 2025):
        refs = [ref for line in done["checkups"] if line["year"] == year for ref in line["refs"]]
        assert refs
        assert len(refs) == len(set(refs))
    dated = [line["month"] for line in done["checkups"] if line["month"] and line["year"]]
    assert dated == sorted(dated)


def test_the_years_and_the_verification_plan_say_the_same(project, capsys):
    done = data(capsys, project, "--budget", "50万,50万,50万")
    metered = {one["requirement"] for one in done["checkups"]}
    for year in done["years"]:
        sent = {}
        for one in done["checkups"]:
            if one["year"] == year["year"]:
                sent[one["requirement"]] = sent.get(one["requirement"], 0) + one["quantity"]
                assert one["month"] is None or one["month"].startswith(str(year["year"]))
        planned = {}
        for item in year["items"]:
            if item["action"] == "restore" and item["requirement"] in metered and item["why"] != "lent_out":
                planned[item["requirement"]] = planned.get(item["requirement"], 0) + item["quantity"]
        assert sent == planned


def test_nothing_that_has_ended_or_is_unknown_is_missing_from_the_verification_plan(project, capsys):
    done = data(capsys, project, "--budget", "50万")
    listed = {ref for one in done["checkups"] for ref in one["refs"]}
    assert {one["ref"] for one in done["dues"] if one["what"] == "verification"} <= listed
    assert all(one["because"] for one in done["checkups"] if one["year"] is None)


def test_explain_says_how_to_close_the_gap_and_how_urgent_it_is(project, capsys):
    assert run(["explain", "声级计", str(project)]) == 0
    said = capsys.readouterr().out
    assert "恢复使用 1部，450 元" in said
    assert "先后：第" in said


@pytest.mark.parametrize("standard", ["enforcement-2020", "supervision-2006-east", "office-central-2016"])
def test_coverage_is_the_reports_own(project, capsys, standard):
    facts = ["--standard", standard, "--fact", "region=east", "--fact", "grade=3", "--fact", "on_roll=20"]
    assert run(["report", str(project), "-f", "json", *facts]) in (0, 2)
    out = capsys.readouterr().out
    if not out:  # the contracts of this project name rows of the enforcement standard only
        config = project / "equipcheck.yaml"
        text = config.read_text("utf-8")
        config.write_text(text[: text.index("waivers:")], "utf-8")
        assert run(["report", str(project), "-f", "json", *facts]) == 0
        out = capsys.readouterr().out
    report = json.loads(out)
    (year,) = data(capsys, project, *facts)["years"]
    assert year["coverage_before"] == report["coverage"]
