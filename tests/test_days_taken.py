"""A day is a whole day wherever one is taken: a month or a year alone is refused where it stands, never made a day."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from equipcheck.cli import run
from equipcheck.fleet.table import read_row
from equipcheck.ground.days import parse_day
from equipcheck.problems import Place
from tests.desk.conftest import client_of

HALF = [
    "2023-12", "2023-11", "2023-10", "2023-1", "2023/12", "2023.12", "2023年12月", "2023年12", "202312", "202311",
    "2023-123", "2023-1-", "2023-1212", "2023 12", "20231", "2023123", "2023", "2023年", "2023-12月", "12-31", "86400",
    "2023-W01-1", "2023-02-30", "23-12-31", "2023-12-31-1", "0023-12-31",
]  # fmt: skip
WHOLE = [
    "2023-12-31", "2023/12/31", "2023.12.31", "20231231", "2023年12月31日", "2023年12月31", " 2023-12-31 ",
    "２０２３－１２－３１", "2023-12-31日",
]  # fmt: skip
SOME = ["2023-12", "202312", "2023-123", "2023年12月", "2023", "86400"]


@pytest.mark.parametrize("text", HALF)
def test_less_than_a_day_is_no_day(text):
    assert parse_day(text) is None


@pytest.mark.parametrize("text", WHOLE)
def test_a_day_in_its_usual_writings(text):
    assert parse_day(text) == dt.date(2023, 12, 31)


def test_months_and_days_of_one_digit_need_both_marks():
    assert parse_day("2023-1-2") == parse_day("2023年1月2日") == dt.date(2023, 1, 2)
    assert parse_day("2023-12-3") == dt.date(2023, 12, 3)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "台账.csv").write_text("资产名称,数量\n声级计,1\n", "utf-8")
    return tmp_path


def refused(capsys, arguments, *said):
    assert run([*map(str, arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    for word in said:
        assert word in err


@pytest.mark.parametrize("text", SOME)
@pytest.mark.parametrize("command", ["report", "match", "plan", "section", "rollup"])
def test_an_option_takes_no_half_date(project, capsys, command, text):
    refused(capsys, [command, project, "--as-of", text], "--as-of", text)


BUREAU = "bureau: {level: county, region: west, staff: 9, vehicles: 1}\nledgers: 台账.csv\n"


@pytest.mark.parametrize("text", SOME)
@pytest.mark.parametrize(
    "line",
    [
        "as_of: {}",
        'as_of: "{}"',
        "waivers: [{{requirement: uav, reason: 无, until: {}}}]",
        "services: [{{requirement: uav, how: pool, until: {}}}]",
    ],
)
def test_a_project_takes_no_half_date(project, capsys, line, text):
    (project / "equipcheck.yaml").write_text(BUREAU + line.format(text), "utf-8")
    refused(capsys, ["report", project], "equipcheck.yaml:3:", text)


@pytest.mark.parametrize("text", SOME)
def test_a_decision_takes_no_half_date(project, capsys, text):
    (project / "equipcheck.yaml").write_text(BUREAU + "decisions: d.yaml\n", "utf-8")
    (project / "d.yaml").write_text(f"matches: [{{name: 甲, kind: uav, date: {text}}}]\n", "utf-8")
    refused(capsys, ["report", project], "d.yaml:1:", text)


@pytest.mark.parametrize("text", SOME)
@pytest.mark.parametrize("line", ["as_of: {}", "services: [{{requirement: uav, how: pool, until: {}}}]"])
def test_a_fleet_takes_no_half_date(project, capsys, line, text):
    (project / "bureaus.csv").write_text("机构代码,级别\n台账,县级\n", "utf-8")
    fleet = project / "fleet.yaml"
    fleet.write_text("bureaus: bureaus.csv\nledgers: 台账.csv\n" + line.format(text), "utf-8")
    refused(capsys, ["rollup", fleet], "fleet.yaml:3:", text)


@pytest.mark.parametrize("text", SOME)
def test_a_table_of_bureaus_takes_no_half_date(text):
    _, problems = read_row({"code": "1", "as_of": text}, Place("bureaus.csv", line=2))
    assert [one.code for one in problems] == ["fleet-bad-value"]


STANDARD = """id: demo
family: demo
title: 示例
{}
requirements: [{{id: a, name: 甲, kinds: [uav], quantity: 1, source: {{status: estimate}}}}]
"""


@pytest.mark.parametrize("text", [one for one in SOME if one != "2023"])
@pytest.mark.parametrize("line", ["effective: {}", "verified: {{on: {}, by: 甲, sha256: x}}"])
def test_a_standard_takes_no_half_date(tmp_path, capsys, line, text):
    path = tmp_path / "s.yaml"
    path.write_text(STANDARD.format(line.format(text)), "utf-8")
    refused(capsys, ["standards", "show", path], "s.yaml:4:", text)


@pytest.mark.parametrize("text", WHOLE)
def test_a_standard_is_dated_in_every_usual_writing(tmp_path, capsys, text):
    path = tmp_path / "s.yaml"
    path.write_text(STANDARD.format(f'effective: "{text}"'), "utf-8")
    assert run(["standards", "show", str(path), "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["effective"] == "2023-12-31"


@pytest.mark.parametrize("text", SOME)
def test_the_day_of_a_signature_is_a_whole_day(tmp_path, capsys, text):
    call = ["standards", "verify", tmp_path / "s.yaml", "--against", tmp_path / "a.docx", "--on", text]
    refused(capsys, call, "--on")


@pytest.mark.parametrize("text", ["2023-12", "202312"])
def test_the_desk_takes_no_half_date(project, text):
    (project / "equipcheck.yaml").write_text(BUREAU, "utf-8")
    answer = client_of(project).put("/api/project", json={"bureau": {"level": "county"}, "as_of": text})
    assert answer.status_code == 422
    assert text in answer.text


@pytest.mark.parametrize("text", [one for one in SOME if one != "2023"])
def test_an_annex_takes_no_half_date(tmp_path, capsys, text):
    (tmp_path / "a.csv").write_text("名称,单位,县级\n无人机,台,1台\n", "utf-8")
    call = ["standards", "import", tmp_path / "a.csv", "-o", tmp_path / "a.yaml", "--effective", text]
    refused(capsys, call, "施行日期", text)
    assert not (tmp_path / "a.yaml").exists()


def test_an_annex_takes_a_day_in_every_writing(tmp_path):
    (tmp_path / "a.csv").write_text("名称,单位,县级\n无人机,台,1台\n", "utf-8")
    for text, said in (("2023年12月31日", "2023-12-31"), ("2023", "2023")):
        path = tmp_path / f"{said}.yaml"
        assert (
            run(["standards", "import", str(tmp_path / "a.csv"), "-o", str(path), "--effective", text]) == 0
        )
        assert f'effective: "{said}"' in path.read_text("utf-8")


@pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01", "9999-12-31", "22001231"])
def test_a_year_that_nobody_means_is_no_day(text):
    assert parse_day(text) is None
