"""The page as text: self-contained, guarded by its own policy, escaped, the same bytes; no browser needed."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from equipcheck.cli import run
from tests.conftest import SAMPLE
from tests.page.made import BARE, HOSTILE, hostile_ledger, page_of

VOID = {"meta", "link", "input", "br", "rect", "path"}


class Reading(HTMLParser):
    """Every element with its attributes, the texts of style and script, and whether what opens closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("style", "script"):
            self.texts[self.open[-1]] = data
        else:
            self.words.append(data)


def read(path) -> Reading:
    reading = Reading()
    reading.feed(path.read_text("utf-8"))
    reading.close()
    assert reading.open == []
    return reading


@pytest.fixture
def page(tmp_path):
    return page_of(SAMPLE, tmp_path)


def test_the_page_stands_alone(page):
    reading = read(page)
    text = page.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>\n")
    assert ("html", {"lang": "zh-CN"}) in reading.elements
    assert not re.search(r"(?:https?:)?//[a-z]", text)
    for tag, attributes in reading.elements:
        assert tag not in ("link", "iframe", "object", "embed", "base", "img")
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in ("style", "src", "srcset", "action")
            if name == "href":
                assert (value or "").startswith("#")


def test_every_link_leads_to_a_place_on_the_page(page):
    reading = read(page)
    ids = [attributes["id"] for _, attributes in reading.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for tag, attributes in reading.elements if tag == "a"}
    assert targets <= set(ids)


def test_the_policy_names_exactly_the_pages_own_style_and_script(page):
    reading = read(page)
    metas = [attributes for tag, attributes in reading.elements if tag == "meta"]
    assert metas[0] == {"charset": "utf-8"}
    policy = metas[1]["content"]
    assert metas[1]["http-equiv"] == "Content-Security-Policy"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(reading.texts[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_numbers_and_words_are_the_terminals(page, capsys):
    reading = read(page)
    shown = re.sub(r"\s+", "", "".join(reading.words))
    assert run(["report", str(SAMPLE)]) == 0
    said = capsys.readouterr().out
    coverage = re.search(r"标准有据的装备：达标率.*", said)[0]
    books = re.search(r"台账 46 行.*", said)[0]
    for line in (coverage, books):
        assert re.sub(r"\s+", "", line) in shown
    # attested rows first, in the headline alone; what is assumed is called so
    assert shown.index("标准有据的装备") < shown.index("参考清单（种类为推定，不作为标准要求）")
    headline = next(
        "".join(reading.words[at : at + 1]) for at, word in enumerate(reading.words) if "有缺口" in word
    )
    assert "执法车辆" not in headline
    assert "工作值是估计数，不是标准原文的数量" in shown


def test_the_same_inputs_give_the_same_page(page, tmp_path):
    again = page_of(SAMPLE, tmp_path, name="again.html")
    assert page.read_bytes() == again.read_bytes()


def test_hostile_names_are_text(tmp_path):
    ledger = hostile_ledger(tmp_path)
    path = page_of(ledger, tmp_path, *BARE)
    reading = read(path)
    tags = {tag for tag, _ in reading.elements}
    assert not tags & {"img", "i"}
    assert sum(tag == "script" for tag, _ in reading.elements) == 1
    assert sum(tag == "h1" for tag, _ in reading.elements) == 1
    shown = "".join(reading.words)
    for name in HOSTILE:
        assert re.sub("[\x00-\x1f]", "", name) in shown


def test_a_page_needs_a_file(capsys):
    assert run(["report", str(SAMPLE), "-f", "html"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "-o" in said.err


def test_what_no_character_of_a_page_may_be_is_replaced(tmp_path):
    ledger = tmp_path / "台账.csv"
    ledger.write_bytes("资产名称,数量\n声级计\x01\x08,1\n".encode())
    text = page_of(ledger, tmp_path, *BARE).read_text("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_a_bureau_without_anything_has_a_whole_page(tmp_path):
    ledger = tmp_path / "空.csv"
    ledger.write_text("资产名称,数量\n", "utf-8")
    reading = read(page_of(ledger, tmp_path, *BARE))
    assert "台账 0 行 0 件" in "".join(reading.words)


def test_a_ceiling_speaks_of_what_stands_above_it(tmp_path):
    path = page_of(SAMPLE, tmp_path, "--standard", "office-central-2016", "--fact", "on_roll=15")
    shown = "".join(read(path).words)
    assert "超配" in shown
    assert "限额以内" in shown
    assert "补齐约需" not in shown


def test_the_years_stand_on_the_page_where_there_are_any(sample, tmp_path, capsys):
    assert run(["history", "record", str(sample), "--as-of", "2022-12-31"]) == 0
    assert run(["history", "record", str(sample)]) == 0
    reading = read(page_of(sample, tmp_path))
    shown = "".join(reading.words)
    assert "历年变化" in shown
    assert "2022 年 → 2023 年" in shown


def test_a_long_list_is_cut_and_says_so(tmp_path):
    ledger = tmp_path / "台账.csv"
    rows = "".join(f"执法记录仪,{at},1\n办公桌,{at},1\n" for at in range(3000))
    ledger.write_text(f"资产名称,资产编号,数量\n{rows}", "utf-8")
    path = page_of(ledger, tmp_path, *BARE)
    text = path.read_text("utf-8")
    assert path.stat().st_size < 1_000_000
    assert "有余另有 2791 行未列出" in text
    assert "另有 2800 行未列出" in text
    assert "台账 6000 行 6000 件" in text
