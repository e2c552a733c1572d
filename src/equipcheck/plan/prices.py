"""Prices: the project's own quotations before the catalogue's working values; none is none, never 0."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.ground.encoding import decode
from equipcheck.ground.money import yuan
from equipcheck.ledger.values.money import parse_money
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near, shown
from equipcheck.problems.reasons import reason_of
from equipcheck.project.project import shown_path

QUOTED, CONTRACTED, LISTED, ESTIMATED = "项目询价", "项目合同价", "目录所列检定校准费", "工作估价"
"""The words by which the basis of a price is known."""

USES = {"purchase": "购置", "verify": "送检", "repair": "维修", "service": "第三方服务", "pool": "统调共享"}

_USE_WORDS = {
    "purchase": "purchase 购置 采购 购买 新购",
    "verify": "verify verification calibrate restore 送检 检定 校准 检定费 校准费 检定校准",
    "repair": "repair 维修 修理 维修费",
    "service": "service 服务 第三方服务 购买服务",
    "pool": "pool 统调 共享 统调共享",
}
_USE = {word: use for use, words in _USE_WORDS.items() for word in words.split()}

_HEADINGS = {
    "kind": "kind 种类 名称 装备名称 装备种类 装备",
    "price": "unitprice unit_price price 单价 价格 报价",
    "year": "year 年份 年度 询价年份 时间",
    "source": "source 来源 询价来源 依据 备注",
    "use": "use action 用途 措施",
}
_HEADING = {word: name for name, words in _HEADINGS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one unit costs in CNY, as a band, and where the figure comes from.

    `lacks`: it leaves out what this use costs (维修 | 送检), because nobody knows it; `basis` says so.
    """

    low: Decimal
    typical: Decimal
    high: Decimal
    basis: str
    lacks: str = ""

    @classmethod
    def exactly(cls, amount: Decimal, basis: str) -> Cost:
        """A cost without a spread."""
        return cls(amount, amount, amount, basis)

    @classmethod
    def of_repair_and_check(cls, repair: Cost | None, check: Cost | None) -> Cost | None:
        """What it costs to repair a unit and then have it verified, as far as it is known."""
        parts = [("维修", repair), ("送检", check)]
        known = [one for _, one in parts if one is not None]
        if not known:
            return None
        basis = "；".join(
            f"{what}费待询价，不在此数内" if one is None else f"{what} {yuan(one.typical)} 元：{one.basis}"
            for what, one in parts
        )
        low, typical, high = (
            sum((getattr(one, end) for one in known), Decimal(0)) for end in ("low", "typical", "high")
        )
        return cls(low, typical, high, basis, lacks="".join(what for what, one in parts if one is None))


@dataclass(frozen=True, slots=True)
class Quote:
    """One line of the project's price list."""

    kind: str
    use: str
    price: Decimal
    year: int | None
    source: str | None

    def cost(self) -> Cost:
        """The quotation as a cost."""
        year = f"{self.year}年" if self.year is not None else "年份未注明"
        return Cost.exactly(self.price, f"{QUOTED}（{year}，{self.source or '来源未注明'}）")


@dataclass(frozen=True, slots=True)
class PriceList:
    """Where every price comes from. `quotes` by (kind, use): the latest year holds."""

    catalogue: Catalogue
    quotes: Mapping[tuple[str, str], Quote] = field(default_factory=dict)

    def cost(self, kind: str, use: str) -> Cost | None:
        """The cost of one unit of a kind for a use (USES); None: 待询价."""
        quote = self.quotes.get((kind, use))
        if quote is not None:
            return quote.cost()
        known = self.catalogue.kinds.get(kind)
        if known is None:
            return None
        if use == "purchase" and known.price is not None:
            price = known.price
            return Cost(_cents(price.low), _cents(price.typical), _cents(price.high), price.basis)
        if use == "verify" and known.metrology.fee is not None:
            basis = f"{LISTED}（{known.metrology.basis or '依据未注明'}）"
            return Cost.exactly(_cents(known.metrology.fee), basis)
        return None


def _cents(amount: Decimal) -> Decimal:
    """An amount to the 分."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def read_prices(path: Path | None, catalogue: Catalogue) -> PriceList:
    """The project's price list over the catalogue's values. Raises InputError with every bad line."""
    if path is None:
        return PriceList(catalogue)
    name = shown_path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem("no-such-file", Place(name), {"near": ""})) from None
    except OSError as error:
        raise InputError(Problem("unreadable-file", Place(name), {"reason": reason_of(error)})) from None
    text, _ = decode(data, name)
    quotes, problems = parse_prices(text.lstrip("\ufeff"), name, catalogue)
    if problems:
        raise InputError(problems)
    latest: dict[tuple[str, str], Quote] = {}
    for quote in quotes:
        known = latest.get((quote.kind, quote.use))
        if known is None or (quote.year or 0) > (known.year or 0):
            latest[quote.kind, quote.use] = quote
    return PriceList(catalogue, latest)


def parse_prices(text: str, name: str, catalogue: Catalogue) -> tuple[list[Quote], list[Problem]]:
    """The lines of a price list: kind, unit price, year, source, and what the price is for (购置 where not said)."""
    reader = csv.reader(text.splitlines(), delimiter="\t" if "\t" in text.split("\n", 1)[0] else ",")
    head: dict[str, int] | None = None
    scale = 1
    quotes: list[Quote] = []
    problems: list[Problem] = []
    names = _kind_names(catalogue)
    seen: dict[tuple[str, str, int | None], int] = {}
    for cells in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if head is None:
            head, scale = headings(cells)
            if "kind" not in head or "price" not in head:
                problems.append(Problem("price-heading", Place(name, line=line), {"found": "、".join(cells)}))
                break
            continue
        quote, found = _line(cells, head, scale, Place(name, line=line), names)
        problems += found
        if quote is None:
            continue
        key = (quote.kind, quote.use, quote.year)
        if key in seen:
            problems.append(
                Problem(
                    "price-twice",
                    Place(name, line=line),
                    {"kind": cells[head["kind"]].strip(), "first": seen[key]},
                )
            )
        seen.setdefault(key, line)
        quotes.append(quote)
    if head is None:
        problems.append(Problem("price-heading", Place(name, line=1), {"found": "空"}))
    return quotes, problems


def headings(cells: Sequence[str]) -> tuple[dict[str, int], int]:
    """Where each column stands in a price list's heading, and what a price is in (1: 元, 10,000: 万元)."""
    head: dict[str, int] = {}
    scale = 1
    for index, cell in enumerate(cells):
        word = cell.strip().lower().replace(" ", "").replace("（", "(").split("(")[0]
        field_name = _HEADING.get(word)
        if field_name is not None and field_name not in head:
            head[field_name] = index
            if field_name == "price" and "万元" in cell:
                scale = 10_000
    return head, scale


def _kind_names(catalogue: Catalogue) -> dict[str, str]:
    """Every id and name of a kind → its present id."""
    names: dict[str, str] = {}
    for kind in catalogue.kinds.values():
        for word in (*kind.aliases, kind.name, kind.id):
            names[word.lower()] = catalogue.resolve(kind.id)
    return names


def _line(
    cells: Sequence[str], head: Mapping[str, int], scale: int, place: Place, names: Mapping[str, str]
) -> tuple[Quote | None, list[Problem]]:
    def text(key: str) -> str:
        at = head.get(key)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    def wrong(key: str, expected: str, hint: str = "") -> Problem:
        at = Place(place.path, line=place.line, column=head[key] + 1)
        return Problem("bad-price", at, {"value": shown(text(key)), "expected": expected, "near": hint})

    problems: list[Problem] = []
    kind = names.get(text("kind").lower())
    if kind is None:
        problems.append(wrong("kind", "目录里的种类编号或名称", near(text("kind").lower(), names)))
    # A cell that names its own unit (「3000元」) is not in the heading's 万元.
    cents, clear = parse_money(text("price"), 1 if "元" in text("price") else scale)
    if not clear or cents is None:
        problems.append(wrong("price", "金额，如 12000 或 1.2万"))
    year = text("year").removesuffix("年")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        problems.append(wrong("year", "四位年份，如 2023"))
    use = _USE.get(text("use").lower()) if text("use") else "purchase"
    if use is None:
        problems.append(wrong("use", "、".join(USES.values())))
    if problems or kind is None or cents is None or use is None:
        return None, problems
    price = Decimal(cents) / 100
    return Quote(kind, use, price, int(year) if year else None, text("source") or None), []
