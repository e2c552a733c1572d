"""The workbook's forms: 采购意向公开, 资产配置计划, 送检计划, 调剂申请, and the grounds of every number."""

from __future__ import annotations

from typing import NamedTuple

from equipcheck.checking.results import Finding
from equipcheck.plan.laws import cite
from equipcheck.plan.model import Checkup, Item, Package, Plan, Unfunded, Used
from equipcheck.plan.overview import NOT_YET
from equipcheck.report import plan_words as say
from equipcheck.report import words
from equipcheck.report.book import Book
from equipcheck.report.columns import Column, Columns, Formula, blank, serial


def _needs(one: Package) -> str:
    needs = "、".join(f"{line.kind_name}{line.quantity}{line.unit}" for line in one.lines)
    return f"{needs}；用于生态环境执法装备配备，具体技术参数以采购文件为准"


INTENTION: Columns[Package] = (
    Column("序号", serial, 7, "serial"),
    Column("采购项目名称", lambda one: one.name, 30),
    Column("采购需求概况", _needs, 58),
    Column("预算金额（万元）", lambda one: one.amount / 10_000, 16, "wan", total=True),
    Column("预计采购时间", lambda one: say.month(one.calendar[2].by), 16, "centre"),
    Column("备注", lambda one: f"{one.method}；意向公开不晚于 {one.calendar[1].by}", 40),
)


def intentions(book: Book, plan: Plan) -> None:
    """采购意向公开, a table a year, with the columns of the published form."""
    page = book.page("采购意向公开", INTENTION, repeat=False)
    page.title(f"{say.unit_name(plan)}政府采购意向（{say.years_text(plan)}）")
    page.line(
        f"采购意向原则上不晚于采购活动开始前30日公开（{cite('intention')}）；集中采购目录以内和限额标准以上的项目公开。",
        grey=True,
    )
    for year in plan.years:
        found = [one for one in plan.packages if one.year == year.year]
        page.heading(f"{year.year}年")
        page.table(INTENTION, found, empty="没有采购项目")
    page.line(say.INTENTION_END)


REQUEST: Columns[tuple[int, Item, Finding]] = (
    Column("序号", serial, 6, "serial"),
    Column("资产名称", lambda at: at[1].kind_name if at[1].action == "purchase" else at[1].name, 22),
    Column("类别", lambda at: at[1].category, 14),
    Column("单位", lambda at: at[1].unit, 6, "centre"),
    Column("配备标准", lambda at: at[2].required, 9, "count"),
    Column("现有可用", lambda at: at[2].usable, 9, "count"),
    Column("申请数量", lambda at: at[1].quantity, 9, "count", total=True),
    Column("配置方式", lambda at: say.ACTION[at[1].action], 12, "centre"),
    Column("单价(元)", lambda at: at[1].unit_cost, 13, "money"),
    Column("金额(元)", lambda at: Formula("=G{row}*I{row}", at[1].cost), 15, "money", total=True),
    Column("申请年度", lambda at: at[0], 10, "centre"),
    Column("申请理由与依据", lambda at: _reason(at[1], at[2]), 52),
)


def _reason(item: Item, one: Finding) -> str:
    held = f"{_held(one)}。"
    return f"{held}{item.because}（{item.price_basis}）"


def _held(one: Finding) -> str:
    served = f"，服务、统调、借用 {one.serviced}" if one.serviced else ""
    return f"{one.rule}；现有 {one.held}，可用 {one.usable}{served}"


def request(book: Book, plan: Plan) -> None:
    """资产配置计划、预算申报表: what asks for money, with stock and standard beside it."""
    page = book.page("资产配置计划", REQUEST)
    page.title(f"资产配置计划（预算申报）表（{say.years_text(plan)}）")
    page.line(
        f"填报单位：{say.unit_name(plan)}　　　　　　单位负责人：　　　　　　资产管理：　　　　　　填报日期："
    )
    page.line(
        f"依据：支出预算根据资产配置标准、结合存量资产编制（{cite('budget-by-standard')}）；"
        f"配置先提出需求、列入预算（{cite('budget-first')}）。", grey=True
    )  # fmt: skip
    findings = {one.requirement: one for one in plan.report.findings}
    rows = [
        (year.year, item, findings[item.requirement])
        for year in plan.years
        for item in year.items
        if item.cost
    ]
    page.table(REQUEST, rows, empty="没有需要经费的事项")


CHECKUPS: Columns[Checkup] = (
    Column("送检月份", lambda one: say.month(one.month), 12, "centre"),
    Column("列入年度", lambda one: "—" if one.year is None else one.year, 9, "centre"),
    Column("装备名称", lambda one: one.name, 20),
    Column("仪器种类", lambda one: one.kind_name, 20),
    Column("单位", lambda one: one.unit, 6, "centre"),
    Column("数量", lambda one: one.quantity, 7, "count", total=True),
    Column("单价(元)", lambda one: words.priced(one.unit_cost), 12, "money"),
    Column("费用(元)", lambda one: say.amount("F", "G", one.cost), 13, "money", total=True),
    Column("原因", lambda one: "；".join(filter(None, (one.why, one.because))), 30),
    Column("规程与周期", lambda one: one.code, 30),
    Column("台账位置", lambda one: "\n".join(one.refs), 27),
    Column("检定机构", blank, 14),
)


def verification(book: Book, plan: Plan) -> None:
    """送检计划 by month; a fee that is not known stays 待询价."""
    page = book.page("送检计划", CHECKUPS)
    page.title(f"仪器送检计划（{say.years_text(plan)}）")
    page.line(
        f"超过检定周期的计量器具不得在工作岗位上使用（{cite('no-unverified')}）；到期前送检，免得出现空档。",
        grey=True,
    )
    within = [one for one in plan.checkups if one.year is not None]
    page.table(CHECKUPS, within, empty="没有需要送检的仪器")
    outside = [one for one in plan.checkups if one.year is None]
    if outside:
        page.heading("不在各年安排内的（仍须检定合格才能使用）")
        page.table(CHECKUPS, outside)


class Wanted(NamedTuple):
    """A line of the request for transfers."""

    name: str
    kind: str
    unit: str
    units: int
    why: str
    state: str = ""


WANTED: Columns[Wanted] = (
    Column("序号", serial, 6, "serial"),
    Column("装备名称", lambda one: one.name, 24),
    Column("种类", lambda one: one.kind, 22),
    Column("单位", lambda one: one.unit, 7, "centre"),
    Column("数量", lambda one: one.units, 8, "count", total=True),
    Column("用途与理由", lambda one: one.why, 44),
    Column("调出单位", blank, 18),
    Column("联系人、电话", blank, 16),
    Column("办理结果", lambda one: one.state, 16),
)


def transfers(book: Book, plan: Plan) -> None:
    """调剂申请: what to ask for before buying, and what this bureau can offer."""
    page = book.page("调剂申请", WANTED)
    page.title("调剂申请清单")
    page.line(
        f"优先通过调剂方式配置，不能调剂的才购置（{cite('transfer-first')}）。购置前向公物仓和其他单位询问，结果填在右边。",
        grey=True,
    )
    lines: list[Item | Unfunded] = [item for year in plan.years for item in year.items]
    lines += [one for one in plan.unfunded if one.reason not in NOT_YET]
    rows = []
    for one in plan.report.findings:
        ours = [line for line in lines if line.requirement == one.requirement and line.action != "restore"]
        rows += [
            Wanted(one.name, line.kind_name, line.unit, line.quantity, line.because, "已议定")
            for line in ours
            if line.action == "transfer"
        ]
        if open_ := [line for line in ours if line.action != "transfer"]:
            units = min(sum(line.quantity for line in open_), one.required or 0)
            later = f"；{'、'.join(dict.fromkeys(line.after for line in open_ if line.after))}"
            reason = f"{_held(one)}，缺 {one.gap}{later.rstrip('；')}"
            rows.append(Wanted(one.name, open_[0].kind_name, open_[0].unit, units, reason))
    page.table(WANTED, rows, empty="没有需要调剂的装备")
    page.heading("可供调出（多于配备标准的）")
    spare = [
        one
        for one in plan.report.findings
        if one.surplus and one.required is not None and plan.report.standard["limit"] == "floor"
    ]
    offers = []
    for one in spare:
        refs = "、".join(asset.ref for asset in one.assets if asset.surplus)
        idle = "，其中有闲置" if any("idle" in asset.flags for asset in one.assets if asset.surplus) else ""
        text = f"有余 {one.surplus}{idle}；多于配备下限不是违规，可供其他单位调剂：{refs}"
        offers.append(Wanted(one.name, "", one.unit or "件", one.surplus, text))
    page.table(WANTED, offers)


def _basis(one: Finding) -> str:
    trusted = f"数量为{words.trust(one.source)}，种类{words.KIND_TRUST[one.source.kind]}"
    return "；".join(filter(None, (one.source.place or "位置未注明", trusted, one.source.note)))


RULES: Columns[Finding] = (
    Column("装备名称", lambda one: one.name, 34),
    Column("测算", lambda one: one.rule, 36),
    Column("依据", _basis, 72),
)


def grounds(book: Book, plan: Plan) -> None:
    """测算依据: settings used, the standard's rows, prices, provisions, inputs."""
    page = book.page("测算依据", say.USED, repeat=False)
    page.title("测算依据")
    page.heading("采用的设置（不是法律规定，可在 equipcheck.yaml 的 plan: 里改写）")
    page.table(say.USED, plan.used)
    page.heading("先后对权重的敏感程度（每项权重各增减五分之一）")
    for line in say.shift_lines(plan):
        page.line(line)
    page.heading("各项要求的测算与来源")
    page.table(RULES, [one for one in plan.report.findings if one.gap])
    page.heading("价格")
    prices: dict[str, Used] = {}
    for item in (item for year in plan.years for item in year.items):
        name = f"{item.kind_name}（{say.way(item)}）"
        prices.setdefault(name, Used(name, say.band(item), item.price_basis))
    page.table(say.USED, prices.values())
    page.heading("引用的规定")
    page.table(say.laws(34, 36, 72), plan.laws)
    page.heading("输入文件")
    page.table(say.files(34, 36, 72), plan.report.inputs)
