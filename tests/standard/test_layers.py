"""A local rule over another standard: raised rows, new rows, and nothing loosened without a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.cli import run
from equipcheck.problems import InputError
from equipcheck.standard.load import load_standard

CATALOGUE = load_catalogue()

BASE = """id: national
family: demo
title: 上位标准（虚构）
document: 示例〔2024〕1号
columns:
  - {id: city, label: 市级, when: {level: city}}
  - {id: county, label: 县级, when: {level: county}}
requirements:
  - id: uav
    name: 无人机
    kinds: [uav]
    unit: 架
    quantity: {city: 2, county: {per: staff, every: 10}}
    source: {place: 表1 第2行, status: official}
  - id: camera
    name: 照相机
    kinds: [still_camera]
    obligation: {city: required, county: optional}
    quantity: {city: 1, county: 1}
    source: {place: 表1 第3行, status: official}
"""


def local(*rows: str, head: str = "") -> str:
    text = f"id: local\nfamily: demo\ntitle: 地方标准（虚构）\nextends: national.yaml\n{head}requirements:\n"
    return text + "".join(f"  - {{{row}, source: {{place: 第1条, status: reprint}}}}\n" for row in rows)


def load(folder: Path, text: str):
    (folder / "national.yaml").write_text(BASE, encoding="utf-8")
    (folder / "local.yaml").write_text(text, encoding="utf-8")
    return load_standard("local.yaml", folder, CATALOGUE)


def broken(folder: Path, text: str):
    with pytest.raises(InputError) as caught:
        load(folder, text)
    return caught.value.problems


def test_rows_are_raised_added_or_taken_over(tmp_path):
    loaded = load(
        tmp_path,
        local(
            "id: uav, quantity: {county: {per: staff, every: 5, min: 1}}",
            "id: helmet, name: 安全帽, kinds: [safety_helmet], quantity: {county: {per: staff}}",
        ),
    )
    uav, camera, helmet = loaded.standard.requirements
    assert (uav.name, uav.kinds, uav.unit) == ("无人机", ("uav",), "架")
    assert (uav.quantity["city"].count, uav.quantity["county"].every) == (2, 5)
    assert (uav.source.status, uav.source.document) == ("reprint", None)
    assert camera.obligation == {"city": "required", "county": "optional"}
    assert camera.source.document == "示例〔2024〕1号"
    assert list(helmet.quantity) == ["county"]
    assert [column.id for column in loaded.standard.columns] == ["city", "county"]


def test_each_row_knows_its_file(tmp_path):
    loaded = load(tmp_path, local("id: uav, quantity: {city: 3}"))
    assert loaded.origin("uav") == "local.yaml:6，在 national.yaml:9 之上"
    assert loaded.origin("camera") == "national.yaml:15"
    assert [name for name, _ in loaded.files] == ["local.yaml", "national.yaml"]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("id: uav, quantity: {city: 1}", "列 city 2架 → 1架"),
        ("id: uav, quantity: {county: {per: staff, every: 11}}", "列 county 每10人1架 → 每11人1架"),
        ("id: uav, quantity: {county: 1}", "列 county 每10人1架 → 1架"),
        ("id: uav, quantity: {city: {as_needed: true}}", "列 city 2架 → 按需"),
        ("id: uav, obligation: optional", "必配 → 选配"),
        ("id: uav, service: true", "第三方服务"),
        ("id: uav, kinds: [uav, usv]", "种类变多"),
        ("id: uav, when: {vehicles: {min: 1}}", "适用条件"),
    ],
)
def test_loosening_needs_a_reason_and_names_both_places(row, what, tmp_path):
    (problem,) = {one.message: one for one in broken(tmp_path, local(row))[:1]}.values()
    assert (problem.code, problem.place.line) == ("extends-looser", 6)
    assert what in problem.message
    assert "national.yaml:9" in problem.message
    assert load(tmp_path, local(row + ", note: 本地无此需要")).standard.requirements[0].note == "本地无此需要"


@pytest.mark.parametrize(
    "row",
    [
        "id: uav, quantity: {city: 2, county: {per: staff, every: 10, min: 1}}",
        "id: uav, quantity: {county: {per: staff, every: 10, min: 2}}",
        "id: camera, obligation: required",
        "id: camera, quantity: {county: {per: staff}, city: 2}, note: 按人",
    ],
)
def test_raising_needs_none(row, tmp_path):
    load(tmp_path, local(row))


def test_a_clash_with_the_base_names_both_places(tmp_path):
    row = "id: drone, name: 无人驾驶航空器, kinds: [uav], quantity: {city: 1}"
    (problem,) = broken(tmp_path, local(row))
    assert (problem.code, problem.place.path, problem.place.line) == ("kinds-overlap", "local.yaml", 6)
    assert "national.yaml:11" in problem.message or "national.yaml:9" in problem.message


def test_a_circle_and_a_wrong_base_are_told_at_their_place(tmp_path):
    (tmp_path / "a.yaml").write_text(BASE.replace("document:", "extends: b.yaml\ndocument:"), "utf-8")
    (tmp_path / "b.yaml").write_text(BASE.replace("document:", "extends: a.yaml\ndocument:"), "utf-8")
    with pytest.raises(InputError) as caught:
        load_standard("a.yaml", tmp_path, CATALOGUE)
    assert [one.code for one in caught.value.problems] == ["extends-circle"]
    text = local("id: uav, quantity: {city: 3}").replace("national.yaml", "enforcement-2002")
    (problem,) = broken(tmp_path, text)
    assert (problem.code, problem.place.line) == ("unknown-standard", 4)


def test_two_rows_of_one_id_are_still_told(tmp_path):
    (problem, *_) = broken(tmp_path, local("id: uav, quantity: {city: 3}", "id: uav, quantity: {city: 4}"))
    assert problem.code in ("duplicate-id", "kinds-overlap")


def test_over_a_shipped_standard_with_one_column(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("local.yaml").write_text(
        "id: local\nfamily: office\ntitle: 地方标准（虚构）\nextends: office-central-2016\nrequirements:\n"
        "  - {id: laptop, quantity: {per: on_roll, percent: 30, round: down}, source: {status: reprint}}\n",
        "utf-8",
    )
    assert run(["standards", "show", "local.yaml", "-f", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["limit"] == "ceiling"
    rules = {row["id"]: row["quantity"]["all"] for row in shown["requirements"]}
    assert len(rules) == 5
    assert rules["laptop"]["percent"] == 30
    assert run(["standards", "diff", "office-central-2016", "local.yaml", "-f", "json"]) == 0
    changed = json.loads(capsys.readouterr().out)["changed"]
    assert [one["requirement"] for one in changed] == ["laptop"]
