"""Reading standards: by id or path, every mistake at once with its place; the edition in force on a date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import Kind
from equipcheck.problems import InputError
from equipcheck.standard.load import in_force, load_standard, shipped_ids


class Kinds:
    """A catalogue of five kinds; one has been renamed."""

    def __init__(self) -> None:
        self.kinds = {
            one: Kind(id=one, name=name, replaced_by=new)
            for one, name, new in [
                ("printer", "打印机", None),
                ("fax", "传真机", None),
                ("copier", "复印机", None),
                ("uav", "无人机", None),
                ("drone", "无人机（旧）", "uav"),
            ]
        }

    def resolve(self, kind: str) -> str:
        return self.kinds[kind].replaced_by or kind


HEAD = """id: demo
family: demo
title: 示例
columns:
  - {id: city, label: 市级, when: {level: city}}
  - {id: county, label: 县级, when: {level: county}}
requirements:
"""


def row(name: str, kinds: str, quantity: str, *more: str) -> str:
    lines = [f"id: {name}", f"name: {name}", f"kinds: [{kinds}]", f"quantity: {quantity}", *more]
    return "  - " + "\n    ".join([*lines, "source: {status: reprint}"]) + "\n"


def load(folder: Path, *rows: str, head: str = HEAD):
    (folder / "demo.yaml").write_text(head + "".join(rows), encoding="utf-8")
    return load_standard("demo.yaml", folder, Kinds())


def problems(folder: Path, *rows: str, head: str = HEAD) -> list[tuple[str, int]]:
    with pytest.raises(InputError) as caught:
        load(folder, *rows, head=head)
    return [(one.code, one.place.line) for one in caught.value.problems]


def test_every_mistake_is_told_at_once_with_its_line(tmp_path):
    rows = [
        row("one", "prnter", "{county: 1}"),
        row("one", "fax, fax", "{town: 1}"),
        row("two", "copier", "{city: 1, county: 1}", "obligation: {city: required}"),
    ]
    assert problems(tmp_path, *rows) == [
        ("unknown-kind", 10),
        ("duplicate-id", 13),
        ("kind-twice", 15),
        ("unknown-column", 16),
        ("obligation-missing", 22),
    ]


def test_a_wrong_kind_is_told_with_a_near_one(tmp_path):
    with pytest.raises(InputError, match="printer"):
        load(tmp_path, row("one", "prnter", "{county: 1}"))


@pytest.mark.parametrize(
    ("one", "two", "sound"),
    [
        (("printer, fax", "{county: 1}"), ("printer", "{county: 1}"), True),
        (("printer", "{county: 1}"), ("printer, fax", "{county: 1}"), True),
        (("printer", "{county: 1}"), ("printer", "{county: 1}"), False),
        (("printer, fax", "{county: 1}"), ("printer, copier", "{county: 1}"), False),
        (("printer", "{county: 1}"), ("printer", "{city: 1}"), True),
        (("printer", "{city: 1, county: 1}"), ("printer", "{city: 1}", "obligation: optional"), True),
        (("printer, fax", "{county: 1}"), ("fax, copier", "{county: 1}", "obligation: optional"), False),
        (("uav", "{county: 1}"), ("drone", "{county: 1}"), False),
    ],
)
def test_rows_share_kinds_only_by_nesting(tmp_path, one, two, sound):
    rows = (row("one", *one), row("two", *two))
    if sound:
        assert len(load(tmp_path, *rows).standard.requirements) == 2
    else:
        assert [code for code, _ in problems(tmp_path, *rows)] == ["kinds-overlap"]


def test_open_questions_are_no_breakage(tmp_path):
    loaded = load(tmp_path, row("one", "", "{county: 1}"), row("two", "fax", "{county: {text: 若干}}"))
    assert loaded.open_rows == ("one", "two")


def test_renamed_kinds_are_read_under_their_present_id(tmp_path):
    loaded = load(tmp_path, row("one", "drone, uav", "{county: 1}"))
    assert loaded.standard.requirements[0].kinds == ("uav",)


def test_one_column_may_be_left_out(tmp_path):
    head = HEAD.partition("columns")[0] + "requirements:\n"
    loaded = load(tmp_path, row("one", "fax", "{per: staff, every: 3}"), head=head)
    assert loaded.standard.requirements[0].quantity["all"].every == 3


def test_an_unknown_id_is_told_with_a_near_one(tmp_path):
    with pytest.raises(InputError, match="是否为“uniform-2020”"):
        load_standard("uniforms-2020", tmp_path, Kinds())


def test_a_wrong_path_is_told_with_a_near_one(tmp_path):
    (tmp_path / "demo.yaml").write_text("")
    with pytest.raises(InputError, match=r"是否为“demo\.yaml”"):
        load_standard("dema.yaml", tmp_path, Kinds())


@pytest.mark.parametrize(
    ("day", "edition", "noted"),
    [
        ("2020-01-01", "enforcement-2020", True),
        ("2023-12-31", "enforcement-2020", True),
        ("2024-01-01", "enforcement-2024", True),
        ("2030-06-30", "enforcement-2024", True),
    ],
)
def test_the_edition_in_force_on_a_day(day, edition, noted):
    found, note = in_force("enforcement", dt.date.fromisoformat(day))
    assert (found, note is not None) == (edition, noted)


def test_an_edition_with_a_full_date_needs_no_note():
    assert in_force("uniform", dt.date(2020, 12, 9)) == ("uniform-2020", None)
    with pytest.raises(InputError) as caught:
        in_force("uniform", dt.date(2020, 12, 8))
    assert caught.value.problems[0].code == "no-edition-in-force"


def test_five_standards_are_shipped():
    assert shipped_ids() == (
        "enforcement-2020",
        "enforcement-2024",
        "office-central-2016",
        "supervision-2006-east",
        "uniform-2020",
    )
