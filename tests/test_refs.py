"""A row's ref names one row: paths relative to the project, outside of it too, and bare ledgers told apart."""

from __future__ import annotations

import json

import pytest

from equipcheck.cli import run

FACTS = "bureau: {level: county, region: west, staff: 9, vehicles: 1}\nas_of: 2023-12-31\n"
ROWS = "资产编号,资产名称,数量,使用状况\n{},声级计,5,在用\n"


@pytest.fixture
def places(tmp_path):
    for name in ("a", "b/c", "项 目/x"):
        (tmp_path / name).mkdir(parents=True)
    for name, number in (("a/l.csv", "A1"), ("b/c/l.csv", "A2"), ("项 目/x/l.csv", "A3")):
        (tmp_path / name).write_text(ROWS.format(number), "utf-8")
    return tmp_path


def report(capsys, *arguments):
    assert run(["report", "-f", "json", *map(str, arguments)]) == 0
    return json.loads(capsys.readouterr().out)


def refs(data) -> list[str]:
    sound = next(one for one in data["findings"] if one["requirement"] == "sound-level")
    return [one["ref"] for one in sound["assets"]]


@pytest.fixture
def project(places):
    ledgers = f"ledgers: [x/l.csv, ../a/l.csv, {places}/b/c/l.csv]\n"
    (places / "项 目" / "equipcheck.yaml").write_text(FACTS + ledgers + "decisions: d.yaml\n", "utf-8")
    return places / "项 目"


OUTSIDE = ["x/l.csv#2", "../a/l.csv#2", "../b/c/l.csv#2"]


def test_ledgers_outside_the_project_have_refs_of_their_own(project, capsys):
    data = report(capsys, project)
    assert refs(data) == OUTSIDE
    paths = [one["path"] for one in data["inputs"]]
    assert len(set(paths)) == len(paths)
    assert {ref.removesuffix("#2") for ref in OUTSIDE} <= set(paths)


@pytest.mark.parametrize("ref", OUTSIDE)
def test_such_a_row_can_be_taken_apart(project, capsys, ref):
    parts = "[{quantity: 3}, {quantity: 2, status: 损坏}]"
    (project / "d.yaml").write_text(f'splits: [{{ref: "{ref}", parts: {parts}}}]\n', "utf-8")
    data = report(capsys, project)
    assert [ref for ref in refs(data) if refs(data).count(ref) > 1] == [ref, ref]
    assert not [note for note in data["notes"] if note["code"].startswith("split")]


def test_the_place_from_which_it_is_run_changes_no_ref(project, capsys, monkeypatch):
    for here, target in ((project, "."), (project / "x", ".."), (project.parent, "项 目")):
        monkeypatch.chdir(here)
        assert refs(report(capsys, target)) == OUTSIDE


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["a/l.csv"], ["l.csv#2"]),
        (["a/l.csv", "b/c/l.csv"], ["a/l.csv#2", "c/l.csv#2"]),
        (["a", "b/c"], ["a/l.csv#2", "c/l.csv#2"]),
        (["a/l.csv", "a/l.csv"], ["l.csv#2"]),
        (["a/l.csv", "a/../a/l.csv", "b/c"], ["a/l.csv#2", "c/l.csv#2"]),
        (["d/c/l.csv", "b/c/l.csv", "a/m.csv"], ["d/c/l.csv#2", "b/c/l.csv#2", "m.csv#2"]),
    ],
)
def test_bare_ledgers_of_one_name_are_told_apart(places, capsys, monkeypatch, given, shown):
    (places / "d" / "c").mkdir(parents=True)
    (places / "d" / "c" / "l.csv").write_text(ROWS.format("A4"), "utf-8")
    if "a/m.csv" in given:
        (places / "a" / "m.csv").write_text(ROWS.format("A5"), "utf-8")
    monkeypatch.chdir(places)
    facts = [
        "--level",
        "县级",
        "--region",
        "西部",
        "--staff",
        "9",
        "--vehicles",
        "1",
        "--as-of",
        "2023-12-31",
    ]
    assert refs(report(capsys, *given, *facts)) == shown


def test_a_ledger_that_a_link_brings_into_the_project_is_where_the_project_has_it(project, places, capsys):
    link = project / "台账.csv"
    try:
        link.symlink_to(places / "a" / "l.csv")
    except OSError:
        pytest.skip("no links here")
    (project / "equipcheck.yaml").write_text(FACTS + "ledgers: 台账.csv\n", "utf-8")
    assert refs(report(capsys, project)) == ["台账.csv#2"]
