"""Annexes of different make, written by the programs that bureaus use. All of them are made up (虚构)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import xlsxwriter
import xlwt
from docx.document import Document

Rows = list[list[str]]


def fill(document: Document, rows: Rows, merges: list[tuple[int, int, int, int]] = ()):
    """A Word table; `merges` are (first row, first column, last row, last column)."""
    table = document.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid"
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                table.cell(at, column).text = text
    for top, left, bottom, right in merges:
        text = rows[top][left]
        merged = table.cell(top, left).merge(table.cell(bottom, right))
        merged.text = text
    return table


def word_groups(path: Path) -> None:
    """Word: group rows across the table, units in names, footnote marks, a note row and a note below."""
    document = docx.Document()
    document.add_paragraph("附件")
    document.add_paragraph("示例市执法装备标准（2025年版，虚构）")
    rows = [
        ["序号", "装备名称", "单位", "省级", "市级", "县级", "必配/选配", "备注"],
        ["一、交通装备", *[""] * 7],
        ["1", "执法车辆（辆）", "", "1辆/3人", "1辆/4人", "1辆/5人", "必配", "含越野车①"],
        ["2", "车载样品\n保存设备", "台", "５", "三台", "２台", "必配", ""],
        ["二、取证装备", *[""] * 7],
        ["3", "无人机", "架", "2", "1", "选配", "必配", "—"],
        ["4", "现场快检箱", "套", "若干", "1～2套", "——", "必配", ""],
        ["5", "执法记录仪", "台", "1台/2人（不少于2台）", "每2人1台，\n不少于2台", "人均1台", "必配", ""],
        ["6", "声级计", "部", "—", "-", "/", "必配", "暂不要求"],
        ["7", "照相机*", "部", "1部/3人", "1部/3人", "1部/3人", "选配", ""],
        ["注：①越野车按当地路况确定。", *[""] * 7],
    ]
    fill(document, rows, [(at, 0, at, 7) for at in (1, 4, 10)])
    document.add_paragraph("注：* 可与手机共用。")
    document.save(str(path))


def word_two_storeys(path: Path) -> None:
    """Word: 地区 × 级别 over two storeys, categories merged downwards, a table continued with its heading."""
    document = docx.Document()
    document.add_paragraph("示例装备建设标准（虚构）")
    head = [
        ["类别", "装备名称", "东部地区", "", "西部地区", ""],
        ["", "", "一级", "二级", "一级", "二级"],
    ]
    over = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]
    first = [
        ["取证设备", "摄像机", "5部", "3部", "3部", "2部"],
        ["", "录音设备", "1部/3人", "1部/6人", "1部/6人", "1部/8人"],
        ["", "暗管探测仪", "1部", "1部", "1部", ""],
    ]
    fill(document, head + first, [*over, (2, 0, 4, 0)])
    document.add_paragraph("（续表）")
    second = [["通讯工具", "对讲机", "每车1部", "", "按需", "按需"], ["", "卫星电话", "2部", "", "", ""]]
    fill(document, head + second, [*over, (2, 0, 3, 0), (3, 2, 3, 5), (2, 2, 2, 3)])
    document.save(str(path))


def word_raised(path: Path) -> None:
    """Word: footnote marks as raised digits, required and optional as storeys under each level."""
    document = docx.Document()
    document.add_paragraph("示例标准（虚构）")
    rows = [
        ["装备名称", "计量单位", "市级", "", "县级", ""],
        ["", "", "必配", "选配", "必配", "选配"],
        ["无人机", "架", "2", "", "1", ""],
        ["夜视仪", "台", "", "1台", "", "每5人1台"],
        ["望远镜", "台", "1", "1", "—", "—"],
    ]
    table = fill(document, rows, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)])
    run = table.cell(2, 2).paragraphs[0].add_run("1")
    run.font.superscript = True
    document.add_paragraph("1 含备用机一架。")
    document.paragraphs[-1].text = ""
    note = document.paragraphs[-1].add_run("1")
    note.font.superscript = True
    document.paragraphs[-1].add_run("含备用机一架。")
    document.save(str(path))


def excel_displayed(path: Path) -> None:
    """Excel: title rows, numbers with formats, percentages, cells merged both ways, two sheets."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("附表一")
    units, percent = book.add_format({"num_format": '0"台"'}), book.add_format({"num_format": "0%"})
    sheet.merge_range("A1:G1", "示例县执法装备配备标准（虚构）")
    sheet.merge_range("A2:A3", "序号")
    sheet.merge_range("B2:B3", "装备类别")
    sheet.merge_range("C2:C3", "装备名称")
    sheet.merge_range("D2:F2", "配备数量（台/套）")
    sheet.write_row("D3", ["省级", "市（地）级", "县（区）级"])
    sheet.merge_range("G2:G3", "备注")
    sheet.merge_range("B4:B7", "监测仪器")
    sheet.write_row("A4", [1])
    sheet.write("C4", "声级计")
    sheet.write_row("D4", [3, 2, 1], units)
    sheet.write("C5", "酸度计")
    sheet.merge_range("D5:F5", "每车1台")
    sheet.write("C6", "溶解氧仪")
    sheet.write("D6", 4)
    sheet.write("E6", 3)
    sheet.merge_range("F6:F7", "2台")
    sheet.write("C7", "测距仪")
    sheet.write("D7", 2)
    sheet.write("E7", 2)
    sheet.write("G7", "与溶解氧仪共用")
    sheet.write("A8", "注：台套数按实有人数核定。")
    other = book.add_worksheet("附表二")
    other.write_row("A1", ["名称", "单位", "县级"])
    other.write_row("A2", ["笔记本电脑", "台"])
    other.write("C2", 0.5, percent)
    other.write_row("A3", ["打印机", "台"])
    other.write("C3", 1, percent)
    other.write_row("A5", ["复印机", "台", 1])
    book.close()


def excel_old(path: Path) -> None:
    """Old Excel (.xls): one 数量 column, prices and lives, percentages as formats; a ceiling."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    percent = xlwt.easyxf(num_format_str="0%")
    sheet.write_merge(0, 0, 0, 4, "示例办公设备配置标准（虚构）")
    for column, text in enumerate(["资产品目", "数量上限", "价格上限（元）", "最低使用年限（年）", "备注"]):
        sheet.write(1, column, text)
    sheet.write(2, 0, "台式计算机")
    sheet.write(2, 1, 1, percent)
    sheet.write(2, 2, 5000)
    sheet.write(2, 3, 6)
    sheet.write(3, 0, "便携式计算机")
    sheet.write(3, 1, "不超过实有人数的50%")
    sheet.write(3, 2, 7000)
    sheet.write(3, 3, 6)
    sheet.write(4, 0, "碎纸机")
    sheet.write(4, 1, "不超过2台")
    sheet.write(4, 2, "1,000元/台")
    sheet.write(4, 3, "6年")
    sheet.write(5, 0, "投影仪")
    sheet.write(5, 1, "会议室数的一半")
    sheet.write(5, 4, "会议室以30平方米以上计")
    book.save(str(path))


def page(path: Path) -> None:
    """A web page in GBK: a layout table, spans both ways, line breaks, raised marks, full-width."""
    text = """<html><head><title>x</title>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>
<body><table><tr><td><p>示例省执法装备标准（虚构）</p>
<table border=1>
<tr><th rowspan=2>序号</th><th rowspan=2>装备名称</th><th colspan=3>配备标准</th>
<th rowspan=2>说明</th></tr>
<tr><th>省级</th><th>设区的市级</th><th>县（市、区）级</th></tr>
<tr><td colspan=6>（一）防护装备</td></tr>
<tr><td>１</td><td>防护服</td><td>１套／人</td><td>每２人<br>１套</td><td>每４人１套，<br>不少于２套</td><td>&nbsp;</td></tr>
<tr><td>２</td><td>防毒面具<sup>1</sup></td><td colspan=3>2具/人</td><td></td></tr>
<tr><td>３</td><td>安全帽</td><td>不少于10顶</td><td>≥５顶</td><td>不超过５顶</td><td>－</td></tr>
</table><p>注：<sup>1</sup>含滤毒罐。</p></td></tr></table><script>var a="<table>";</script></body></html>"""
    path.write_bytes(text.encode("gbk"))


def text_table(path: Path) -> None:
    """CSV as Chinese Excel writes it: GB18030, no merges left, a second storey under blanks, group lines."""
    lines = [
        "示例装备标准（虚构）,,,,,",
        "序号,装备名称,单位,东部,,中部",
        ",,,省级,市级,省级",
        "一,水质监测,,,,",
        "1,酸度计,部,4部,3部,2部",
        "2,多参数水质现场测定箱,套,1,1,1",
        "二,办公设备,,,,",
        '3,打印机,台,"每3人1台,不少于2台",选配,选配2台',
        ",合计,,,,",
    ]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))


def convert(source: Path, ending: str, wanted: str | None = None) -> Path:
    """The same document as LibreOffice saves it."""
    folder = source.parent / f"{source.stem}-{ending}"
    folder.mkdir(exist_ok=True)
    profile = (source.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", wanted or ending]
    subprocess.run(
        [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180
    )
    return folder / f"{source.stem}.{ending}"


MADE: dict[str, tuple[str, Callable[[Path], None]]] = {
    "word-groups": ("docx", word_groups),
    "word-two-storeys": ("docx", word_two_storeys),
    "word-raised": ("docx", word_raised),
    "excel-displayed": ("xlsx", excel_displayed),
    "excel-old": ("xls", excel_old),
    "page": ("html", page),
    "text": ("csv", text_table),
}
