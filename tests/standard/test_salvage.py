"""All mistakes of a file at once: of its form and of what it says."""

from __future__ import annotations

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.problems import InputError
from equipcheck.standard.load import load_file

BROKEN = """\
id: bad
family: demo
title: 虚构
effective: 2020-13-01
columns:
  - {id: a, label: 甲, when: {level: county}}
requirements:
  - {id: r, name: 甲, kinds: [sound_levle_meter], quantity: {a: 1, c: 2}, source: {status: official}}
  - {id: r, name: 乙, kinds: [ph_meter], quantity: {a: {min: 2}}, source: {status: offical}}
  - {id: s, name: 丙, kinds: [ph_meter, do_meter], quantity: {a: 1}, source: {status: official}}
  - {id: t, name: 丁, kinds: [do_meter, uav], quantity: {a: 1}, color: red}
"""


def test_broken_form_hides_no_other_mistake(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(BROKEN, "utf-8")
    with pytest.raises(InputError) as caught:
        load_file(path, "bad.yaml", load_catalogue())
    assert [(one.code, one.place.line, one.place.column) for one in caught.value.problems] == [
        ("bad-value", 4, 12),
        ("unknown-kind", 8, 30),
        ("unknown-column", 8, 67),
        ("duplicate-id", 9, 10),
        ("bad-value", 9, 55),
        ("bad-value", 9, 83),
        ("missing-key", 11, 5),
        ("kinds-overlap", 11, 29),
        ("unknown-key", 11, 64),
    ]


@pytest.mark.parametrize(
    "text", ["", "[]", "requirements: 3", "requirements: [3]", "id: x\nrequirements: {}"]
)
def test_what_is_no_standard_at_all_is_told_and_never_raises_anything_else(text, tmp_path):
    path = tmp_path / "none.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError):
        load_file(path, "none.yaml", load_catalogue())
