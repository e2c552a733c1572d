"""The workbook's forms: 采购意向公开, 资产配置计划, 送检计划, 调剂申请, and the grounds of every number."""

from __future__ import annotations

from equipcheck.plan.laws import cite
from equipcheck.plan.model import Checkup, Item, Package, Plan, Unfunded
from equipcheck.report import plan_words as say
from equipcheck.report import words
from equipcheck.report.book import Book, Cell, Column, Formula

INTENTION = (
    Column("序号", 7, "count"),
    Column("采购项目名称", 30),
    Column("采购需求概况", 58),
    Column("预算金额（万元）", 16, "wan", total=True),
    Column("预计采购时间", 16, "centre"),
    Column("备注", 40),
)


def intentions(book: Book, plan: Plan) -> None:
    """采购意向公开, a table a year, with the columns of the published form."""
    page = book.page("采购意向公开", [one.width for one in INTENTION], repeat=False)
    page.title(f"{say.unit_name(plan)}政府采购意向（{say.years_text(plan)}）")
    page.line(
        f"采购意向原则上不晚于采购活动开始前30日公开（{cite('intention')}）；集中采购目录以内和限额标准以上的项目公开。",
        grey=True,
    )
    for year in plan.years:
        found = [one for one in plan.packages if one.year == year.year]
        page.heading(f"{year.year}年")
        page.table(
            INTENTION,
            [_intention(number, one) for number, one in enumerate(found, start=1)],
            empty="没有采购项目",
        )
    page.line(say.INTENTION_END)


def _intention(number: int, one: Package) -> list[Cell]:
    start = one.calendar[2].by
    needs = "、".join(f"{line.kind_name}{line.quantity}{line.unit}" for line in one.lines)
    return [
        number,
        one.name,
        f"{needs}；用于生态环境执法装备配备，具体技术参数以采购文件为准",
        one.amount / 10_000,
        f"{start.year}年{start.month}月",
        f"{one.method}；意向公开不晚于 {one.calendar[1].by}",
    ]


REQUEST = (
    Column("序号", 6, "count"),
    Column("资产名称", 22),
    Column("类别", 14),
    Column("单位", 6, "centre"),
    Column("配备标准", 9, "count"),
    Column("现有可用", 9, "count"),
    Column("申请数量", 9, "count", total=True),
    Column("配置方式", 12, "centre"),
    Column("单价(元)", 13, "money"),
    Column("金额(元)", 15, "money", total=True),
    Column("申请年度", 10, "centre"),
    Column("申请理由与依据", 52),
)


def request(book: Book, plan: Plan) -> None:
    """资产配置计划、预算申报表: what asks for money, with stock and standard beside it."""
    page = book.page("资产配置计划", [one.width for one in REQUEST])
    page.title(f"资产配置计划（预算申报）表（{say.years_text(plan)}）")
    page.line(
        f"填报单位：{say.unit_name(plan)}　　　　　　单位负责人：　　　　　　资产管理：　　　　　　填报日期："
    )
    page.line(
        f"依据：支出预算根据资产配置标准、结合存量资产编制（{cite('budget-by-standard')}）；"
        f"配置先提出需求、列入预算（{cite('budget-first')}）。", grey=True
    )  # fmt: skip
    findings = {one.requirement: one for one in plan.report.findings}
    rows: list[list[Cell]] = []
    for year in plan.years:
        for item in year.items:
            if not item.cost:
                continue
            one = findings[item.requirement]
            reason = f"{one.rule}；现有 {one.held}、可用 {one.usable}。{item.because}"
            rows.append(
                [
                    len(rows) + 1,
                    item.kind_name if item.action == "purchase" else item.name,
                    item.category,
                    item.unit,
                    one.required,
                    one.usable,
                    item.quantity,
                    say.ACTION[item.action],
                    item.unit_cost,
                    Formula("=G{row}*I{row}", item.cost),
                    year.year,
                    f"{reason}（{item.price_basis}）",
                ]
            )
    page.table(REQUEST, rows, empty="没有需要经费的事项")


CHECKUPS = (
    Column("送检月份", 12, "centre"),
    Column("列入年度", 9, "centre"),
    Column("装备名称", 20),
    Column("仪器种类", 20),
    Column("单位", 6, "centre"),
    Column("数量", 7, "count", total=True),
    Column("单价(元)", 12, "money"),
    Column("费用(元)", 13, "money", total=True),
    Column("原因", 30),
    Column("规程与周期", 30),
    Column("台账位置", 27),
    Column("检定机构", 14),
)


def verification(book: Book, plan: Plan) -> None:
    """送检计划 by month; a fee that is not known stays 待询价."""
    page = book.page("送检计划", [one.width for one in CHECKUPS])
    page.title(f"仪器送检计划（{say.years_text(plan)}）")
    page.line(
        f"超过检定周期的计量器具不得在工作岗位上使用（{cite('no-unverified')}）；到期前送检，免得出现空档。",
        grey=True,
    )
    within = [one for one in plan.checkups if one.year is not None]
    page.table(CHECKUPS, [_checkup(one) for one in within], empty="没有需要送检的仪器")
    outside = [one for one in plan.checkups if one.year is None]
    if outside:
        page.heading("不在各年安排内的（仍须检定合格才能使用）")
        page.table(CHECKUPS, [_checkup(one) for one in outside])


def _checkup(one: Checkup) -> list[Cell]:
    fee = Formula(
        '=IF(ISNUMBER(G{row}),F{row}*G{row},"待询价")', say.UNPRICED if one.cost is None else one.cost
    )
    return [
        say.month(one.month),
        "—" if one.year is None else one.year,
        one.name,
        one.kind_name,
        one.unit,
        one.quantity,
        say.UNPRICED if one.unit_cost is None else one.unit_cost,
        fee,
        "；".join(filter(None, (one.why, one.because))),
        one.code,
        "\n".join(one.refs),
        "",
    ]


WANTED = (
    Column("序号", 6, "count"),
    Column("装备名称", 24),
    Column("种类", 22),
    Column("单位", 7, "centre"),
    Column("数量", 8, "count", total=True),
    Column("用途与理由", 44),
    Column("调出单位", 18),
    Column("联系人、电话", 16),
    Column("办理结果", 16),
)


def transfers(book: Book, plan: Plan) -> None:
    """调剂申请: what to ask for before buying, and what this bureau can offer."""
    page = book.page("调剂申请", [one.width for one in WANTED])
    page.title("调剂申请清单")
    page.line(
        f"优先通过调剂方式配置，不能调剂的才购置（{cite('transfer-first')}）。购置前向公物仓和其他单位询问，结果填在右边。",
        grey=True,
    )
    lines: list[Item | Unfunded] = [item for year in plan.years for item in year.items]
    lines += [
        one for one in plan.unfunded if one.reason != "unrecorded"
    ]  # first it is to be seen what is there
    rows: list[list[Cell]] = []
    for one in plan.report.findings:
        ours = [line for line in lines if line.requirement == one.requirement and line.action != "restore"]
        agreed = [line for line in ours if line.action == "transfer"]
        open_ = [line for line in ours if line.action != "transfer"]
        for line in agreed:
            rows.append(
                [
                    len(rows) + 1,
                    one.name,
                    line.kind_name,
                    line.unit,
                    line.quantity,
                    line.because,
                    "",
                    "",
                    "已议定",
                ]
            )
        if open_:
            units = min(sum(line.quantity for line in open_), one.gap or one.required or 0)
            reason = f"{one.rule}；可用 {one.usable}，缺 {one.gap}"
            rows.append(
                [len(rows) + 1, one.name, open_[0].kind_name, open_[0].unit, units, reason, "", "", ""]
            )
    page.table(WANTED, rows, empty="没有需要调剂的装备")
    page.heading("可供调出（多于配备标准的）")
    spare = [
        one
        for one in plan.report.findings
        if one.surplus and one.required is not None and plan.report.standard["limit"] == "floor"
    ]
    offers: list[list[Cell]] = []
    for one in spare:
        refs = "、".join(asset.ref for asset in one.assets if asset.surplus)
        idle = "，其中有闲置" if any("idle" in asset.flags for asset in one.assets if asset.surplus) else ""
        text = f"有余 {one.surplus}{idle}；多于配备下限不是违规，可供其他单位调剂：{refs}"
        offers.append([len(offers) + 1, one.name, "", one.unit or "件", one.surplus, text, "", "", ""])
    page.table(WANTED, offers)


GROUNDS = (Column("项目", 34), Column("取值", 36), Column("说明", 72))
RULES = (Column("装备名称", 34), Column("测算", 36), Column("依据", 72))


def grounds(book: Book, plan: Plan) -> None:
    """测算依据: settings used, the standard's rows, prices, provisions, inputs."""
    page = book.page("测算依据", [one.width for one in GROUNDS], repeat=False)
    page.title("测算依据")
    page.heading("采用的设置（不是法律规定，可在 equipcheck.yaml 的 plan: 里改写）")
    page.table(GROUNDS, [[one.name, one.value, one.basis] for one in plan.used])
    page.heading("先后对权重的敏感程度（每项权重各增减五分之一）")
    for line in say.shift_lines(plan):
        page.line(line)
    page.heading("各项要求的测算与来源")
    rules: list[list[Cell]] = []
    for one in plan.report.findings:
        if one.gap:
            source = one.source
            trusted = f"数量为{words.TRUST[source.status]}，种类{words.KIND_TRUST[source.kind]}"
            basis = (source.place or "位置未注明", trusted, source.note)
            rules.append([one.name, one.rule, "；".join(part for part in basis if part)])
    page.table(RULES, rules)
    page.heading("价格")
    prices: dict[str, list[Cell]] = {}
    for item in (item for year in plan.years for item in year.items):
        prices.setdefault(f"{item.kind_name}（{say.way(item)}）", [say.band(item), item.price_basis])
    page.table(GROUNDS, [[name, *cells] for name, cells in prices.items()])
    page.heading("引用的规定")
    page.table(
        (Column("规定", 34), Column("所据文本", 36), Column("内容", 72)),
        [[name, say.LAW[mark], text] for name, text, mark in plan.laws],
    )
    page.heading("输入文件")
    page.table(
        (Column("文件", 34), Column("用途", 36), Column("SHA-256", 72)),
        [[one.path, say.ROLE.get(one.role, one.role), one.sha256] for one in plan.report.inputs],
    )
