"""A project file changed where it differs and nowhere else, whatever it looked like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipcheck.desk.yaml_patch import patched
from equipcheck.ground import yamlfile

WORDS = st.sampled_from(
    ["a", "bureau", "甲", "yes", "1:30", "0012", "# x", "- y", "{z}", "", " w ", "多\n行", "!t", "'"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**6) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS.filter(bool), inner, max_size=3),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(WORDS.filter(bool), VALUES, max_size=4)
TEXT = """\
# 头
bureau:
  name: 某局   # 名称
  # level: county  # 待填
  staff: 17    # 人数

ledgers:
  - a.csv   # 第一份
  # 中间的话
  - {path: b.csv, as: supplement}  # 第二份
note: |-
  一
  二
waivers: []
# 尾
"""


def read(text):
    return yamlfile.loads(text.encode(), "x").data or {}


@given(MAPPINGS, MAPPINGS)
def test_the_data_is_always_what_was_wanted(have, wanted):
    text = patched("", have, "x")
    assert read(text) == have
    assert read(patched(text, wanted, "x")) == wanted


@given(MAPPINGS)
def test_over_a_written_file_too(wanted):
    assert read(patched(TEXT, wanted | {"bureau": {"staff": 3}}, "x")) == wanted | {"bureau": {"staff": 3}}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_comments_stay_beside_what_they_are_about(ending):
    text = TEXT.replace("\n", ending)
    data = read(text)
    data["bureau"] = {"name": "某局", "staff": 18, "level": "county"}
    data["ledgers"] = [*data["ledgers"], {"path": "c.csv", "as": "verification"}]
    del data["note"]
    made = patched(text, data, "x")
    expected = (
        TEXT.replace("staff: 17 ", "staff: 18 ")
        .replace("# 人数\n", "# 人数\n  level: county\n")
        .replace("# 第二份\n", "# 第二份\n  - {path: c.csv, as: verification}\n")
        .replace("note: |-\n  一\n  二\n", "")
    )
    assert made == expected.replace("\n", ending)


def test_a_ledger_taken_out_takes_only_its_line():
    data = read(TEXT)
    data["ledgers"] = data["ledgers"][1:]
    assert patched(TEXT, data, "x") == TEXT.replace("  - a.csv   # 第一份\n", "")


def test_an_empty_value_is_filled_in_where_it_stands():
    text = "bureau:\n  level:   # 待填\n  staff: 17  # 人数\n"
    made = patched(text, {"bureau": {"level": "county", "staff": 17}}, "x")
    assert made == "bureau:\n  level: county   # 待填\n  staff: 17  # 人数\n"
