"""The published schemas: sound in themselves, described in Chinese, true of what is read and printed."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from equipcheck.cli import run
from equipcheck.ground import yamlfile
from equipcheck.ground.shipped import shipped_dir
from equipcheck.schemas import NAMES, schema_of
from equipcheck.schemas.inputs import INPUTS


def check(name: str, data: object) -> None:
    jsonschema.Draft202012Validator(schema_of(name)).validate(data)


def plain(data: object) -> object:
    return json.loads(json.dumps(data, default=float))


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema(name, capsys):
    assert run(["standards", "schema", "--of", name]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]


def objects(schema: object):
    if isinstance(schema, dict):
        if "properties" in schema and "patternProperties" in schema:
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


@pytest.mark.parametrize("name", INPUTS)
def test_every_key_of_an_input_is_described_in_chinese(name):
    found = [(key, one) for part in objects(schema_of(name)) for key, one in part["properties"].items()]
    silent = [
        key
        for key, one in found
        if key not in ("min", "max")
        and not any("\u4e00" <= char <= "\u9fff" for char in one.get("description", ""))
    ]
    assert found or name == "lexicon-models"  # kinds and their models, no key of its own
    assert silent == []


@pytest.mark.parametrize("path", sorted(shipped_dir().glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_standards_fit_their_schema(path):
    check("standard", plain(yamlfile.load(path).data))


@pytest.mark.parametrize(
    "path", sorted((shipped_dir() / "catalogue").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_shipped_catalogue_fits_its_schema(path):
    check("catalogue", plain(yamlfile.load(path).data))


def test_the_shipped_words_of_annexes_fit_their_schema():
    check("annex-words", plain(yamlfile.load(shipped_dir() / "vocabulary" / "annex.yaml").data))


SHORT = """id: demo
family: demo
title: 示例
x_mine: 1
requirements:
  - {id: one, name: 一, kinds: [uav], quantity: 2, source: {status: reprint}}
  - {id: two, name: 二, kinds: [uav], when: {level: [city, county], vehicles: {min: 1}},
     quantity: {per: staff, tiers: [{upto: 10}, {every: 2.5}]}, source: {status: reprint, x_who: 甲}}
"""


def test_shorthands_fit_and_wrong_keys_do_not():
    data = plain(yamlfile.loads(SHORT.encode(), "demo.yaml").data)
    check("standard", data)
    data["requirements"][0]["quantitty"] = 3
    with pytest.raises(jsonschema.ValidationError, match="quantitty"):
        check("standard", data)


@pytest.mark.parametrize("name", ["office-central-2016", "supervision-2006-east"])
def test_what_show_prints_fits(name, capsys):
    assert run(["standards", "show", name, "-f", "json"]) == 0
    check("show", json.loads(capsys.readouterr().out))


def test_what_diff_and_lint_print_fits(capsys, tmp_path: Path):
    assert run(["standards", "diff", "enforcement-2020", "supervision-2006-east", "-f", "json"]) == 0
    check("diff", json.loads(capsys.readouterr().out))
    (tmp_path / "demo.yaml").write_text(SHORT.replace("uav", "uavv"), encoding="utf-8")
    assert run(["standards", "lint", str(tmp_path / "demo.yaml"), "-f", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    check("lint", found)
    assert (found[0]["code"], found[0]["line"]) == ("unknown-kind", 6)


SAMPLE = str(Path(__file__).parents[2] / "inventories" / "sample-district")


@pytest.mark.parametrize("name", ["report", "match", "plan"])
def test_what_the_main_commands_print_fits(name, capsys):
    assert run([name, SAMPLE, "-f", "json"]) == 0
    check(name, json.loads(capsys.readouterr().out))


@pytest.mark.parametrize("file", ["equipcheck.yaml", "decisions.yaml"])
def test_what_init_writes_and_the_sample_hold_fits(file, tmp_path):
    name = "project" if file == "equipcheck.yaml" else "decisions"
    assert (
        run(["init", str(tmp_path), "--level", "county", "--staff", "3", "--vehicles", "1", "--no-report"])
        == 0
    )
    for folder in (tmp_path, Path(SAMPLE)):
        check(name, json.loads(json.dumps(yamlfile.load(folder / file).data, default=str)))


def test_a_checked_draft_of_the_yearly_section_fits(tmp_path, capsys):
    (tmp_path / "draft.md").write_text("存在的问题\n1. 没有配备无人机。\n", encoding="utf-8")
    assert run(["section", SAMPLE, "--check", str(tmp_path / "draft.md"), "-f", "json"]) == 0
    check("section", json.loads(capsys.readouterr().out))
