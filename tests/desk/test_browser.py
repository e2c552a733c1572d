"""The desk in a real Chromium, over a real server: the whole way by mouse, again by keyboard alone, two windows."""

from __future__ import annotations

import io
import shutil

import docx
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import SAMPLE
from tests.desk.server import serving

pytestmark = pytest.mark.browser

STEPS = ("ledgers", "bureau", "result", "review", "plan", "section", "history", "standard")
ANNEX = "装备名称,单位,省级,县级\n声级计,台,5,若干\n无人机,架,每3人1台,1\n".encode()
LEDGER_DAY = "2023-12-31"


def decisions(folder):
    path = folder / "decisions.yaml"
    return {one["name"]: one for one in yaml.safe_load(path.read_text("utf-8"))["matches"] or []}


@pytest.fixture
def empty(tmp_path):
    folder = tmp_path / "新项目"
    folder.mkdir()
    return folder


def test_the_whole_way_from_a_ledger_to_the_document_by_mouse(window, empty):
    page = window(empty).page
    assert page.url.endswith("/ledgers")
    page.get_by_label("放入台账").set_input_files([SAMPLE / "固定资产台账.xlsx", SAMPLE / "检定台账.xlsx"])
    assert "固定资产台账.xlsx、检定台账.xlsx" in page.locator("[data-picked]").first.inner_text()
    page.get_by_role("button", name="放入并读取").click()
    page.get_by_role("heading", name="inventories/检定台账.xlsx").wait_for()
    assert "46 行" in page.locator("section.file").first.inner_text()

    # a column put right by clicking, and put back
    column = page.locator("section.file").first.get_by_role("combobox", name="存放地点").first
    column.select_option("department")
    page.locator("section.file").first.get_by_role("button", name="按改好的重新读").click()
    page.get_by_text("人工指定").first.wait_for()
    ledgers = yaml.safe_load((empty / "equipcheck.yaml").read_text("utf-8"))["ledgers"]
    assert ledgers[0] == {"path": "inventories/固定资产台账.xlsx", "columns": {"department": "存放地点"}}
    assert ledgers[1] == {"path": "inventories/检定台账.xlsx", "as": "verification"}
    column = page.locator("section.file").first.get_by_role("combobox", name="存放地点").first
    column.select_option("")
    page.locator("section.file").first.get_by_role("button", name="按改好的重新读").click()
    page.get_by_text("人工指定").first.wait_for(state="detached")

    page.get_by_role("link", name="下一步：单位情况").click()
    page.get_by_label("单位名称").fill("某区局")
    page.get_by_role("button", name=LEDGER_DAY).click()
    page.get_by_text("已写入 equipcheck.yaml").wait_for()
    assert page.locator("#as_of").input_value() == LEDGER_DAY
    page.get_by_label("层级").select_option("county")
    page.get_by_label("执法人员").fill("17")
    page.get_by_label("执法车辆").fill("3")
    page.get_by_role("button", name="存好，去核查").click()

    page.locator("table.findings").first.wait_for()
    number = page.locator("#pipe-detection td.gap a")
    assert int(number.inner_text()) > 0
    number.click()
    page.locator("#pipe-detection .evidence").wait_for()  # every number opens to its evidence
    with page.expect_download() as got:
        page.get_by_role("link", name="网页（单个文件）").click()
    assert got.value.suggested_filename == "report.html" or got.value.suggested_filename.endswith(".html")

    page.get_by_role("link", name="名称复核").first.click()
    page.get_by_role("button", name="粉尘快速测定仪").click()
    page.get_by_text("这一页的都看过了").wait_for()
    assert decisions(empty)["便携式检测仪"]["kind"] == "dust_rapid_tester"
    page.locator("[data-said]").get_by_role("button", name="撤回").click()
    page.get_by_text("的决定已撤回").wait_for()
    assert "便携式检测仪" not in decisions(empty)
    page.get_by_role("button", name="不是装备").click()
    page.get_by_text("这一页的都看过了").wait_for()

    page.get_by_role("link", name="下一步：计划").click()
    page.wait_for_load_state()
    page.get_by_label("2024年预算").fill("10万")
    page.get_by_label("2025年预算").fill("20万")
    page.get_by_label("2025年预算").press("Tab")
    page.get_by_text("预算 200,000 元").first.wait_for()
    page.get_by_text("和刚才相比").wait_for()
    line = page.locator("table.plan tr", has_text="管道探测仪").first
    line.locator("input[name=price]").fill("6.5万")
    line.get_by_role("button", name="记下").click()
    page.get_by_text("价格已写入 prices.csv").wait_for()
    assert "65,000" in page.locator("table.plan tr", has_text="管道探测仪").first.inner_text()
    assert page.get_by_label("2024年预算").input_value() == "10万"  # nothing typed is lost on the way

    page.get_by_role("link", name="下一步：年报").click()
    measures = page.get_by_label("工作措施")
    measures.fill(measures.input_value() + "\n三是每季度调度一次。")
    page.get_by_text("草稿已自动存在").wait_for()
    page.get_by_role("button", name="核对这份文字").click()
    page.get_by_role("heading", name="核对“页面上的文字”").wait_for()
    with page.expect_download() as got:
        page.get_by_role("link", name="取走 DOCX").click()
    document = docx.Document(io.BytesIO(got.value.path().read_bytes()))
    assert "三是每季度调度一次。" in [one.text for one in document.paragraphs]

    page.get_by_role("link", name="历年").first.click()
    page.get_by_role("button", name="登记 2023 年的快照").click()
    page.get_by_role("heading", name="历年变化").wait_for()
    assert (empty / "history" / "2023.yaml").is_file()

    page.get_by_role("link", name="下一步：标准").click()
    page.get_by_label("放入附件").set_input_files(
        {"name": "附件.csv", "mimeType": "text/csv", "buffer": ANNEX}
    )
    page.get_by_label("编号").fill("local-2023")
    page.get_by_role("button", name="读成草稿").click()
    page.get_by_role("heading", name="待定 1 处").wait_for()
    page.get_by_label("县级配多少").fill("2台")
    page.get_by_role("button", name="写入").click()
    page.get_by_role("heading", name="与附件逐格核对").wait_for()
    page.get_by_label("核对人甲").fill("张三")
    page.get_by_label("核对人乙").fill("李四")
    page.get_by_role("button", name="两人都已核对，签名").click()
    page.get_by_text("已由 张三、李四").wait_for()


def tab_to(page, name, role=None):
    """Press Tab until what has the focus carries the name; a page that is still coming would take the focus away."""
    page.wait_for_load_state()
    for _ in range(200):
        page.keyboard.press("Tab")
        said = page.evaluate(
            """() => { const e = document.activeElement; const l = e.labels && e.labels[0];
                return [e.tagName, (e.getAttribute('aria-label') || (l && l.textContent) ||
                    e.textContent || '').trim()] }"""
        )
        if name in said[1] and (role is None or said[0] == role):
            return
    raise AssertionError(f"the keyboard never reaches {name!r}")


def test_the_whole_way_by_keyboard_alone(window, empty):
    (empty / "inventories").mkdir()
    for name in ("固定资产台账.xlsx", "检定台账.xlsx"):
        shutil.copy(SAMPLE / name, empty / "inventories" / name)
    page = window(empty).page
    keys = page.keyboard
    tab_to(page, "放入并读取")
    keys.press("Enter")  # what lies in the folder is ticked already
    page.get_by_role("heading", name="inventories/检定台账.xlsx").wait_for()
    tab_to(page, "下一步：单位情况")
    keys.press("Enter")
    page.wait_for_url("**/bureau")
    tab_to(page, LEDGER_DAY)
    keys.press("Enter")
    page.get_by_text("已写入 equipcheck.yaml").wait_for()
    tab_to(page, "层级", "SELECT")
    for _ in range(3):
        keys.press("ArrowDown")
    tab_to(page, "执法人员")
    keys.type("17")
    tab_to(page, "执法车辆")
    keys.type("3")
    tab_to(page, "存好，去核查")
    keys.press("Enter")
    page.locator("table.findings").first.wait_for()
    tab_to(page, "管道探测仪", "A")
    keys.press("Enter")
    page.locator("#pipe-detection .evidence").wait_for()
    tab_to(page, "逐个定下来")
    keys.press("Enter")
    page.wait_for_url("**/review")
    keys.press("s")
    page.get_by_text("留到以后").wait_for()
    page.reload()
    keys.press("2")
    page.get_by_text("这一页的都看过了").wait_for()
    first = decisions(empty)["便携式检测仪"]["kind"]
    keys.press("u")
    page.get_by_text("的决定已撤回").wait_for()
    assert "便携式检测仪" not in decisions(empty)
    keys.press("/")
    keys.type("声级计")
    keys.press("Enter")
    page.get_by_text("这一页的都看过了").wait_for()
    assert decisions(empty)["便携式检测仪"]["kind"] == "sound_level_meter" != first
    tab_to(page, "下一步：计划")
    keys.press("Enter")
    page.wait_for_url("**/plan")
    tab_to(page, "2024年预算")
    keys.type("30万")
    keys.press("Enter")
    page.get_by_text("预算 300,000 元").first.wait_for()
    tab_to(page, "下一步：年报")
    keys.press("Enter")
    page.wait_for_url("**/section")
    tab_to(page, "工作措施", "TEXTAREA")
    keys.press("Control+End")
    keys.type("\n三是每季度调度一次。")
    page.get_by_text("草稿已自动存在").wait_for()
    tab_to(page, "取走 DOCX")
    with page.expect_download() as got:
        keys.press("Enter")
    document = docx.Document(io.BytesIO(got.value.path().read_bytes()))
    assert "三是每季度调度一次。" in [one.text for one in document.paragraphs]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_step_and_nothing_sticks_out_of_a_narrow_screen(window, sample, scheme):
    opened = window(sample, color_scheme=scheme, viewport={"width": 360, "height": 740})
    for step in STEPS:
        opened.page.goto(f"{opened.base}/{step}")
        found = Axe().run(opened.page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == [], step
        wide = opened.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, step


def test_axe_finds_nothing_where_something_is_wrong(window, sample):
    opened = window(sample)
    opened.allowed = ("422",)
    page = opened.page
    page.goto(f"{opened.base}/bureau")
    page.get_by_label("执法人员").fill("十七个半")
    page.get_by_role("button", name="只存不走").click()
    page.get_by_role("heading", name="没有写入").wait_for()
    page.locator("[name='fact.staff']:focus").wait_for()  # the first field that is wrong
    assert Axe().run(page).response["violations"] == []


def test_what_is_typed_before_the_script_has_come_is_saved_too(window, sample):
    opened = window(sample)
    page = opened.page
    held = []  # a slow machine: the script comes late
    page.route("**/*.js*", lambda route: held.append(route))  # noqa: PLW0108 (a bound method cannot be marked)
    page.goto(f"{opened.base}/section", wait_until="commit")
    measures = page.get_by_label("工作措施")
    measures.fill(measures.input_value() + "\n四是早早写下的一句。")
    for one in held:
        one.continue_()
    page.get_by_text("草稿已自动存在").wait_for()
    assert "四是早早写下的一句。" in (sample / "年报草稿.md").read_text("utf-8")


def test_two_windows_keep_both_decisions_and_show_what_the_other_did(window, sample):
    names = ["便携式检测仪", "某种分析仪"]
    first, second = window(sample), None
    (sample / "补充.csv").write_text("资产名称,数量\n手持分析仪,1\n多功能检测仪,2\n", "utf-8")
    config = sample / "equipcheck.yaml"
    config.write_text(
        config.read_text("utf-8").replace("  - 固定资产台账.xlsx", "  - 固定资产台账.xlsx\n  - 补充.csv"),
        "utf-8",
    )
    second = window(sample, desk=first)
    for one in (first, second):
        one.page.goto(f"{one.base}/review?view=list")
    cards = first.page.locator("[data-ask]")
    assert cards.count() >= 2
    names = [cards.nth(at).locator("h2").inner_text() for at in range(2)]
    first.page.locator("[data-ask]").nth(0).get_by_role("button", name="不是装备").click()
    first.page.get_by_text(f"“{names[0]}”已定为").wait_for()
    second.page.locator("[data-ask]").nth(1).get_by_role("button", name="不是装备").click()
    second.page.get_by_text(f"“{names[1]}”已定为").wait_for()
    assert set(names) <= set(decisions(sample))
    # the same name in both windows: what the other said is shown, not overwritten
    second.page.locator("[data-ask]").nth(0).locator("[data-key='1']").click()
    second.page.get_by_text("在别处已定为 none").wait_for()
    assert decisions(sample)[names[0]]["kind"] == "none"
    second.allowed = ("409",)
    # and a change on disk is noticed while the page is open
    first.page.get_by_text("文件夹里有改动").wait_for(timeout=15_000)
    assert "decisions.yaml" in first.page.locator("[data-moved-text]").inner_text()


def test_a_project_file_changed_while_the_page_was_open_is_shown_not_overwritten(window, sample):
    opened = window(sample)
    page = opened.page
    page.goto(f"{opened.base}/bureau")
    config = sample / "equipcheck.yaml"
    config.write_text(config.read_text("utf-8").replace("staff: 17", "staff: 21"), "utf-8")
    page.get_by_label("执法车辆").fill("4")
    page.get_by_role("button", name="只存不走").click()
    page.get_by_text("bureau.staff：17 → 21").wait_for()
    assert page.get_by_label("执法车辆").input_value() == "4"
    assert "vehicles: 3 " in config.read_text("utf-8")
    opened.allowed = ("409",)


def test_without_scripts_each_step_says_so_and_its_forms_work(window, empty):
    opened = window(empty, java_script_enabled=False)
    page = opened.page
    page.get_by_label("放入台账").set_input_files(SAMPLE / "固定资产台账.xlsx")
    page.get_by_role("button", name="放入并读取").click()
    page.get_by_label("层级").or_(page.get_by_role("link", name="下一步：单位情况")).first.click()
    page.get_by_label("层级").select_option("county")
    page.get_by_label("执法人员").fill("17")
    page.get_by_label("执法车辆").fill("3")
    page.get_by_role("button", name=LEDGER_DAY).click()
    for step in STEPS:
        page.goto(f"{opened.base}/{step}")
        assert page.locator("noscript p").is_visible(), step
    page.goto(f"{opened.base}/review")
    page.get_by_role("button", name="不是装备").first.click()
    assert "已记入 decisions.yaml" in page.locator("[data-said]").inner_text()
    page.goto(f"{opened.base}/plan")
    page.get_by_label("2024年预算").fill("30万")
    page.get_by_role("button", name="重新安排").click()
    assert "预算 300,000 元" in page.locator("main").inner_text()
    page.goto(f"{opened.base}/section")
    page.get_by_label("工作措施").fill("一是每季度调度一次。")
    page.get_by_role("button", name="存成草稿").click()
    assert "一是每季度调度一次。" in (empty / "年报草稿.md").read_text("utf-8")


def test_a_ledger_of_twenty_thousand_rows(window, empty):
    lines = ["资产编号,资产名称,规格型号,数量,取得日期"]
    names = ["声级计", "执法记录仪", "便携式检测仪", "办公桌", "无人机", "手持分析仪"]
    lines += [f"ZC{n:06},{names[n % len(names)]},X-{n % 97},1,2020-05-0{n % 9 + 1}" for n in range(20_000)]
    (empty / "大台账.csv").write_text("\n".join(lines), "utf-8")
    opened = window(empty)
    page = opened.page
    page.set_default_timeout(120_000)
    page.get_by_role("button", name="放入并读取").click()
    page.get_by_text("20000 行").first.wait_for()
    page.goto(f"{opened.base}/bureau")
    page.get_by_label("层级").select_option("county")
    page.get_by_label("执法人员").fill("17")
    page.get_by_label("执法车辆").fill("3")
    page.get_by_role("button", name="存好，去核查").click()
    page.locator("table.findings").first.wait_for()
    assert "20000 行" in page.locator("#_books").inner_text()
    page.goto(f"{opened.base}/review")
    before = int(page.locator("[data-left]").inner_text())
    page.keyboard.press("n")
    page.get_by_text("已定为“不是装备”").first.wait_for()
    assert int(page.locator("[data-left]").inner_text()) == before - 1
    page.goto(f"{opened.base}/plan")
    page.locator("table.plan").first.wait_for()


def test_what_a_ledger_says_is_never_run(window, empty):
    nasty = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>"
    (empty / "台账.csv").write_text(
        f'资产名称,规格型号,数量\n"{nasty.replace(chr(34), chr(34) * 2)}检测仪",{"=1+1"},1\n', "utf-8"
    )
    opened = window(empty)
    page = opened.page
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.get_by_role("button", name="放入并读取").click()
    page.get_by_role("heading", name="台账.csv").wait_for()
    page.goto(f"{opened.base}/bureau")
    page.get_by_label("单位名称").fill(nasty)
    page.get_by_label("层级").select_option("county")
    page.get_by_label("执法人员").fill("17")
    page.get_by_label("执法车辆").fill("3")
    page.get_by_role("button", name="存好，去核查").click()
    for step in STEPS:
        page.goto(f"{opened.base}/{step}")
        assert page.locator("img[src=x]").count() == 0, step


def test_long_work_says_what_it_is_doing_until_the_next_page_is_there(window, sample):
    page = window(sample).page
    told = {"state": "x", "said": "正在读取第 3 份台账", "changed": []}
    waiting, asked = [], [0]

    def tell(route):
        asked[0] += 1
        route.fulfill(json=told)

    page.route("**/api/state*", tell)

    def hold(route):  # an answer that does not come yet
        waiting.append(route)

    page.route("**/plan", hold)
    page.evaluate(
        """() => {
            const line = document.querySelector('[data-said]');
            new MutationObserver(() => { sessionStorage.said = (sessionStorage.said || '') + line.textContent; })
                .observe(line, { childList: true, characterData: true, subtree: true });
            setTimeout(() => document.querySelector('.way a[href="/plan"]').click(), 50);
        }"""
    )
    for _ in range(100):
        page.wait_for_timeout(100)
        if waiting and asked[0] >= 2:
            break
    page.wait_for_timeout(300)
    waiting[0].continue_()
    page.locator("table.plan").first.wait_for()
    assert page.evaluate("sessionStorage.said").startswith("正在准备……正在读取第 3 份台账……")


def test_a_desk_that_was_stopped_is_said_in_the_open_page(window, sample):
    opened = window(sample)
    opened.page.goto(f"{opened.base}/bureau")
    opened.desk.stop()
    opened.page.get_by_text("程序已停止").wait_for(timeout=30_000)
    opened.allowed = ("ERR_CONNECTION",)


def test_the_server_is_the_command_itself(sample):
    with serving(sample) as desk:
        assert desk.address.startswith("http://127.0.0.1:")
        assert "/?token=" in desk.address
