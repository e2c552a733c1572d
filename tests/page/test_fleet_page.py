"""The page of many bureaus: whole for few, quick for thousands, text for hostile names."""

from __future__ import annotations

import json
import re

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from equipcheck.report.html import fleet
from tests.page.many import repeated, sample
from tests.page.test_page_text import read

MANY = 3000


@pytest.fixture
def page(fleet_page):
    return fleet_page


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    path = tmp_path_factory.mktemp("many") / "汇总.html"
    path.write_text(fleet.render(repeated(MANY)), "utf-8", newline="\n")
    return path


def test_the_page_stands_alone_and_says_the_headline_of_attested_rows(page):
    reading = read(page)
    text = page.read_text("utf-8")
    assert not re.search(r"(?:https?:)?//[a-z]", text)
    assert not any(
        name.startswith("on") or name in ("style", "src") for _, at in reading.elements for name in at
    )
    ids = [attributes["id"] for _, attributes in reading.elements if "id" in attributes]
    targets = {attributes["href"][1:] for tag, attributes in reading.elements if tag == "a"}
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    headline = re.search(r"<h1[^>]*>(.*?)</h1>", text)[1]
    assert "标准有据的必配装备达标率 11.1%" in headline
    assert "安全帽" not in headline  # assumed
    assert "没有报送 1 个" in headline


def test_the_same_rollup_gives_the_same_page(page):
    assert fleet.render(sample()) == fleet.render(sample())


def test_the_grid_holds_every_finding():
    rollup = sample()
    text = fleet.render(rollup)
    data = json.loads(re.search(r'<script type="application/json" id="_data">(.*?)</script>', text)[1])
    assert len(data["grid"]) == len(rollup.bureaus)
    back = {letter: status for letter, (_, status, _) in data["signs"].items()}
    columns = [one.requirement for one in rollup.requirements]
    for (name, letters), one in zip(data["grid"], rollup.bureaus, strict=True):
        assert name == one.name
        found = dict(zip(columns, (back[letter] for letter in letters), strict=True))
        rows = rollup.findings.filter(rollup.findings["bureau"] == one.code)
        assert found == dict(rows.select("requirement", "status").iter_rows())


def test_hostile_names_are_text(tmp_path):
    name = "</script ><script>document.title='被改'</script>{at}<img src=x onerror=1>&amp;\u2028"
    path = tmp_path / "汇总.html"
    path.write_text(fleet.render(repeated(30, name=name)), "utf-8")
    reading = read(path)
    assert sum(tag == "script" for tag, _ in reading.elements) == 2  # the data and the page's own
    assert not any(tag == "img" for tag, _ in reading.elements)
    block = path.read_text("utf-8").partition('id="_data">')[2].partition("</script>")[0]
    assert json.loads(block)["bureaus"][7][0] == name.format(at=7)
    assert "<" not in block


@pytest.mark.browser
def test_the_tree_opens_level_by_level(show, page):
    view = show(page).page
    tree = view.locator("[data-tree]")
    assert tree.locator("details").count() == 3
    assert tree.get_by_text("甲市东区大队（虚构）").count() == 0
    tree.locator("summary").nth(1).click()
    assert tree.get_by_text("甲市东区大队（虚构）").is_visible()


@pytest.mark.browser
def test_bureaus_are_sorted_and_found(show, page):
    view = show(page).page
    table = view.locator("table[data-drawn=bureaus]")
    table.get_by_role("button", name="缺口（件）").click()
    gaps = [int(text) for text in table.locator("tbody td:nth-child(8)").all_inner_texts()]
    assert gaps == sorted(gaps, reverse=True)
    view.locator("#_q-bureaus").fill("990104")
    assert table.locator("tbody tr").count() == 1
    assert "找到 1 行" in view.locator("form[data-draws=bureaus] [data-found]").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_accessible_by_axe(show, page, scheme, width):
    view = show(page, color_scheme=scheme, viewport={"width": width, "height": 900}).page
    view.locator("[data-tree] summary").nth(1).click()
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(view, options=options)
    assert found.violations_count == 0, found.generate_report()
    assert view.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_without_scripts_few_bureaus_are_all_there(show, page):
    view = show(page, java_script_enabled=False).page
    assert view.locator("table[data-drawn=bureaus] tbody tr").count() == 9
    assert view.locator("table[data-drawn=grid]").is_hidden()
    assert view.get_by_role("button").count() == 0


def test_thousands_of_bureaus_fit_into_five_megabytes(many):
    assert many.stat().st_size < 5_000_000


@pytest.mark.browser
def test_thousands_of_bureaus_are_drawn_as_they_are_needed(show, many):
    view = show(many).page
    nodes = "document.querySelectorAll('*').length"
    assert view.evaluate(nodes) < 15_000
    table = view.locator("table[data-drawn=bureaus]")
    assert table.locator("tbody tr").count() == 100
    view.get_by_role("button", name=re.compile("已显示 100，共 3000")).click()
    assert table.locator("tbody tr").count() == 200
    view.locator("#_q-bureaus").fill("第2999号")
    assert table.locator("tbody tr").count() == 1
    view.locator("#_q-grid").fill("第2999号")
    assert view.locator("table[data-drawn=grid] tbody tr").count() == 1
    view.locator("[data-tree] summary").nth(5).click()
    assert view.evaluate(nodes) < 15_000


PAPER = 703  # pixels that A4 leaves between its margins


def on_paper(window):
    """The page as it is laid out for A4 paper."""
    page = window.page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    return page


def test_nothing_is_wider_than_the_paper(show, page):
    laid = on_paper(show(page))
    assert laid.evaluate("document.documentElement.scrollWidth") <= PAPER + 1
    wide = laid.evaluate(
        "Array.from(document.querySelectorAll('table')).filter(one => one.offsetWidth > 703).map(one => one.className)"
    )
    assert wide == []


def test_the_grid_stands_on_paper_in_parts_and_again_whole_on_the_screen(show, page):
    window = show(page)
    columns = window.page.locator("table.grid thead th").count()
    laid = on_paper(window)
    parts = laid.locator("table.grid.paper")
    assert parts.count() == -(-(columns - 1) // 30) > 1
    names = [parts.nth(at).locator("tbody tr").count() for at in range(parts.count())]
    assert set(names) == {laid.locator("table[data-drawn=grid] tbody tr").count()}
    heads = sum(parts.nth(at).locator("thead th").count() - 1 for at in range(parts.count()))
    assert heads == columns - 1
    laid.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert laid.locator("table.grid").count() == 1


def test_the_last_column_is_on_the_printed_page(show, page):
    window = show(page)
    last = window.page.locator("table.grid thead th").last.text_content()
    with pypdfium2.PdfDocument(window.page.pdf(prefer_css_page_size=True)) as pdf:
        letters = [text for sheet in pdf for text in [sheet.get_textpage().get_text_range()]]
        sizes = {round(sheet.get_width()) for sheet in pdf}
    flat = "".join("".join(letters).split())
    assert last in flat
    assert flat.count(last) >= 2  # among what is missing, and above its column
    assert sizes == {595}
