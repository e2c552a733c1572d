"""A price written into the project's price list: its own line changed or added, the others' values as they stand."""

from __future__ import annotations

import csv
import io

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.plan.prices import USES, Quote, headings, parse_prices
from equipcheck.problems import InputError

HEAD = {"kind": "种类", "price": "单价", "year": "年份", "source": "来源", "use": "用途"}


def with_quote(text: str, quote: Quote, name: str, catalogue: Catalogue) -> str:
    """The list's text with one quotation put in; one of the same kind, use and year gives way to it.

    `text` may be empty: a new list. Raises InputError where the list as it stands cannot be read.
    """
    text = text.lstrip("\ufeff")
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    records = [
        cells for cells in csv.reader(text.splitlines(), delimiter=delimiter) if any(map(str.strip, cells))
    ]
    if records:
        _, problems = parse_prices(text, name, catalogue)
        if problems:
            raise InputError(problems)
    else:
        records = [list(HEAD.values())]
    head, _ = headings(records[0])
    for key, word in HEAD.items():
        if key not in head:
            head[key] = len(records[0])
            records[0].append(word)
    line = _cells(quote, head, len(records[0]), catalogue)
    for at, cells in enumerate(records[1:], start=1):
        if _key(records[0], cells, name, catalogue) == (quote.kind, quote.use, quote.year):
            kept = [*cells, *[""] * (len(records[0]) - len(cells))]
            records[at] = [line[i] if i in head.values() else cell for i, cell in enumerate(kept)]
            break
    else:
        records.append(line)
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(records)
    return stream.getvalue()


def _key(
    head: list[str], cells: list[str], name: str, catalogue: Catalogue
) -> tuple[str, str, int | None] | None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([head, cells])
    quotes, _ = parse_prices(stream.getvalue(), name, catalogue)
    return (quotes[0].kind, quotes[0].use, quotes[0].year) if quotes else None


def _cells(quote: Quote, head: dict[str, int], width: int, catalogue: Catalogue) -> list[str]:
    kind = catalogue.kinds[quote.kind]
    cells = [""] * width
    cells[head["kind"]] = kind.name
    cells[head["price"]] = f"{quote.price.normalize():f}元"  # the heading may say 万元
    cells[head["year"]] = str(quote.year) if quote.year is not None else ""
    cells[head["source"]] = (quote.source or "").lstrip("=+-@\t\r ")  # no spreadsheet takes it for a formula
    cells[head["use"]] = USES[quote.use]
    return cells
