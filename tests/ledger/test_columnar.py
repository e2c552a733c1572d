"""The columnar reader says what the careful one says, to the last field and note, or leaves the file to it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.ground import frames
from equipcheck.ledger import Source
from equipcheck.ledger.coded_rows import CODED, coded
from equipcheck.ledger.columnar import read_columnar
from equipcheck.ledger.one_file import read_source
from equipcheck.problems import InputError

HEAD = [
    "单位代码",
    "资产编号",
    "资产名称",
    "规格型号",
    "数量",
    "单价",
    "原值",
    "取得日期",
    "使用状况",
    "检定有效期至",
    "备注",
    "品牌",
]
CODES = ("单位代码",)
COLUMNS = [name for name in frames.ASSETS.columns if name not in ("row", "part")]

NAMES = ["执法记录仪", "声级计", "无人机 ", "照相机（已报废）", "", "合计", "小计", "填表人：张三",
    "一、取证设备", "资产名称", "同上",
         "声级计（备用）", "　测距仪"]  # fmt: skip
CELLS = {
    "单位代码": ["a", "b", "", "/"],
    "资产编号": ["N1", "'001", "无", "", "待编", "0012"],
    "资产名称": [*["执法记录仪", "声级计"] * 8, *NAMES],
    "规格型号": ["M", "/", "无", "", " X "],
    "数量": [*["1", "2", "3台"] * 4, "", "0", "若干", "-1", "1.5", "二", "/", "共5台，其中2台坏"],
    "单价": ["100", "1,200.5", "", "1.2万", "很贵", "/"],
    "原值": ["300", "", "1000.01"],
    "取得日期": [*["2020-05-01", "2021.3"] * 3, "2020年", "", "去年", "20200506"],
    "使用状况": [*["在用"] * 6, "闲置", "", "借给二队", "什么", "在用3台，损坏2台"],
    "检定有效期至": ["2024-05-01", "", "2024.5", "一年", "2023.5.6-2024.5.5"],
    "备注": [*[""] * 6, "已损坏", "其中1台坏", "好", "检定有效期至2024年5月5日", "〃"],
    "品牌": ["", "华", "/"],
}


def careful(data: bytes, source: Source):
    try:
        read = read_source(data, source)
    except InputError:
        return None
    frames_ = [one.select(COLUMNS) for one in read.frames]
    return pl.concat(frames_), tuple(read.odd.notes())


def same(data: bytes, source: Source, sample: int = 1):
    """Both ways agree, or the columnar one declines; whether it did."""
    fast = read_columnar(data, source, least=0, sample=sample)
    if fast is None:
        return False
    slow = careful(data, source)
    assert slow is not None
    assert fast.rows.select(COLUMNS).to_dicts() == slow[0].to_dicts()
    assert fast.notes == slow[1]
    words = [pl.col(name).cast(pl.String) for name, kind in CODED.items() if kind == pl.Categorical()]
    mine, theirs = fast.coded, coded(slow[0])
    assert mine.schema == theirs.schema
    assert mine.with_columns(words).to_dicts() == theirs.with_columns(words).to_dicts()
    return True


def source(name: str = "台账.csv") -> Source:
    return Source(Path(name), name, bureau="x", code_columns=CODES)


def text(rows, quoting=csv.QUOTE_MINIMAL, end="\n") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator=end, quoting=quoting).writerows([HEAD, *rows])
    return stream.getvalue().encode()


plain_rows = st.tuples(*(st.sampled_from([CELLS[name][0], CELLS[name][1]]) for name in HEAD))
any_rows = st.tuples(*(st.sampled_from(CELLS[name]) for name in HEAD))
quotings = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])


@settings(max_examples=150, deadline=None)
@given(st.lists(any_rows, min_size=1, max_size=12), quotings, st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_rows_both_ways_say_the_same(rows, quoting, end):
    same(text(rows, quoting, end), source())


@settings(max_examples=60, deadline=None)
@given(st.lists(plain_rows, min_size=4, max_size=12), quotings, st.data())
def test_a_few_odd_rows_are_no_reason_to_decline(rows, quoting, data):
    odd = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.sampled_from(["数量", "取得日期", "使用状况", "检定有效期至", "备注", "单价"]))
    cell = data.draw(st.sampled_from([one for one in CELLS[column] if one != "〃"]))
    row = list(rows[odd])
    row[HEAD.index(column)] = cell
    assert same(text([*rows[:odd], row, *rows[odd + 1 :]], quoting), source())


@pytest.mark.parametrize(
    "damage",
    [
        'a,N9,声级计"大",M,1,,,,在用,,,', '"a,N9,声级计,M,1,,,,在用,,,', "a,N9,声级计",
        "a,N9,声级计,M,1,,,,在用,,,,,,", "", "  ", "a,N9,#N/A,M,2,,,,在用,,,", "a,N9,同上,M,一批,,,,在用,,,",
        "a,N9,声级计,M,1,,,,在用,,,,,,坏了", "序号,证件编号,持证人,发证日期,备注",
        ",,合计,,9,,,,,,,", ",".join(HEAD), "a,〃,声级计,M,1,,,,在用,,,",
        '"a","N9","声级\n计","M",1,,,,"在用",,,', "，，",
        "a\tN9\t声级计", "填表人：张三", 'a,N9,"声级计,大",M,1,,,,在用,,,', ' "a",N9,声级计,M,1,,,,在用,,,',
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", [3, 9])
def test_odd_lines_anywhere(damage, where):
    lines = text(
        [("a", f"N{n}", "声级计", "M", "1", "", "", "2020-05-01", "在用", "", "", "") for n in range(8)]
    ).decode()
    lines = lines.splitlines()
    lines.insert(where, damage)
    same("\n".join(lines).encode(), source())


@pytest.mark.parametrize("title", ["报废资产清单", "固定资产报废、盘亏表", "固定资产台账"])
@pytest.mark.parametrize("beside", ["", "坏了"])
def test_what_stands_over_and_beside_the_rows(title, beside):
    lines = [",".join((*HEAD, "")), *(f"a,N{n},声级计,M,1,,,,,,," for n in range(8))]
    lines[7] += beside
    same("\n".join([title, *lines]).encode(), source())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding):
    rows = [("a", f"N{n}", "声级计", "M", "1", "", "", "2020-05-01", "在用", "", "", "") for n in range(8)]
    data = text(rows).decode().encode(encoding)
    assert same(data, source()) == (encoding != "utf-16")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("blank", [0, 1, 3])
def test_blank_lines_at_the_end(end, blank):
    rows = [("a", f"N{n}", "声级计", "M", "1", "", "", "2020-05-01", "在用", "", "", "") for n in range(8)]
    data = text(rows, end=end)
    assert same(data + blank * end.encode(), source())
    assert same(data.removesuffix(end.encode()), source())


def test_a_big_file_is_read_by_columns_without_being_asked():
    rows = [("a", f"N{n}", "声级计", "M", "1", "", "", "2020-05-01", "在用", "", "", "") for n in range(6000)]
    rows[5000] = ("a", "N", "声级计", "M", "若干", "", "", "去年", "什么", "", "已损坏", "")
    fast = read_columnar(text(rows), source())
    assert fast is not None
    slow = careful(text(rows), source())
    assert slow is not None
    assert fast.rows.select(COLUMNS).equals(slow[0])
    assert fast.notes == slow[1]
    assert fast.by_code
    assert read_columnar(text(rows[:100]), source()) is None


def parquet(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def texts(rows, null: bool = False) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(HEAD, pl.String()), orient="row")
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all())) if null else frame


@settings(max_examples=100, deadline=None)
@given(st.lists(any_rows, min_size=1, max_size=12), st.booleans())
def test_a_parquet_export_of_texts_says_the_same(rows, null):
    same(parquet(texts(rows, null)), source("台账.parquet"))


VALUES = {
    "数量": st.sampled_from([
        (pl.Int64(), [1, 2, 3, None, 0, -1]), (pl.Float64(), [1.0, 2.0, None, 1.5, 1e300, float("nan")]),
        (pl.Boolean(), [True, False, None]), (pl.Decimal(10, 2), [Decimal("1"), Decimal("2.00"), Decimal("0.5"), None]),
        (pl.UInt8(), [1, 2, 255]), (pl.String(), ["1", "2台", None]),
    ]),
    "单价": st.sampled_from([
        (pl.Int64(), [100, None, -5]), (pl.Float64(), [100.0, 0.125, None, 1e20, -3.5]),
        (pl.Decimal(12, 4), [Decimal("12.3450"), Decimal("100"), None]),
    ]),
    "取得日期": st.sampled_from([
        (pl.Date(), [dt.date(2020, 5, 1), dt.date(1, 1, 1), None]),
        (pl.Datetime(), [dt.date(2020, 5, 1), None]),
        (pl.Int64(), [20200501, 2020, 43952, None]), (pl.Float64(), [2020.5, 2020.1, 43952.0, None]),
        (pl.Time(), [dt.time(8, 30), None]), (pl.Duration(), [dt.timedelta(days=3)]),
    ]),
    "资产编号": st.sampled_from([
        (pl.Int64(), [1, 12, 4503599627370496, None]), (pl.Int64(), [1, 12, None]),
        (pl.Categorical(), ["N1", "无", None]), (pl.Float64(), [1.0, 2.5, None]),
    ]),
    "备注": st.sampled_from([
        (pl.String(), ["", "好\n坏", "\n", "两行\r\n好"]), (pl.Null(), [None]), (pl.Boolean(), [True, None]),
    ]),
    "资产名称": st.sampled_from([
        (pl.String(), ["声级计", "执法记录仪", "声\n级计", None]), (pl.Enum(["声级计"]), ["声级计"]),
    ]),
}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(plain_rows, min_size=3, max_size=12), st.data())
def test_a_parquet_export_of_values_says_the_same(rows, data):
    frame = texts(rows, null=True)
    for name, kinds in VALUES.items():
        kind, values = data.draw(kinds)
        cells = [data.draw(st.sampled_from(values)) for _ in rows]
        frame = frame.with_columns(pl.Series(name, cells, dtype=kind))
    same(parquet(frame), source("台账.parquet"))


def test_a_big_parquet_export_is_read_by_columns_without_being_asked():
    rows = [("a", f"N{n}", "声级计", "M", "1", "", "", "2020-05-01", "在用", "", "", "") for n in range(6000)]
    rows[5000] = ("a", "N", "声级计", "M", "若干", "", "", "去年", "什么", "", "已损坏", "")
    typed = texts(rows, null=True).with_columns(pl.col("取得日期").str.to_date(strict=False))
    for frame in (texts(rows), typed):
        fast = read_columnar(parquet(frame), source("台账.parquet"))
        slow = careful(parquet(frame), source("台账.parquet"))
        assert fast is not None
        assert slow is not None
        assert fast.rows.select(COLUMNS).equals(slow[0])
        assert fast.notes == slow[1]
        assert fast.careful.height > 0
