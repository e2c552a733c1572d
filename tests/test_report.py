"""The main job on the synthetic sample: what people read, word for word, and what programs read."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from equipcheck.checking import evidence
from equipcheck.checking.check import check
from equipcheck.checking.results import with_units
from equipcheck.cli import run
from equipcheck.project.project import open_project
from tests import goldens
from tests.conftest import SAMPLE


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert run(["report", *arguments, "-f", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("form", "name"), [("terminal", "report.txt"), ("md", "report.md"), ("csv", "report.csv")]
)
def test_what_people_read(form, name, capsys, monkeypatch):
    monkeypatch.chdir(SAMPLE)
    assert run(["report", ".", "-f", form]) == 0
    goldens.check(f"sample/{name}", capsys.readouterr().out)


def test_the_explanation_of_one_finding(capsys, monkeypatch):
    monkeypatch.chdir(SAMPLE)
    assert run(["explain", "声级计"]) == 0
    goldens.check("sample/explain.txt", capsys.readouterr().out)


def test_the_four_kinds_of_the_yearly_report_are_missing(capsys):
    findings = {one["name"]: one for one in report(capsys, str(SAMPLE))["findings"]}
    for name in ("车载样品保存设备", "管道探测仪", "恶臭监测仪", "移动源执法监测设备"):
        assert findings[name]["status"] == "absent"
        assert findings[name]["source"]["kind"] == "attested"


def test_the_numbers_of_the_sample(capsys):
    data = report(capsys, str(SAMPLE))
    findings = {one["requirement"]: one for one in data["findings"]}
    numbers = {
        name: [findings[name][key] for key in ("required", "held", "usable", "counted", "gap", "status")]
        for name in (
            "ph-meter",
            "flue-gas",
            "dust-rapid",
            "sound-level",
            "body-camera",
            "still-camera",
            "safety-helmet",
        )
    }
    assert numbers == {
        "ph-meter": [2, 3, 0, 0, 2, "absent"],  # two lapsed, one awaiting disposal
        "flue-gas": [1, 1, 0, 0, 1, "absent"],  # valid to September only
        "dust-rapid": [1, 1, 0, 0, 1, "absent"],  # broken
        "sound-level": [3, 2, 1, 1, 2, "short"],  # one lapsed by the register
        "body-camera": [9, 13, 9, 9, 0, "met"],  # four awaiting disposal
        "still-camera": [4, 2, 2, 2, 2, "short"],  # one disposed of: not held
        "safety-helmet": [17, 0, 0, 0, 17, "unrecorded"],
    }
    assert data["accounting"]["balanced"] is True
    for unit in ("rows", "units"):
        places = dict(data["accounting"][unit])
        assert places.pop("read") == sum(places.values())


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    assert run(["report", str(SAMPLE), "-o", str(first)]) == 0
    assert run(["report", str(SAMPLE), "-o", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_the_sample_is_what_its_script_makes(tmp_path):
    import runpy

    make = runpy.run_path(str(SAMPLE.parent / "make_sample.py"))["make"]
    make(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (SAMPLE / path.name).read_bytes()


def test_a_bare_ledger_with_options(capsys, tmp_path):
    ledger = tmp_path / "台账.csv"
    ledger.write_text("资产名称,数量\n声级计,2\n执法记录仪,3台\n办公桌,4\n", encoding="gb18030")
    options = ["--level", "county", "--staff", "17", "--vehicles", "3", "--as-of", "2023-12-31"]
    data = report(capsys, str(ledger), *options)
    findings = {one["requirement"]: one for one in data["findings"]}
    assert data["standard"]["id"] == "enforcement-2020"
    assert findings["body-camera"]["gap"] == 6
    assert findings["body-camera"]["assets"][0]["ref"] == "台账.csv#3"
    assert data["bureau"] == {"name": None, "level": "county", "staff": 17, "vehicles": 3}


def test_long_lists_of_assets_are_cut_and_say_so(capsys, tmp_path):
    ledger = tmp_path / "台账.csv"
    rows = "".join(f"声级计,1\n空调,{at % 3 + 1}\n" for at in range(230))
    ledger.write_text(f"资产名称,数量\n{rows}", encoding="utf-8")
    options = ["--level", "county", "--staff", "17", "--vehicles", "3", "--as-of", "2023-12-31"]
    cut, whole = report(capsys, str(ledger), *options), report(capsys, str(ledger), *options, "--all-assets")
    short, full = (
        next(one for one in data["findings"] if one["requirement"] == "sound-level") for data in (cut, whole)
    )
    assert (len(short["assets"]), short["assets_more"]) == (200, 30)
    assert len(full["assets"]) == 230
    assert full["assets"][:200] == short["assets"]
    assert (len(cut["not_required"]), cut["not_required_more"]) == (200, 30)
    assert whole["not_required"][:200] == cut["not_required"]
    assert not [key for one in (*whole["findings"], whole) for key in one if key.endswith("_more")]
    assert cut["accounting"] == whole["accounting"]
    assert [one for one in cut["findings"] if one["requirement"] != "sound-level"] == [
        one for one in whole["findings"] if one["requirement"] != "sound-level"
    ]
    assert run(["report", str(ledger), *options, "--all-assets", "-f", "csv"]) == 2


def test_lines_of_assets_are_a_sequence_like_any_other(sample, monkeypatch):
    project = open_project([sample])
    few = check(project, dt.date(2024, 1, 1)).report.findings
    monkeypatch.setattr(evidence, "FEW", 0)
    many = check(project, dt.date(2024, 1, 1)).report.findings
    assert many == few
    finding = next(one for one in many if one.requirement == "body-camera")
    assert isinstance(finding.assets, evidence.Lines)
    listed = list(finding.assets)
    assert len(finding.assets) == len(listed) > 2
    assert [finding.assets[at] for at in range(len(listed))] == listed
    assert finding.assets[-1] == listed[-1]
    assert list(finding.assets[1:]) == listed[1:]
    assert finding.assets == tuple(listed)
    with pytest.raises(IndexError):
        finding.assets[len(listed)]
    for units in ("counted", "surplus", "out"):
        assert list(with_units(finding.assets, units)) == with_units(listed, units)
    assert [one.match.method for one in finding.assets[1:]] == [one.match.method for one in listed[1:]]


def test_options_override_a_project_and_the_head_says_so(capsys, sample):
    data = report(capsys, str(sample), "--staff", "20", "--as-of", "2023-06-30")
    assert data["overrides"] == ["执法人员 17 → 20", "截至日期 2023-12-31 → 2023-06-30"]
    run(["report", str(sample), "--staff", "20"])
    assert "执法人员 17 → 20" in capsys.readouterr().out


def test_a_bare_ledger_inside_a_project_borrows_its_facts_and_names_it(capsys, sample):
    data = report(capsys, str(sample / "固定资产台账.xlsx"))
    assert data["bureau"]["staff"] == 17
    assert any(
        note["code"] == "facts-borrowed" and "equipcheck.yaml" in note["note"] for note in data["notes"]
    )
    assert data["findings"][0]["assets"][0]["ref"].startswith("固定资产台账.xlsx#执法装备!")


@pytest.mark.parametrize("asked", ["true", "yes", "是"])
@pytest.mark.parametrize("stated", ["true", "yes", "是"])
def test_yes_is_yes_in_a_standard_a_project_and_an_option(asked, stated, capsys, tmp_path):
    rows = [
        f"{{id: {kind}, name: 甲, kinds: [{kind}], quantity: 2, when: {{river: {value}}}, source: {{status: reprint}}}}"
        for kind, value in (("uav", asked), ("usv", {"是": "否", "yes": "no", "true": "false"}[asked]))
    ]
    text = "id: demo-2020\nfamily: demo\ntitle: 示例\nrequirements:\n" + "".join(
        f"  - {row}\n" for row in rows
    )
    (tmp_path / "s.yaml").write_text(text, "utf-8")
    (tmp_path / "l.csv").write_text("名称,数量\n无人机,1\n", "utf-8")
    common = "standard: s.yaml\nas_of: 2023-12-31\nledgers: [l.csv]\n"
    (tmp_path / "equipcheck.yaml").write_text(f"{common}bureau: {{river: {stated}}}\n", "utf-8")
    stated_in_project = report(capsys, str(tmp_path))
    (tmp_path / "equipcheck.yaml").write_text(common, "utf-8")
    given = report(capsys, str(tmp_path), "--fact", f"river={stated}")
    for data in (stated_in_project, given):
        assert [one["status"] for one in data["findings"]] == ["short", "not_applicable"]


def test_a_fact_that_is_a_number_is_a_number_in_the_output(capsys, sample):
    project = sample / "equipcheck.yaml"
    project.write_text(project.read_text("utf-8").replace("  staff: 17", "  area: 3.5\n  staff: 17"), "utf-8")
    data = report(capsys, str(sample), "--fact", "coast=0.25")
    assert (data["bureau"]["area"], data["bureau"]["coast"]) == (3.5, 0.25)
    assert run(["history", "record", str(sample)]) == 0
    assert run(["section", str(sample)]) == 0


def test_a_missing_fact_is_one_question_and_leaves_only_its_rows_open(capsys, sample):
    config = sample / "equipcheck.yaml"
    config.write_text(config.read_text("utf-8").replace("  vehicles: 3", "  # vehicles"), "utf-8")
    data = report(capsys, str(sample))
    open_rows = {one["requirement"] for one in data["findings"] if one["status"] == "undecided"}
    assert open_rows == {"vehicle-positioning", "first-aid-kit"}
    (question,) = data["questions"]
    assert question["fact"] == "vehicles"
    assert set(question["rows"]) == open_rows
    assert "台账里在用的执法车辆是 3 辆" in question["ask"]


def test_services_and_waivers(capsys, sample):
    config = sample / "equipcheck.yaml"
    text = config.read_text("utf-8").replace("services: []", SERVICES).replace("waivers: []", WAIVERS)
    config.write_text(text, "utf-8")
    data = report(capsys, str(sample))
    findings = {one["requirement"]: one for one in data["findings"]}
    assert [findings["odor-monitor"][key] for key in ("serviced", "gap", "status")] == [1, 0, "met"]
    assert [findings["vehicle-sample-storage"][key] for key in ("serviced", "gap")] == [
        0,
        2,
    ]  # a service is not allowed
    assert [findings["pipe-detection"][key] for key in ("gap", "status")] == [
        1,
        "absent",
    ]  # a waiver hides nothing
    assert findings["pipe-detection"]["waiver"]["in_force"] is True
    codes = {note["code"] for note in data["notes"]}
    assert {"service-not-allowed", "service-expired", "waiver-expired", "waiver-idle"} <= codes


SERVICES = """services:
  - {requirement: odor-monitor, quantity: 1, how: service, by: 某检测公司, paper: 合同1号, until: 2024-06-30}
  - {requirement: vehicle-sample-storage, quantity: 1, how: service}
  - {requirement: uav, quantity: 1, how: loan, until: 2023-06-30}"""
WAIVERS = """waivers:
  - {requirement: pipe-detection, reason: 由市局统一调配, until: 2024-12-31}
  - {requirement: mobile-source, reason: 旧说明, until: 2022-12-31}
  - {requirement: body-camera, reason: 用不上, until: 2024-12-31}"""


def test_strict_metrology_counts_no_instrument_without_a_date(capsys):
    findings = {
        one["requirement"]: one for one in report(capsys, str(SAMPLE), "--metrology", "strict")["findings"]
    }
    assert findings["radiation-dosimeter"]["status"] == "absent"
    assert {asset["excluded"] for asset in findings["radiation-dosimeter"]["assets"]} == {
        "verification_unknown"
    }


def test_a_supplement_settles_what_the_ledger_does_not_hold(capsys, sample):
    (sample / "低值易耗品.csv").write_text("名称,数量\n安全帽,17\n", encoding="utf-8")
    config = sample / "equipcheck.yaml"
    text = config.read_text("utf-8").replace(
        "verification}", "verification}\n  - {path: 低值易耗品.csv, as: supplement}"
    )
    config.write_text(text, "utf-8")
    findings = {one["requirement"]: one for one in report(capsys, str(sample))["findings"]}
    assert findings["safety-helmet"]["status"] == "met"
    assert findings["gas-mask"]["status"] == "absent"  # a supplement was given, and it is not in it


def test_a_ceiling_standard_calls_more_than_allowed_over(capsys):
    data = report(capsys, str(SAMPLE), "--standard", "office-central-2016", "--fact", "on_roll=15")
    findings = {one["requirement"]: one for one in data["findings"]}
    assert [findings["desktop-computer"][key] for key in ("required", "counted", "surplus", "gap", "status")] == [
        15, 15, 4, 0, "over",
    ]  # fmt: skip
    assert data["coverage"]["by_quantity"] is None


def test_a_two_column_fact_question_for_the_2006_table(capsys):
    assert run(["report", str(SAMPLE), "--standard", "supervision-2006-east", "-f", "json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "grade" in said.err
    data = report(capsys, str(SAMPLE), "--standard", "supervision-2006-east", "--fact", "grade=3")
    assert data["trust"]["reprint"] == data["coverage"]["applicable"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-under", "0.9"], 1),
        (["--fail-under", "0.1"], 0),
        (["--strict"], 1),
        (["--fail-under", "2"], 2),
        (["-f", "xml"], 2),
        (["-o", "x.unknown"], 2),
        (["--as-of", "昨天"], 2),
        (["--standard", "enforcement-2019"], 2),
        (["--fact", "staff"], 2),
    ],
)
def test_exit_codes(arguments, code, capsys):
    assert run(["report", str(SAMPLE), *arguments]) == code
    said = capsys.readouterr()
    assert bool(said.out) == (code != 2)
    assert bool(said.err) == (code != 0)


def test_a_broken_input_writes_no_file_and_leaves_an_old_one_alone(tmp_path, capsys):
    old = tmp_path / "report.json"
    old.write_text("old", "utf-8")
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    assert run(["report", str(broken), "--level", "county", "-o", str(old)]) == 2
    assert old.read_text("utf-8") == "old"
    said = capsys.readouterr()
    assert said.out == ""
    assert "坏.xlsx" in said.err
    assert "Traceback" not in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "坏.xlsx"]


def test_every_mistake_of_a_project_is_shown_at_once(tmp_path, capsys):
    config = tmp_path / "equipcheck.yaml"
    config.write_text(
        "bureau: {level: county, staff: -3}\nstandrad: enforcement-2020\nmetrology: strickt\n"
        "ledgers: [没有.xlsx]\nwaivers: [{requirement: usv}]\n",
        "utf-8",
    )
    assert run(["report", str(tmp_path)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.split("equipcheck.yaml:")[1].split(": ")[0] for line in said] == [
        "2:1",
        "3:12",
        "5:11",
        "5:11",
    ]
    assert "standard" in said[0]


def test_facts_and_ledgers_of_a_project_are_checked_together(tmp_path, capsys):
    (tmp_path / "equipcheck.yaml").write_text(
        "bureau: {level: county, staff: -3}\nledgers: [没有.xlsx]\n", encoding="utf-8"
    )
    assert run(["report", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "equipcheck.yaml:1:32: 这里写的是“-3”" in said
    assert "equipcheck.yaml:2:11: 文件“没有.xlsx”不存在" in said


def test_a_folder_without_a_project_is_the_ledgers_in_it(tmp_path, capsys):
    (tmp_path / "一.csv").write_text("名称,数量\n声级计,1\n", encoding="utf-8")
    (tmp_path / "二.csv").write_text("名称,数量\n声级计,2\n", encoding="utf-8")
    data = report(capsys, str(tmp_path), "--level", "county", "--staff", "17", "--vehicles", "0")
    sound = next(one for one in data["findings"] if one["requirement"] == "sound-level")
    assert [asset["ref"] for asset in sound["assets"]] == ["一.csv#2", "二.csv#2"]
    assert Path(data["inputs"][-1]["path"]).name == "二.csv"


def test_a_decisions_file_that_is_not_there_yet_is_a_note(capsys, sample):
    (sample / "decisions.yaml").unlink()
    codes = [note["code"] for note in report(capsys, str(sample))["notes"]]
    assert "decisions-not-there" in codes


@pytest.mark.parametrize(
    ("listed", "read"),
    [
        ("[l.csv, '*.csv']", 1),
        ("['*.csv', l.csv]", 1),
        ("[l.csv, sub/../l.csv]", 1),
        ("['*.csv', {path: v.csv, as: verification}]", 1),
    ],
)
def test_a_file_named_twice_is_read_once(listed, read, tmp_path, capsys):
    (tmp_path / "sub").mkdir()
    (tmp_path / "l.csv").write_text("名称,数量\n无人机,1\n", "utf-8")
    if "v.csv" in listed:
        (tmp_path / "v.csv").write_text("名称,出厂编号,有效期至\n无人机,1,2024-01-01\n", "utf-8")
    (tmp_path / "~$l.csv").write_bytes(b"\x00\x01")
    text = f"bureau: {{level: county}}\nas_of: 2023-12-31\nledgers: {listed}\n"
    (tmp_path / "equipcheck.yaml").write_text(text, "utf-8")
    assert report(capsys, str(tmp_path))["accounting"]["rows"]["read"] == read


def test_bare_ledgers_named_twice_or_beside_a_lock_file_are_read_once(tmp_path, capsys):
    (tmp_path / "l.csv").write_text("名称,数量\n无人机,1\n", "utf-8")
    (tmp_path / "~$l.csv").write_bytes(b"\x00\x01")
    call = [str(tmp_path / "l.csv"), str(tmp_path / "*.csv"), str(tmp_path), "--level", "county"]
    assert report(capsys, *call, "--as-of", "2023-12-31")["accounting"]["rows"]["read"] == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("format: 2", "1:9: 这里写的是“2”；要求：1"),
        ("as_of: 2023", "1:8: 这里写的是“2023”；要求：写到日的日期"),
        ("bureau: {bad name: 1}", "1:10: 这里写的是“bad name”；要求：小写字母"),
        ("bureau: {执法人员: 1}", "1:10: 这里写的是“执法人员”；要求：小写字母"),
    ],
)
def test_what_was_expected_is_said_in_chinese(line, said, tmp_path, capsys):
    (tmp_path / "equipcheck.yaml").write_text(f"{line}\n", "utf-8")
    assert run(["report", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err


def test_a_column_that_is_not_ours_is_named_where_it_is_written(tmp_path, capsys):
    (tmp_path / "l.csv").write_text("名称,数量\n无人机,1\n", "utf-8")
    text = "bureau: {level: county}\nledgers: [{path: l.csv, columns: {nam: 名称}}]\n"
    (tmp_path / "equipcheck.yaml").write_text(text, "utf-8")
    assert run(["report", str(tmp_path)]) == 2
    assert "equipcheck.yaml:2:35: 不认识的键“nam”（是否为“name”？）" in capsys.readouterr().err


def test_levels_and_dates_may_be_written_in_chinese(capsys, sample):
    config = sample / "equipcheck.yaml"
    text = (
        config.read_text("utf-8")
        .replace("level: county ", "level: 县级 ")
        .replace("2023-12-31", "2023年12月31日")
    )
    config.write_text(text, "utf-8")
    data = report(capsys, str(sample))
    assert (data["bureau"]["level"], data["as_of"]) == ("county", "2023-12-31")


def test_a_bare_ledger_asks_nothing_of_the_ledgers_that_a_project_lists(capsys, sample):
    (sample / "检定台账.xlsx").unlink()
    assert report(capsys, str(sample / "固定资产台账.xlsx"))["bureau"]["staff"] == 17


def test_a_name_that_says_nothing_is_in_review_but_no_candidate_for_a_gap(capsys, tmp_path):
    ledger = tmp_path / "台账.csv"
    ledger.write_text("资产名称,数量\nXK-200型仪器,1\n采样系统,1\n", encoding="utf-8")
    data = report(
        capsys, str(ledger), "--level", "county", "--staff", "17", "--vehicles", "3", "--as-of", "2023-12-31"
    )
    assert [row["name"] for row in data["review"]] == ["XK-200型仪器", "采样系统"]
    named = {row["name"] for one in data["findings"] for row in one["candidates"]}
    assert named == {"采样系统"}


def test_a_gap_is_laid_to_no_row_without_units_and_to_no_mere_likeness_of_spelling(capsys, tmp_path):
    ledger = tmp_path / "台账.csv"
    ledger.write_text(
        "资产名称,规格型号,数量\n手持GPS,集思宝G138,3\n采样瓶,500ml,20\n烟气分析仪,崂应3012H,0\n",
        encoding="utf-8",
    )
    data = report(
        capsys, str(ledger), "--level", "county", "--staff", "17", "--vehicles", "3", "--as-of", "2023-12-31"
    )
    named = {one["name"]: {row["name"] for row in one["candidates"]} for one in data["findings"]}
    assert named["车载定位设备"] == {"手持GPS"}
    assert named["光离子化检测仪（PID）"] == set()
    assert named["烟气污染物快速测定仪"] == set()
    assert not any("采样瓶" in rows for name, rows in named.items() if "采样" not in name)


def test_what_a_remark_calls_expired_is_out_where_a_check_is_needed_and_asked_about_elsewhere(
    capsys, tmp_path
):
    ledger = tmp_path / "台账.csv"
    ledger.write_text("资产名称,数量,备注\n声级计,2,已过检定期\n防毒面具,3,已过期\n", encoding="utf-8")
    data = report(
        capsys, str(ledger), "--level", "county", "--staff", "17", "--vehicles", "3", "--as-of", "2023-12-31"
    )
    found = {one["name"]: one for one in data["findings"]}
    assert (found["声级计"]["held"], found["声级计"]["usable"]) == (2, 0)
    assert {one["excluded"] for one in found["声级计"]["assets"]} == {"verification_expired"}
    assert found["防毒面具"]["usable"] == 3
    assert [one["code"] for one in data["notes"] if one["ref"] and one["ref"].endswith("#3")] == [
        "status-from-remark",
        "over-without-check",
    ]


@pytest.mark.parametrize("metrology", ["record", "strict"])
def test_a_failed_check_makes_no_instrument_count(capsys, tmp_path, metrology):
    ledger = tmp_path / "台账.csv"
    ledger.write_text(
        "资产名称,数量,检定日期,有效期至,检定结果\n溶解氧仪,2,2023-06-01,2024-05-31,不合格\n",
        encoding="utf-8",
    )
    options = ["--level", "county", "--staff", "17", "--vehicles", "3", "--as-of", "2023-12-31"]
    data = report(capsys, str(ledger), *options, "--metrology", metrology)
    (found,) = [one for one in data["findings"] if one["kinds"] == ["do_meter"]]
    assert (found["held"], found["usable"]) == (2, 0)
    assert {one["excluded"] for one in found["assets"]} == {"verification_expired"}


def test_a_check_that_fits_no_asset_is_said(tmp_path, capsys):
    (tmp_path / "台账.csv").write_text("资产编号,出厂编号,资产名称\nA1,S1,声级计\nA2,S2,声级计\n", "utf-8")
    register = tmp_path / "检定.csv"
    (tmp_path / "equipcheck.yaml").write_text(
        "bureau: {level: county, region: west, staff: 9, vehicles: 1}\nas_of: 2023-12-31\nstandard: enforcement-2020\n"
        "ledgers: [台账.csv, {path: 检定.csv, as: verification}]\n",
        "utf-8",
    )
    register.write_text("资产编号,出厂编号,有效期至\nA1,,2024-06-30\n,S2,2024-06-30\n", "utf-8")
    assert "check-astray" not in {one["code"] for one in report(capsys, str(tmp_path))["notes"]}
    with register.open("a", encoding="utf-8") as rows:
        rows.write("A1,S9,2024-06-30\nA9,S9,2024-06-30\n")
    (said,) = [one["note"] for one in report(capsys, str(tmp_path))["notes"] if one["code"] == "check-astray"]
    assert "1 行" in said
    assert "A9（检定.csv#5）" in said
