"""Annexes of different make become the drafts that stand beside in annexes/*.yaml, row by row."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from make_annexes import MADE, convert

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.standard.annex.draft import Wanted
from equipcheck.standard.annex.importing import import_annex
from equipcheck.standard.load import load_standard

EXPECTED = Path(__file__).parent / "annexes"
CONVERTED = {
    "word-groups-pdf": ("word-groups", ["pdf"]),
    "word-two-storeys-odt": ("word-two-storeys", ["odt", "docx"]),
    "excel-displayed-html": ("excel-displayed", ["html"]),
    "excel-displayed-ods": ("excel-displayed", ["ods"]),
    "word-groups-odt": ("word-groups", ["odt"]),
    "word-raised-odt": ("word-raised", ["odt"]),
    "excel-old-xlsx": ("excel-old", ["xlsx"]),
}


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


def made(name: str, folder: Path) -> Path:
    ending, write = MADE[name]
    path = folder / f"{name}.{ending}"
    write(path)
    return path


def read(path: Path, name: str, catalogue):
    limit = "ceiling" if name in ("excel-old", "excel-old-xlsx") else "floor"
    done = import_annex(path, path.name, catalogue, Wanted(name, "demo", limit=limit), None)
    return done, re.sub(r"x_import:.*\n(  .*\n)*", "", done.text)


def as_expected(name: str, text: str) -> None:
    """Compare with the expected draft; EQUIPCHECK_GOLDEN=write writes it anew, for a person to read."""
    path = EXPECTED / f"{name}.yaml"
    if os.environ.get("EQUIPCHECK_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MADE)
def test_an_annex_becomes_its_draft(name, tmp_path, catalogue):
    _, text = read(made(name, tmp_path), name, catalogue)
    as_expected(name, text)


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", CONVERTED)
def test_the_same_annex_saved_by_another_program(name, tmp_path, catalogue):
    source, endings = CONVERTED[name]
    path = made(source, tmp_path)
    for ending in endings:
        path = convert(path, ending)
    _, text = read(path, name, catalogue)
    as_expected(name, text)


@pytest.mark.parametrize("name", MADE)
def test_every_row_is_accounted_for_and_the_draft_loads(name, tmp_path, catalogue):
    done, text = read(made(name, tmp_path), name, catalogue)
    reading = done.reading
    others = (reading.heads, reading.groups, reading.notes, reading.totals, reading.blanks, reading.continued)
    assert reading.total == len(reading.lines) + sum(map(len, others)) + len(reading.unread)
    (tmp_path / "draft.yaml").write_text(text, encoding="utf-8")
    loaded = load_standard("draft.yaml", tmp_path, catalogue)
    places = dict.fromkeys(row.source.place for row in loaded.standard.requirements)
    assert list(places) == [line.place for line in reading.lines]
    twice = len(loaded.standard.requirements) - len(places)
    assert twice == sum(row.id.endswith("-optional") for row in loaded.standard.requirements)
    waiting = {
        question.place for question in done.questions if question.key.startswith(("quantity", "kinds"))
    }
    places = {row.id: row.source.place for row in loaded.standard.requirements}
    assert {places[row] for row in loaded.open_rows} == waiting
