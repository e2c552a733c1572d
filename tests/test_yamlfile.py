"""Safe YAML: what is refused, where it stands, and how scalars are read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from equipcheck.ground import yamlfile
from equipcheck.problems import InputError


def problems(text: str | bytes) -> list[tuple[str, int, int]]:
    with pytest.raises(InputError) as caught:
        yamlfile.loads(text.encode() if isinstance(text, str) else text, "x.yaml")
    return [(one.code, one.place.line, one.place.column) for one in caught.value.problems]


def test_scalars_follow_yaml_1_2():
    data = yamlfile.loads(
        b"a: on\nb: 0012\nc: 35.5\nd: 1:30\ne: '7'\nf: ~\ng: true\nh: 2023-12-31\ni: 1_000\n", "x"
    ).data
    assert data == {
        "a": "on", "b": "0012", "c": Decimal("35.5"), "d": "1:30", "e": "7", "f": None, "g": True, "h": "2023-12-31",
        "i": "1_000",
    }  # fmt: skip


def test_marks_of_values_and_keys():
    document = yamlfile.loads(b"a:\n  - {b: 1, c: 2}\n", "x.yaml")
    assert document.marks["a", 0, "c"] == (2, 15)
    assert document.keys["a", 0, "c"] == (2, 12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: 2\na: 3\n", [("yaml-duplicate-key", 3, 1)]),
        ("a: !!python/object:os.system x\n", [("yaml-tag", 1, 4)]),
        ("a: !!str 1\nb: !x y\n", [("yaml-tag", 1, 4), ("yaml-tag", 2, 4)]),
        ("a: [1, 2\nb: 3\n", [("yaml-syntax", 2, 2)]),
        ("a: 1\n---\nb: 2\n", [("yaml-syntax", 2, 1)]),
        ("a: *x\n", [("yaml-syntax", 1, 4)]),
        ("? [a]\n: b\n", [("yaml-syntax", 1, 3)]),
        ("标题".encode("gbk"), [("yaml-encoding", 0, 0)]),
    ],
)
def test_what_is_refused(text, found):
    assert problems(text) == found


def test_alias_bombs_and_deep_nests_are_refused():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for last, name in zip("abcde", "bcdef", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{last}'] * 10)}]\n"
    assert problems(bomb)[0][0] == "yaml-too-big"
    assert problems("[" * 60 + "]" * 60)[0][0] == "yaml-too-big"


def test_an_alias_within_bounds_is_read():
    assert yamlfile.loads(b"a: &a [1, 2]\nb: *a\n", "x").data == {"a": [1, 2], "b": [1, 2]}
