"""What is kept on the shelf is what its sources say, is found only for those very sources, and may go at any time."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground import shelf, yamlfile
from equipcheck.ground.shelf import kept, pack, unpack
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.validation import read, validate
from equipcheck.ground.vocabulary import words_of
from equipcheck.match.lexicon import compiled, load_lexicon
from equipcheck.plan.laws import LawFile
from equipcheck.plan.settings import Settings, shipped_settings
from equipcheck.problems import InputError
from equipcheck.project.form import ProjectFile
from equipcheck.schemas.inputs import word_forms
from equipcheck.standard.load import load_standard, shipped_ids
from equipcheck.standard.model import QuantityRule, Standard
from tests.conftest import ROOT, SAMPLE


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("EQUIPCHECK_CACHE", str(tmp_path))
    return tmp_path / "shelf"


def entries(folder):
    return sorted(path.name for path in folder.glob("*.json"))


def test_the_catalogue_from_the_shelf_is_what_the_files_say(folder):
    anew, again = load_catalogue(), load_catalogue()
    assert len(entries(folder)) == 1
    assert again == anew
    assert list(again.kinds) == list(anew.kinds)
    files = [yamlfile.load(path).data for path in (shipped_dir() / "catalogue").glob("*.yaml")]
    said = [kind for file in files for kind in (file if isinstance(file, list) else file.get("kinds", ()))]
    assert sorted(again.kinds) == sorted(kind["id"] for kind in said)


def test_the_lexicon_from_the_shelf_is_the_one_compiled(folder):
    catalogue = load_catalogue()
    anew = compiled(catalogue)
    load_lexicon(catalogue)
    again = load_lexicon(catalogue)
    for field in anew._fields:
        assert getattr(again, field) == getattr(anew, field), field
    assert list(again.exact) == list(anew.exact)
    assert any(name.startswith("lexicon-") for name in entries(folder))


@pytest.mark.parametrize("name", shipped_ids())
def test_a_standard_from_the_shelf_is_what_its_file_says(name, folder):
    catalogue = load_catalogue()
    load_standard(name, shipped_dir(), catalogue)
    again = load_standard(name, shipped_dir(), catalogue)
    document = yamlfile.load(shipped_dir() / f"{name}.yaml", again.shown)
    said, problems = validate(Standard, document)
    assert problems == []
    assert again.standard.columns == said.columns
    assert [row.model_copy(update={"kinds": ()}) for row in again.standard.requirements] == [
        row.model_copy(update={"kinds": ()}) for row in said.requirements
    ]
    assert again.places.row(0, "name") == document.place(("requirements", 0, "name"))
    assert entries(folder)


def test_settings_laws_and_words_from_the_shelf_are_what_their_files_say(folder):
    plan = shipped_dir() / "plan"
    for form, name in ((Settings, "settings.yaml"), (LawFile, "laws.yaml")):
        anew, _ = validate(form, yamlfile.load(plan / name))
        read(form, plan / name, name)
        assert read(form, plan / name, name)[0] == anew
    assert shipped_settings() == validate(Settings, yamlfile.load(plan / "settings.yaml"))[0]
    for form, _ in word_forms().values():
        words_of.cache_clear()
        anew = words_of(form)
        words_of.cache_clear()
        assert words_of(form) == anew
    assert len(entries(folder)) == 3 + len(list((shipped_dir() / "vocabulary").glob("*.yaml")))


def test_a_report_with_everything_kept_checks_nothing_anew(folder):
    """No YAML, no pydantic, no planning where none is shown; values are named tuples or `Mutable`s, whose classes are
    made in a fraction of a dataclass's time (docs/decisions/0011)."""
    script = (
        "import sys\n"
        "from equipcheck.cli import run\n"
        f"code = run(['report', {str(SAMPLE)!r}])\n"
        "heavy = {'yaml', 'pydantic', 'openpyxl', 'numpy', 'docx', 'equipcheck.plan', 'equipcheck.ledger.columnar'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
        "ours = [part for name, part in sys.modules.items() if name.startswith('equipcheck')]\n"
        "kinds = {kind for part in ours for kind in vars(part).values() if isinstance(kind, type)}\n"
        "made = [kind for kind in kinds if '__dataclass_params__' in vars(kind) and kind.__module__[:5] == 'equip']\n"
        "print(sorted(kind.__name__ for kind in made), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
    heavy, compiled = runs[1].stderr.decode().splitlines()[-2:]
    assert heavy == "[]"
    assert compiled == str(["AssetUse"]), (
        "make it a NamedTuple, or a Mutable where it changes"
    )  # fields not compared


def test_a_file_that_changed_is_read_anew(folder, tmp_path):
    path = tmp_path / "equipcheck.yaml"
    path.write_text("bureau: {staff: 3}\n", "utf-8")
    assert read(ProjectFile, path, "p")[0].bureau == {"staff": 3}
    path.write_text("bureau: {staff: 4}\n", "utf-8")
    assert read(ProjectFile, path, "p")[0].bureau == {"staff": 4}
    path.write_text("bureau: {staff: 4}\nlegders: []\n", "utf-8")
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            read(ProjectFile, path, "p")
        assert [(one.code, one.place.line) for one in caught.value.problems] == [("unknown-key", 2)]
    assert len(entries(folder)) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[1",
        b'{"$":"os:system","of":1}',
        b'{"$":"equipcheck.nowhere:Nobody"}',
        b'{"$":"equipcheck.project.form:Nobody"}',
        b'{"$":"decimal","of":"many"}',
    ],
)
def test_an_entry_that_cannot_be_read_counts_as_none(data, folder, tmp_path):
    path = tmp_path / "equipcheck.yaml"
    path.write_text("as_of: 2023-12-31\n", "utf-8")
    first, _ = read(ProjectFile, path, "p")
    (found,) = folder.glob("*.json")
    key, _, _ = found.read_bytes().partition(b"\n")
    found.write_bytes(key + b"\n" + data)
    assert read(ProjectFile, path, "p")[0] == first
    found.unlink()
    assert read(ProjectFile, path, "p")[0] == first


def test_other_files_code_or_circumstances_are_other_entries(folder, tmp_path):
    path = tmp_path / "a"
    path.write_text("a")
    asked = []

    def make():
        asked.append(1)
        return ()

    for code, also in ((["cli/base.py"], ""), (["cli/help.py"], ""), (["cli/base.py"], "x")):
        kept("made", [path], code, make, also=also)
        kept("made", [path], code, make, also=also)
    assert len(asked) == 3


def test_a_folder_that_cannot_be_written_is_no_mistake(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("EQUIPCHECK_CACHE", str(tmp_path / "file"))
    assert load_catalogue().kinds


def test_the_oldest_entries_go(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "MOST", 3)
    for number in range(6):
        kept("made", [], [], lambda number=number: number, also=str(number))
    assert len(entries(folder)) == 3


def test_what_is_packed_comes_back_and_nothing_else_is_packed():
    rule = QuantityRule(per="staff", tiers=[{"upto": 100, "every": 20}, {"every": "2.5"}])
    value = (rule, {"a": [1, None], 2: frozenset({"x"})}, True, 1.5)
    assert unpack(json.loads(json.dumps(pack(value)))) == value
    with pytest.raises(TypeError):
        pack(object())
