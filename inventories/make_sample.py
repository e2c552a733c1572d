"""Makes the synthetic sample: a western district bureau's ledger as an asset system exports it.

    python inventories/make_sample.py

Everything in it is invented. The same script gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent / "sample-district"
MADE = dt.datetime(2024, 1, 2, 9, 0, 0)  # noqa: DTZ001 (spreadsheets know no time zones)

HEAD = (
    ("序号", None),
    ("资产编号", None),
    ("资产名称", None),
    ("规格型号", None),
    ("计量单位", None),
    ("数量", None),
    ("价值（元）", "单价"),
    (None, "原值"),
    ("取得日期", None),
    ("使用状况", None),
    ("使用部门", None),
    ("存放地点", None),
    ("检定有效期至", None),
    ("备注", None),
)
WIDTHS = (6, 13, 26, 22, 9, 7, 11, 12, 13, 10, 14, 14, 14, 22)

# name, model, unit, quantity, unit price, acquired, status, valid until, remark
EQUIPMENT: tuple[tuple[str, tuple[tuple[Any, ...], ...]], ...] = (
    (
        "一、交通工具",
        (
            ("执法执勤用车", "1.6L 轿车", "辆", 1, 118600, "2016-08-15", "在用", None, "已满8年仍可用"),
            ("执法执勤用车", "1.8L 轿车", "辆", 1, 149800, dt.date(2019, 6, 20), "在用", None, None),
            ("越野执法车", "2.4L", "辆", 1, 198000, "2021.3", "在用", None, None),
            ("车载北斗定位终端", "BD-200", "台", 2, 1480, "2021/04/02", "在用", None, None),
        ),
    ),
    (
        "二、取证设备",
        (
            ("执法记录仪", "DSJ-H9", "台", 6, 2350, "20200512", "在用", None, None),
            ("4G执法记录仪", "DSJ-4G", "台", 3, 3100, "2022年11月", "在用", None, None),
            ("执法记录仪（旧）", "DSJ-V5", "台", 4, 1600, "2015-05", "待报废", None, "电池鼓包"),
            ("执法记录仪采集工作站", "8口", "套", 1, 18600, "2020-5-12", "在用", None, None),
            ("数码摄像机", "FDR-AX45", "部", 1, 6980, "2018.9.3", "在用", None, None),
            ("数码照相机", "EOS 850D", "部", 2, 6450, "2020-09-01", "在用", None, None),
            ("数码照相机", "IXUS 285", "部", 1, 1899, "2013/4/18", "已报废", None, "2022年核销"),
            ("录音笔", "PCM-A10", "支", 3, 899, "2021-07-07", "在用", None, None),
            ("激光测距仪", "D810", "台", 1, 3680, "2019-11-30", "在用", None, None),
            ("无人机", "经纬M30T", "架", 1, 62800, "2022-03-18", "在用", None, None),
            ("无人机备用电池", "TB30", "块", 4, 1299, "2022-03-18", "在用", None, None),
        ),
    ),
    (
        "三、快速检测设备",
        (
            ("标准采样箱", "—", "套", 2, 5200, "2017-10", "在用", None, None),
            ("便携式COD快速测定仪", "5B-2H", "台", 1, 38500, "2018-6-5", "在用", dt.date(2024, 5, 20), None),
            ("便携式pH计", "PHBJ-260", "台", 2, 2650, "2019年5月", "在用", "2023-04-30", "送检未回"),
            ("酸度计", "PHS-3C", "台", 1, 2380, "2009-03-12", "待报废", None, "电极老化"),
            ("便携式溶解氧测定仪", "JPBJ-608", "台", 2, 4980, "2020.10.10", "在用", "2024.3.31", None),
            ("林格曼测烟望远镜", "QT201", "台", 1, 8600, "2014-12", "在用", None, None),
            ("烟气分析仪", "崂应3022", "台", 1, 96000, "2019-01-22", "在用", "2023年9月", None),
            ("便携式粉尘检测仪", "PC-3A", "台", 1, 14600, "2016/7/1", "损坏", None, "已坏，待维修"),
            ("手持式VOCs检测仪（PID）", "PGM-7340", "台", 1, 43800, "2021-12-15", "在用", "2024-01-31", None),
            ("多功能声级计", "AWA5688", "台", 1, 11800, "2020-08-08", "在用", None, "见检定台账"),
            ("多功能声级计", "AWA5636", "台", 1, 6200, "2015-08-08", "在用", None, "见检定台账"),
            ("四合一气体检测仪", "QRAE 3", "台", 1, 9800, "2021-12-15", "在用", None, None),
            ("个人剂量报警仪", "RAD-60", "台", 2, 2780, "2018-04", "在用", None, None),
            ("便携式检测仪", "—", "台", 1, 26000, "2019-09", "在用", None, "型号铭牌脱落"),
            ("声级计检定费", None, "项", 1, 800, "2022-08", None, None, None),
        ),
    ),
    (
        "四、移动执法及应急防护",
        (
            ("移动执法终端（PDA）", "EM-T195", "台", 7, 4650, "2021-06-01", "在用", None, None),
            ("移动执法终端（PDA）", "EM-T195", "台", 2, 4650, "2021-06-01", "闲置", None, "人员调出交回"),
            ("移动执法箱", "标准型", "套", 3, 17500, "2018-12", "在用", None, None),
            ("便携式打印机", "TR150", "台", "5台", 2190, "2020-07-30", "在用", None, None),
            ("对讲机", "TD-500", "部", 8, 1650, "2017-02", "在用", None, None),
            ("正压式空气呼吸器", "RHZKF6.8", "套", 1, 5300, "2016-11-11", "在用", None, None),
        ),
    ),
)

OFFICE: tuple[tuple[Any, ...], ...] = (
    ("台式计算机", "启天M", "台", 19, 4790, "2019-12", "在用", None),
    ("笔记本电脑", "ThinkPad E14", "台", 6, 6200, "2021-03", "在用", None),
    ("A4激光打印机", "M227", "台", 7, 1180, "2018-06", "在用", None),
    ("多功能复印机", "C3322", "台", 1, 28600, "2020-01", "在用", None),
    ("碎纸机", "S680", "台", 2, 860, "2018-06", "在用", None),
    ("分体空调", "1.5匹", "台", 12, 3190, "2017-07", "在用", None),
    ("办公桌椅", "1.4米", "套", 24, 1350, "2012-09", "在用", None),
    ("文件柜", "五节", "组", 31, 780, "2012-09", "在用", None),
    ("会议桌", "4.8米", "张", 1, 6800, "2012-09", "在用", None),
    ("双门冰箱（食堂）", "BCD-258", "台", 1, 3299, "2019-07", "在用", None),
)

REGISTER = (
    ("AWA5688", "00305021", "多功能声级计", "2023-06-12", "2024-06-11", "合格"),
    ("AWA5636", "00218847", "多功能声级计", "2022-05-30", "2023-05-29", "合格"),
    ("QRAE 3", "M7B0116", "四合一气体检测仪", "2022-10-18", None, "合格"),
)


class Page:
    """One sheet of the ledger, written row by row."""

    def __init__(self, book: Any, name: str, title: str) -> None:
        self.book, self.sheet, self.row = book, book.add_worksheet(name), 0
        line = {"border": 1, "font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        self.plain = book.add_format(line)
        self.middle = book.add_format({**line, "align": "center"})
        self.bold = book.add_format({**line, "bold": True})
        self.head = book.add_format({**line, "bold": True, "align": "center", "text_wrap": True})
        self.money = book.add_format({**line, "num_format": "#,##0.00"})
        self.day = book.add_format({**line, "num_format": "yyyy-mm-dd", "align": "center"})
        bare = {"font_name": "宋体", "valign": "vcenter"}
        big = book.add_format({**bare, "bold": True, "font_size": 16, "align": "center"})
        small = book.add_format({**bare, "font_size": 10})
        self.small = small
        self.sheet.merge_range(0, 0, 0, len(HEAD) - 1, title, big)
        self.sheet.merge_range(
            1,
            0,
            1,
            len(HEAD) - 1,
            "单位名称：示例区生态环境局（虚构）    截止日期：2023年12月31日    金额单位：元",
            small,
        )
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width)
        self.sheet.set_row(0, 28)
        self.row = 2

    def heading(self) -> None:
        """The two-storey heading with merged cells."""
        top = self.row
        for column, (upper, lower) in enumerate(HEAD):
            if lower is None:
                self.sheet.merge_range(top, column, top + 1, column, upper, self.head)
            else:
                self.sheet.write_string(top + 1, column, lower, self.head)
        self.sheet.merge_range(top, 6, top, 7, HEAD[6][0], self.head)
        self.row += 2

    def group(self, name: str) -> None:
        """A row that names the rows below it."""
        self.sheet.merge_range(self.row, 0, self.row, len(HEAD) - 1, name, self.bold)
        self.row += 1

    def line(self, cells: tuple[Any, ...]) -> None:
        """One row; dates and numbers as such, all else as text."""
        for column, value in enumerate(cells):
            if value is None:
                self.sheet.write_blank(self.row, column, None, self.plain)
            elif isinstance(value, dt.date):
                self.sheet.write_datetime(self.row, column, value, self.day)
            elif isinstance(value, int):
                self.sheet.write_number(
                    self.row, column, value, self.money if column in (6, 7) else self.middle
                )
            else:
                self.sheet.write_string(self.row, column, value, self.plain)
        self.row += 1

    def total(self, word: str, quantity: int, value: int) -> None:
        """A subtotal or total."""
        self.line((None, None, word, None, None, quantity, None, value, None, None, None, None, None, None))


def pieces(quantity: Any) -> int:
    """The number in 「5台」."""
    return int(str(quantity).removesuffix("台"))


def make_ledger(path: Path) -> None:
    """固定资产台账.xlsx"""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties(
        {"title": "固定资产台账（合成示例）", "comments": "合成数据，非真实单位", "created": MADE}
    )
    page = Page(book, "执法装备", "固定资产台账（合成示例，非真实单位数据）")
    page.heading()
    number, all_pieces, all_value = 0, 0, 0
    for title, rows in EQUIPMENT:
        page.group(title)
        some_pieces, some_value = 0, 0
        for name, model, unit, quantity, price, acquired, status, until, remark in rows:
            number += 1
            code = "待编" if name == "便携式检测仪" else f"ZC{2000 + number:05d}"
            value = price * pieces(quantity)
            some_pieces, some_value = some_pieces + pieces(quantity), some_value + value
            place = ("执法大队", "装备室")
            page.line(
                (
                    number,
                    code,
                    name,
                    model,
                    unit,
                    quantity,
                    price,
                    value,
                    acquired,
                    status,
                    *place,
                    until,
                    remark,
                )
            )
        page.total("小计", some_pieces, some_value)
        all_pieces, all_value = all_pieces + some_pieces, all_value + some_value
    page.total("合计", all_pieces, all_value)
    page.row += 1
    page.sheet.write_string(page.row, 0, "填表人：（略）", page.small)
    page.sheet.write_string(page.row, 5, "复核人：（略）", page.small)
    page.sheet.write_string(page.row, 9, "单位负责人：（略）", page.small)
    office = Page(book, "办公设备及家具", "固定资产台账——办公设备及家具（合成示例）")
    office.heading()
    for name, model, unit, quantity, price, acquired, status, remark in OFFICE:
        number += 1
        row = (
            f"ZC{2000 + number:05d}",
            name,
            model,
            unit,
            quantity,
            price,
            price * quantity,
            acquired,
            status,
        )
        office.line((number, *row, "办公室", "办公楼", None, remark))
    notes = book.add_worksheet("说明")
    notes.set_column(0, 0, 70)
    notes.write_string(0, 0, "本台账为合成示例，单位、编号、价格均为虚构，仅供试用 equipcheck。")
    notes.write_string(1, 0, "低值易耗品（安全帽、防毒面具等）另册登记，不在本台账内。")
    book.close()


def make_register(path: Path) -> None:
    """检定台账.xlsx: joined by serial or asset number."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties(
        {"title": "计量器具检定台账（合成示例）", "comments": "合成数据，非真实单位", "created": MADE}
    )
    sheet = book.add_worksheet("检定台账")
    bold = book.add_format({"bold": True, "border": 1, "align": "center"})
    plain = book.add_format({"border": 1})
    sheet.merge_range(0, 0, 0, 6, "计量器具检定台账（合成示例，非真实单位数据）", bold)
    for column, (text, width) in enumerate(
        zip(
            ("资产编号", "器具名称", "规格型号", "出厂编号", "检定日期", "有效期至", "结论"),
            (12, 24, 14, 14, 13, 13, 8),
            strict=True,
        )
    ):
        sheet.write_string(1, column, text, bold)
        sheet.set_column(column, column, width)
    numbers = asset_numbers()
    for row, (model, serial, name, checked, until, verdict) in enumerate(REGISTER, start=2):
        for column, text in enumerate((numbers[model], name, model, serial, checked, until, verdict)):
            if text is not None:
                sheet.write_string(row, column, text, plain)
            else:
                sheet.write_blank(row, column, None, plain)
    book.close()


def asset_numbers() -> dict[str, str]:
    """Model → asset number, as `make_ledger` gives them."""
    models = [row[1] for _, rows in EQUIPMENT for row in rows]
    return {model: f"ZC{2001 + index:05d}" for index, model in enumerate(models) if model}


def make(folder: Path) -> None:
    """Write the sample's spreadsheets into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    make_ledger(folder / "固定资产台账.xlsx")
    make_register(folder / "检定台账.xlsx")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
