"""The page in a real Chromium: what people do with it, from a file, with and without scripts, on screen and paper."""

from __future__ import annotations

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.page.made import BARE, HOSTILE, hostile_ledger, page_of

pytestmark = pytest.mark.browser

NAMES = """() => [...document.querySelectorAll('table.findings')].map(table =>
    [...table.querySelectorAll('tbody.finding')].filter(body => !body.hidden).map(body => body.id))"""
DETAILS = "id => document.getElementById(id).querySelector('details').open"


def visible(page):
    return [one for group in page.evaluate(NAMES) for one in group]


def column(page, name, table=1):
    cells = page.locator("table.findings").nth(table).locator(f"tbody.finding td.{name}")
    return [int(text) for text in cells.all_inner_texts()]


def test_sorting_goes_there_and_back_within_each_group(show):
    page = show().page
    home = page.evaluate(NAMES)
    assert home[0] == ["vehicle-sample-storage", "pipe-detection", "odor-monitor", "mobile-source"]
    head = page.locator("table.findings").nth(1).get_by_role("button", name="缺口")
    head.click()
    assert column(page, "gap") == sorted(column(page, "gap"), reverse=True)
    header = page.locator("table.findings").nth(1).locator("thead th.gap")
    assert header.get_attribute("aria-sort") == "descending"
    assert sorted(page.evaluate(NAMES)[1]) == sorted(home[1])  # nothing lost, attested rows apart as before
    assert page.evaluate(NAMES)[0] == home[0]
    head.click()
    assert column(page, "gap") == sorted(column(page, "gap"))
    head.click()
    assert page.evaluate(NAMES) == home
    assert header.get_attribute("aria-sort") is None
    last = page.locator("table.findings").nth(1).locator("tbody").last
    assert "合计" in last.inner_text()  # the total stays at the foot


def test_the_state_sorts_by_how_much_it_wants_attention(show):
    page = show().page
    page.locator("table.findings").nth(1).get_by_role("button", name="结论").click()
    states = page.locator("table.findings").nth(1).locator("tbody.finding .status").all_inner_texts()
    first = list(dict.fromkeys(states))
    assert first == ["缺配", "不足", "待核实", "台账未登记", "选配未配", "达标"]


def test_sorting_by_keyboard(show):
    page = show().page
    page.locator("table.findings").nth(1).get_by_role("button", name="要求").focus()
    page.keyboard.press("Enter")
    assert column(page, "required") == sorted(column(page, "required"), reverse=True)


def test_filters_narrow_together_and_say_how_many(show):
    page = show().page
    total = len(visible(page))
    assert page.locator("[data-found]").inner_text() == f"共 {total} 项"
    page.get_by_label("结论").select_option("absent")
    absent = visible(page)
    assert {"ph-meter", "odor-monitor"} <= set(absent)
    assert "sound-level" not in absent
    page.get_by_label("种类依据").select_option("attested")
    assert visible(page) == ["vehicle-sample-storage", "pipe-detection", "odor-monitor", "mobile-source"]
    page.locator("#_f-category").select_option("取证装备")
    assert visible(page) == ["vehicle-sample-storage", "pipe-detection"]
    assert page.locator("[data-found]").inner_text() == f"显示 2 项，共 {total} 项"
    page.get_by_role("button", name="清除筛选").click()
    page.wait_for_function("document.querySelector('[data-found]').textContent.startsWith('共')")
    assert len(visible(page)) == total
    page.get_by_label("必配选配").select_option("optional")
    assert set(page.locator("tbody.finding:not([hidden]) .tag").all_inner_texts()) == {"选配"}


def test_search_reaches_into_the_evidence(show):
    page = show().page
    page.get_by_label("查找").fill("ZC02022")
    assert visible(page) == ["flue-gas"]
    page.get_by_label("查找").fill("执法装备!12")
    assert visible(page) == ["body-camera"]
    page.get_by_label("查找").fill("没有的东西")
    assert visible(page) == []


def test_evidence_opens_by_line_by_summary_and_by_link(show):
    page = show().page
    page.locator("#sound-level td.state").click()
    assert page.evaluate(DETAILS, "sound-level")
    assert page.locator("#sound-level .evidence").is_visible()
    assert "检定过期" in page.locator("#sound-level .evidence").inner_text()
    page.locator("#sound-level td.state").click()
    assert not page.evaluate(DETAILS, "sound-level")
    page.locator("#sound-level summary").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(DETAILS, "sound-level")
    page.locator("#ph-meter td.gap a").click()
    assert page.evaluate(DETAILS, "ph-meter")
    page.get_by_role("button", name="全部展开").click()
    assert page.locator(".evidence:visible").count() == len(visible(page))
    page.get_by_role("button", name="全部收起").click()
    assert page.locator(".evidence:visible").count() == 0


def test_a_link_can_be_sent_to_a_colleague(show):
    page = show(anchor="#sound-level").page
    assert page.evaluate(DETAILS, "sound-level")
    box = page.locator("#sound-level").bounding_box()
    assert box is not None
    assert -2 <= box["y"] < 60
    assert page.evaluate("document.activeElement.id") == "sound-level"


def test_a_link_to_what_a_filter_hides_shows_it(show):
    page = show().page
    page.get_by_label("结论").select_option("met")
    assert "sound-level" not in visible(page)
    page.evaluate("location.hash = '#sound-level'")
    page.wait_for_function("!document.getElementById('sound-level').hidden")
    assert page.locator("#sound-level .evidence").is_visible()


def test_a_category_of_the_chart_leads_to_its_findings(show):
    page = show().page
    page.locator("#_categories").get_by_role("link", name="交通装备").click()
    assert set(visible(page)) == {"enforcement-vehicle", "vehicle-positioning"}


def test_every_number_leads_to_its_evidence(show):
    page = show().page
    links = page.locator("tbody.finding td.n a")
    assert links.count() >= 5 * len(visible(page)) - 10
    assert page.evaluate(
        """() => [...document.querySelectorAll('tbody.finding td.n a')]
        .every(link => link.getAttribute('href') === '#' + link.closest('tbody').id)"""
    )
    for figure in page.locator(".figures a").all():
        assert page.locator(str(figure.get_attribute("href"))).count() == 1


def test_without_scripts_everything_can_be_read(show):
    page = show(java_script_enabled=False, anchor="#sound-level").page
    assert page.locator("form.filters").is_hidden()
    assert page.get_by_role("button").count() == 0
    assert page.locator("tbody.finding").count() == 40
    page.locator("#sound-level summary").click()
    assert page.locator("#sound-level .evidence").is_visible()


def paper(page):
    """Each page's size in points and its text."""
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as pdf:
        sizes = {tuple(map(round, sheet.get_size())) for sheet in pdf}
        return sizes, [sheet.get_textpage().get_text_bounded() for sheet in pdf]


def printed(show, button):
    page = show().page
    page.evaluate("window.print = () => {}")  # the dialog is not there; what the button does before it is
    page.get_by_role("button", name=button).click()
    return paper(page)


def test_on_paper_the_size_is_a4_and_heads_repeat(show):
    sizes, sheets = printed(show, "打印，证据收起")
    assert sizes == {(595, 842)}
    findings = [text for text in sheets if "工作值\r\n" in text and "每" in text]
    assert len(findings) >= 3
    for text in findings[1:]:
        assert text.startswith("装备名称 要求 持有 可用 计入 缺口 结论 数量依据")
    assert not any("打印，证据" in text or "清除筛选" in text for text in sheets)


def test_on_paper_evidence_is_open_or_closed_as_chosen(show):
    _, closed = printed(show, "打印，证据收起")
    _, opened = printed(show, "打印，证据展开")
    assert "ZC02022" not in "".join(closed)
    assert "ZC02022" in "".join(opened)
    assert "限额以下自行采购" in "".join(closed)


def test_after_printing_the_screen_is_as_before(show):
    page = show(anchor="#sound-level").page
    page.evaluate("window.print = () => window.dispatchEvent(new Event('afterprint'))")
    page.get_by_role("button", name="打印，证据展开").click()
    assert page.locator("tbody.finding details[open]").count() == 1


def test_a_filtered_list_says_so_on_paper(show):
    page = show().page
    page.get_by_label("结论").select_option("absent")
    assert f"显示 {len(visible(page))} 项，共 40 项" in "".join(paper(page)[1])


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_nothing_is_wider_than_the_window(show, width):
    page = show(viewport={"width": width, "height": 800}).page
    page.get_by_role("button", name="全部展开").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    name = page.locator("#sound-level .line th").bounding_box()
    state = page.locator("#sound-level .status").bounding_box()
    assert name
    assert state
    assert state["x"] + state["width"] <= width
    assert name["width"] >= 120  # not squeezed by columns that are hidden
    assert state["width"] < 90  # a word in its colour, not a bar
    assert state["x"] >= name["x"] + name["width"] - 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_accessible_by_axe(show, scheme, width):
    page = show(color_scheme=scheme, viewport={"width": width, "height": 900}).page
    page.get_by_role("button", name="全部展开").click()
    for one in page.locator("details.plain").all():
        one.evaluate("one => { one.open = true; }")
    found = Axe().run(
        page,
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    )
    assert found.violations_count == 0, found.generate_report()


def test_dark_is_dark(show):
    light, dark = (
        show(color_scheme=scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    )
    assert light != dark


def test_hostile_names_do_nothing_in_a_browser(show, tmp_path):
    path = page_of(hostile_ledger(tmp_path), tmp_path, *BARE)
    page = show(path).page
    page.get_by_role("button", name="全部展开").click()
    assert "被改" not in page.title()
    assert page.locator("h1").count() == 1
    assert HOSTILE[0] in page.locator("body").inner_text()


def test_the_policy_stops_what_it_should(show, sample_page, tmp_path):
    """A page in which someone wrote a script of his own does not run it: the policy, not only the escaping, holds."""
    text = sample_page.read_text("utf-8")
    path = tmp_path / "changed.html"
    path.write_text(
        text.replace(
            "</main>", "<script>document.title='被改'</script><p onclick='x()' style='color:red'>x</p></main>"
        ),
        "utf-8",
    )
    window = show(path)
    window.page.locator("p[onclick]").click()
    assert "被改" not in window.page.title()
    assert len(window.complaints) == 3  # the script, the handler and the style: each was refused
    window.complaints.clear()


def test_a_page_has_a_budget_of_nodes_and_bytes(show, sample_page):
    page = show().page
    assert page.evaluate("document.querySelectorAll('*').length") < 7000
    assert sample_page.stat().st_size < 400_000
