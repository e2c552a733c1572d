"""One file serves every project of a user: `standards add`, and where an id is looked for first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equipcheck.ground.shipped import shipped_dir
from equipcheck.problems import InputError
from equipcheck.standard import library, load
from tests.fleet.made import call


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    monkeypatch.setattr(library, "folder", lambda: folder)
    return folder


def standard(path: Path, id_: str = "city-2021", title: str = "某市标准") -> Path:
    text = (shipped_dir() / "uniform-2020.yaml").read_text("utf-8")
    head = text.replace("id: uniform-2020", f"id: {id_}", 1)
    lines = [f"title: {title}" if line.startswith("title:") else line for line in head.splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_was_added_is_known_by_its_id_and_listed_with_its_origin(tmp_path: Path, own: Path):
    call("standards", "add", standard(tmp_path / "a.yaml"))
    assert (own / "city-2021.yaml").read_bytes() == (tmp_path / "a.yaml").read_bytes()
    shown = json.loads(call("standards", "show", "city-2021", "-f", "json"))
    assert shown["id"] == "city-2021"
    listed = {one["id"]: one["origin"] for one in json.loads(call("standards", "list", "-f", "json"))}
    assert listed["city-2021"] == "user"
    assert listed["enforcement-2020"] == "shipped"
    call("standards", "add", tmp_path / "a.yaml")  # twice changes nothing


def test_a_clash_names_both_places_and_replaces_only_when_asked(tmp_path: Path, own: Path):
    call("standards", "add", standard(tmp_path / "a.yaml"))
    for name, id_, place in (
        ("b", "city-2021", "city-2021.yaml"),
        ("c", "uniform-2020", "standards/uniform-2020.yaml"),
    ):
        other = standard(tmp_path / f"{name}.yaml", id_, "另一个")
        with pytest.raises(InputError) as error:
            call("standards", "add", other)
        assert [one.code for one in error.value.problems] == ["standard-clash"]
        assert f"{name}.yaml" in str(error.value)
        assert place in str(error.value)
        call("standards", "add", other, "--replace")
        assert (own / f"{id_}.yaml").read_bytes() == other.read_bytes()


def test_the_projects_own_comes_before_the_users_before_the_shipped(tmp_path: Path, own: Path):
    project = tmp_path / "project"
    project.mkdir()
    assert load.find("uniform-2020", project)[2] is True
    call("standards", "add", standard(tmp_path / "u.yaml", "uniform-2020"), "--replace")
    assert load.find("uniform-2020", project)[0] == own / "uniform-2020.yaml"
    standard(project / "uniform-2020.yaml", "uniform-2020")
    assert load.find("uniform-2020", project)[0] == project / "uniform-2020.yaml"


def test_a_draft_with_open_rows_is_not_taken(tmp_path: Path, own: Path):
    path = standard(tmp_path / "a.yaml")
    text = path.read_text("utf-8")
    start = text.index("kinds:")
    path.write_text(text[:start] + "kinds: []\n" + text[text.index("\n", start) + 1 :], encoding="utf-8")
    with pytest.raises(InputError):
        call("standards", "add", path)
    assert not own.exists()
