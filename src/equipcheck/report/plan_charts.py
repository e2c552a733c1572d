"""The plan's pictures: coverage by year, money by year and class, with the tables that they are drawn from."""

from __future__ import annotations

from decimal import Decimal
from operator import itemgetter

from equipcheck.checking.results import Rates
from equipcheck.plan.model import Coverage, Plan
from equipcheck.report import plan_words as say
from equipcheck.report import words
from equipcheck.report.book import Book, Chart, Page, Series
from equipcheck.report.columns import Cell, Column, Formula

COLOURS = ("2F6EA8", "8FB3D3", "5B8C5A", "D9A441", "C8574C", "7B6AA8", "8D9AA8", "B5707F")
OTHER = "其他"
WIDTH = 16.0
ROWS = 18


def charts(book: Book, plan: Plan, actions: str) -> None:
    """The sheet 图表; `actions` names the sheet whose rows its sums are over (A year, J money, N class)."""
    classes = _classes(plan)
    page = book.page("图表", [WIDTH] * max(7, len(classes) + 2), repeat=False)
    page.title(f"达标率和经费（{say.years_text(plan)}）")
    room = page.room(ROWS)
    drawn = [_coverage(page, plan)]
    if classes:
        drawn.append(_money(page, plan, classes, actions))
    page.charts(drawn, room, ROWS)


def _coverage(page: Page, plan: Plan) -> tuple[Chart, str]:
    page.heading("达标率和数量配备率")
    first = plan.years[0]
    points = [(f"{first.year}年初", first.coverage_before)]
    points += [(f"{year.year}年末", year.coverage_after) for year in plan.years]
    known = first.coverage_before.attested.applicable > 0
    apart = known and any(one.attested != one.all for _, one in points)
    heads = ["达标率", "数量配备率"]
    if apart:
        heads = ["有据的达标率", "连同参考的达标率", "连同参考的数量配备率"]
    columns: list[Column[list[Cell]]] = [Column("时点", itemgetter(0), WIDTH, "centre")]
    columns += [Column(head, itemgetter(at), WIDTH, "rate") for at, head in enumerate(heads, start=1)]
    rows: list[list[Cell]] = [[label, *_rates(one, apart=apart)] for label, one in points]
    start = page.table(columns, rows)
    page.line("达标率取低端：有效期不明的不算达标。", grey=True)
    series = tuple(Series(at, COLOURS[at - 1]) for at in range(1, len(columns)))
    drawn = Chart(
        "达标率和数量配备率", "column", series, start, start + len(rows) - 1, numbers="0%", most=Decimal(1)
    )
    said = "；".join(f"{label} {say.rates(_headline(one, apart=apart))}" for label, one in points)
    return drawn, f"{heads[0]}等：{said}"


def _headline(one: Coverage, *, apart: bool) -> Rates:
    return one.attested if apart else one.all


def _rates(one: Coverage, *, apart: bool) -> list[Cell]:
    shown = [one.attested.by_kind] if apart else []
    return [_share(rate) for rate in (*shown, one.all.by_kind, one.all.by_quantity)]


def _share(rate: float | None) -> Cell:
    return "无" if rate is None else Decimal(repr(rate))


def _classes(plan: Plan) -> list[str]:
    """Classes that cost money, in the order in which the plan comes to them."""
    found = (item.category or OTHER for year in plan.years for item in year.items if item.cost)
    return list(dict.fromkeys(found))


def _money(page: Page, plan: Plan, classes: list[str], actions: str) -> tuple[Chart, str]:
    page.heading("各年各类装备的经费（元）")
    columns: list[Column[list[Cell]]] = [Column("年度", itemgetter(0), WIDTH, "centre")]
    columns += [
        Column(head, itemgetter(at), WIDTH, "money", total=True)
        for at, head in enumerate((*classes, "合计"), start=1)
    ]
    last = chr(ord("A") + len(classes))
    rows: list[list[Cell]] = []
    said = []
    for year in plan.years:
        sums = {one: Decimal(0) for one in classes}
        for item in year.items:
            if item.cost:
                sums[item.category or OTHER] += item.cost
        cells: list[Cell] = [
            Formula(
                f'=SUMIFS({actions}!$J:$J,{actions}!$A:$A,$A{{row}},{actions}!$N:$N,"{_plain(one)}")', value
            )
            for one, value in sums.items()
        ]
        rows.append(
            [year.year, *cells, Formula(f"=SUM(B{{row}}:{last}{{row}})", sum(sums.values(), Decimal(0)))]
        )
        said.append(
            f"{year.year}年 {'、'.join(f'{one} {words.yuan(value)} 元' for one, value in sums.items())}"
        )
    start = page.table(columns, rows)
    page.line("待询价的不在内。各数是对“行动清单”的求和，改了单价、数量就随之变动。", grey=True)
    series = tuple(Series(at, COLOURS[(at - 1) % len(COLOURS)]) for at in range(1, len(classes) + 1))
    drawn = Chart(
        "各年各类装备的经费（元）",
        "column",
        series,
        start,
        start + len(rows) - 1,
        stacked=True,
        numbers="#,##0",
    )
    return drawn, "；".join(said)


def _plain(text: str) -> str:
    """A class's name as a criterion: wildcards and comparisons as themselves, quotes doubled."""
    for sign in "~*?":
        text = text.replace(sign, f"~{sign}")
    return f"={text}".replace('"', '""').replace("{", "{{").replace("}", "}}")
