"""Words of closed sets: taken in Chinese too, and a stray one refused where it stands, with a near match."""

from __future__ import annotations

import json

import click
import pytest

from equipcheck.catalogue.kinds import CatalogueFile
from equipcheck.cli import cli, run
from equipcheck.cli.options import Word
from equipcheck.fleet.form import FleetFile
from equipcheck.ground.closed_words import SETS
from equipcheck.project.form import ProjectFile
from equipcheck.schemas import schema_of
from equipcheck.section.settings import SectionSettings
from equipcheck.standard.model import Standard

LEDGER = "某局固定资产台账（2024年12月31日）\n资产名称,数量,检定有效期至\n声级计,1,\n"
FACTS = ["--staff", "9", "--vehicles", "1"]


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, "utf-8")
    return path


def report(capsys, *arguments):
    assert run(["report", "-f", "json", *map(str, arguments)]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("level", "region", "metrology"),
    [
        ("县级", "西部", "严格"),
        ("区级", "西", "从严"),
        ("county", "west", "strict"),
        (" 县 ", "西部 ", "严格"),
    ],
)
def test_the_command_line_takes_chinese(ledger, capsys, level, region, metrology):
    options = ["--level", level, "--region", region, "--metrology", metrology]
    found = report(capsys, ledger, *FACTS, *options)
    assert (found["bureau"]["level"], found["bureau"]["region"]) == ("county", "west")
    sound = next(one for one in found["findings"] if one["requirement"] == "sound-level")
    assert sound["assets"][0]["excluded"] == "verification_unknown"


@pytest.mark.parametrize(
    ("options", "near"),
    [
        (["--level", "cuonty"], "county"),
        (["--level", "县级", "--region", "wset"], "west"),
        (["--level", "县级", "--metrology", "strcit"], "strict"),
        (["--level", "县级", "--fact", "region=wst"], "west"),
        (["--level", "县级", "--fact", "climate=subtropcal"], "subtropical"),
    ],
)
def test_a_stray_word_of_an_option_is_refused_with_a_near_match(ledger, capsys, options, near):
    assert run(["report", str(ledger), *FACTS, *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"是否为“{near}”" in err


def test_a_project_takes_chinese_and_refuses_stray_words_where_they_stand(tmp_path, ledger, capsys):
    config = tmp_path / "equipcheck.yaml"
    text = (
        "bureau: {level: 县级, region: 西部, staff: 9, vehicles: 1}\nas_of: 2024-12-31\nmetrology: 严格\n"
        "ledgers: [{path: 台账.csv, as: 台账}]\nservices: [{requirement: uav, how: 统调}]\n"
    )
    config.write_text(text, "utf-8")
    found = report(capsys, tmp_path)
    assert found["bureau"]["level"] == "county"
    assert next(one for one in found["findings"] if one["requirement"] == "uav")["serviced"] == 1
    config.write_text(text.replace("西部", "wset"), "utf-8")
    assert run(["report", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert "equipcheck.yaml:1:29" in err
    assert "west" in err
    assert "wset" in err


STANDARD = """id: demo
family: demo
title: 示例
effective: "2020"
columns:
  - {id: county, label: 县级, when: {level: %s}}
  - {id: city, label: 市级, when: {level: 市级}}
requirements:
  - id: a
    name: 声级计
    kinds: [sound_level_meter]
    quantity: {county: 1}
    when: {region: %s}
    source: {status: official}
"""


def test_a_standards_conditions_take_chinese_and_are_refused_with_their_place(tmp_path, ledger, capsys):
    standard = tmp_path / "s.yaml"
    standard.write_text(STANDARD % ("县级", "[东部, 西部]"), "utf-8")
    options = [ledger, "--standard", standard, "--level", "county", "--region", "west"]
    assert [one["required"] for one in report(capsys, *options)["findings"]] == [1]
    standard.write_text(STANDARD % ("cuonty", "[东部, wset]"), "utf-8")
    assert run(["report", *map(str, options)]) == 2
    err = capsys.readouterr().err
    assert "s.yaml:6:43" in err
    assert "s.yaml:13:20" in err
    assert "是否为“county”" in err
    assert "是否为“west”" in err
    assert run(["standards", "lint", str(standard)]) == 1
    out = capsys.readouterr().out
    assert "cuonty" in out
    assert "wset" in out


def test_the_note_on_the_day_names_the_ledgers_own_date_and_the_option(ledger, capsys, monkeypatch):
    import datetime as dt

    from equipcheck.cli import options

    monkeypatch.setattr(options, "today", lambda: dt.date(2025, 3, 1))
    said = {one["code"]: one["note"] for one in report(capsys, ledger, *FACTS, "--level", "县级")["notes"]}
    assert "2024-12-31" in said["as-of-today-dated"]
    assert "--as-of 2024-12-31" in said["as-of-today-dated"]
    assert "as-of-today" not in said
    codes = {
        one["code"]
        for one in report(capsys, ledger, *FACTS, "--level", "县级", "--as-of", "2024-12-31")["notes"]
    }
    assert not codes & {"as-of-today-dated", "as-of-today"}
    ledger.write_text(LEDGER.replace("2024年12月31日", "2025-12-31"), "utf-8")
    codes = {one["code"] for one in report(capsys, ledger, *FACTS, "--level", "县级")["notes"]}
    assert "as-of-today" in codes, "a day that has not come is no day to check on"


ROW = {"id": "a", "name": "甲", "kinds": ["uav"], "quantity": {"per": "staff", "every": 3}}
TRUSTED = {"status": "estimate"}


def _standard(**more):
    row = {**ROW, "source": TRUSTED, **more.pop("row", {})}
    return Standard.model_validate({"id": "s", "family": "s", "title": "示例", "requirements": [row], **more})


def _row(**more):
    return _standard(row=more).requirements[0]


def _rule(word):
    return _row(quantity={"per": "staff", "every": 3, "round": word}).quantity["all"].round


def _tier(word):
    return (
        _row(quantity={"per": "staff", "tiers": [{"every": 3, "round": word}]}).quantity["all"].tiers[0].round
    )


def _kind(word):
    kind = {"id": "x", "name": "甲", "aliases": [], "unit": "台", "metrology": {"mode": word}}
    return CatalogueFile.model_validate({"kinds": [kind]}).kinds[0].metrology.mode


def _service(word):
    return ProjectFile.model_validate({"services": [{"requirement": "uav", "how": word}]}).services[0].how


FIELDS = {
    "standard limit": ("limit", lambda word: _standard(limit=word).limit),
    "standard obligation": ("obligation", lambda word: _row(obligation=word).obligation["all"]),
    "standard obligations": ("obligation", lambda word: _row(obligation={"all": word}).obligation["all"]),
    "standard source.status": ("status", lambda word: _row(source={"status": word}).source.status),
    "standard source.kind": ("trust", lambda word: _row(source={**TRUSTED, "kind": word}).source.kind),
    "standard round": ("round", _rule),
    "standard tiers round": ("round", _tier),
    "catalogue metrology.mode": ("mode", _kind),
    "project metrology": ("metrology", lambda word: ProjectFile.model_validate({"metrology": word}).metrology),
    "project as": (
        "role", lambda word: ProjectFile.model_validate({"ledgers": [{"path": "a", "as": word}]}).ledgers[0].as_,
    ),
    "project services.how": ("how", _service),
    "project section.style": ("style", lambda word: SectionSettings.model_validate({"style": word}).style),
    "fleet metrology": (
        "metrology",
        lambda word: FleetFile.model_validate({"bureaus": "b", "ledgers": "a", "metrology": word}).metrology,
    ),
}  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_a_file_takes_every_word_of_a_set_in_every_writing(field):
    name, read = FIELDS[field]
    for code, said in SETS[name].items():
        assert {read(word) for word in (code, *said, f" {said[0]} ")} == {code}


@pytest.mark.parametrize("field", FIELDS)
def test_no_stray_word_is_taken(field):
    _, read = FIELDS[field]
    with pytest.raises(ValueError, match=r"literal_error|Input should be"):
        read("没有这个词")


def test_no_word_stands_for_two_codes_of_a_set():
    for name, codes in SETS.items():
        words = [word for code, said in codes.items() for word in (code, *said)]
        assert len(set(words)) == len(words), name


@pytest.mark.parametrize("name", ["standard", "catalogue", "project", "fleet"])
def test_the_published_schema_knows_the_chinese_words(name):
    def enums(schema):
        if isinstance(schema, dict):
            yield from ([schema["enum"]] if "enum" in schema else [])
            for value in schema.values():
                yield from enums(value)
        elif isinstance(schema, list):
            for value in schema:
                yield from enums(value)

    found = list(enums(schema_of(name)))
    assert found
    for field in (one for one in FIELDS if one.startswith(f"{name} ") and "section" not in one):
        codes = list(SETS[FIELDS[field][0]])
        (told, *_) = [one for one in found if one[: len(codes)] == codes]
        assert {word for said in SETS[FIELDS[field][0]].values() for word in said} <= set(told)


def options(group=cli, path="equipcheck"):
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        if isinstance(one, click.Group):
            yield from options(one, f"{path} {name}")
        else:
            yield from ((f"{path} {name} {option.opts[0]}", option) for option in one.params)


def test_every_option_of_a_closed_set_takes_chinese():
    """Forms are the endings of files, shells the names of programs: no words of ours."""
    closed = {name for name, one in options() if isinstance(one.type, click.Choice)}
    assert {name for name in closed if not name.endswith((" -f", "completion shell"))} == set()
    words = [(name, one) for name, one in options() if isinstance(one.type, Word)]
    assert {one.type.name for _, one in words} >= {
        "level",
        "region",
        "metrology",
        "by",
        "style",
        "part",
        "of",
        "role",
    }
    for name, one in words:
        for said, code in one.type.words().items():
            assert one.type.convert(said, one, None) == code, name


@pytest.mark.parametrize("word", ["严格", "从严", "strict"])
def test_a_roll_up_takes_it_in_its_option_and_in_its_file(tmp_path, capsys, word):
    (tmp_path / "a.csv").write_text("单位代码,资产名称,数量\na,声级计,1\n", "utf-8")
    (tmp_path / "b.csv").write_text("机构代码,级别,人员数,车辆数\na,县级,9,1\n", "utf-8")
    fleet = tmp_path / "fleet.yaml"
    text = "standard: enforcement-2020\nas_of: 2023-12-31\nbureaus: b.csv\nledgers: a.csv\n"

    def counted(*more):
        assert run(["rollup", str(fleet), "--no-cache", "-f", "json", *more]) == 0
        data = json.loads(capsys.readouterr().out)
        return next(one for one in data["by_requirement"] if one["requirement"] == "sound-level")["counted"]

    fleet.write_text(text, "utf-8")
    assert (counted(), counted("--metrology", word)) == (1, 0)
    fleet.write_text(f"{text}metrology: {word}\n", "utf-8")
    assert counted() == 0


def test_a_draft_answered_in_chinese_keeps_its_answers(tmp_path, capsys):
    annex, draft = tmp_path / "a.csv", tmp_path / "a.yaml"
    annex.write_text("名称,单位,县级\n无人机,台,1台\n", "utf-8")
    call = ["standards", "import", str(annex), "-o", str(draft)]
    assert run(call) == 0
    text = draft.read_text("utf-8").replace("required", "选配").replace("floor", "配置上限")
    draft.write_text(text, "utf-8")
    annex.write_text("名称,单位,县级\n无人机,台,1台\n声级计,台,不超过2台\n", "utf-8")
    assert run([*call, "--merge"]) == 0
    capsys.readouterr()
    assert run(["standards", "show", str(draft), "-f", "json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["limit"] == "ceiling"
    assert row["requirements"][0]["obligation"] == {"county": "optional"}
    assert row["requirements"][1]["quantity"]["county"]["count"] == 2, "read as of a ceiling"


def test_the_desk_shows_and_keeps_a_word_written_in_chinese(tmp_path, ledger):
    from tests.desk.conftest import client_of

    config = tmp_path / "equipcheck.yaml"
    config.write_text("bureau: {level: county, staff: 9}\nmetrology: 严格\nledgers: 台账.csv\n", "utf-8")
    client = client_of(tmp_path)
    page = client.get("/bureau").text
    assert 'value="strict" checked' in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    form = {"do": "save", "seen": seen, "metrology": "strict", "fact.staff": "10"}
    assert client.post("/bureau", data=form).status_code == 303
    assert "metrology: 严格" in config.read_text("utf-8")
    assert "staff: 10" in config.read_text("utf-8")
