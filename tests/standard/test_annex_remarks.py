"""A remark or note that may change a number is asked about unless it is understood to be of something else."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground.yamlfile import loads
from equipcheck.standard.annex.draft import Wanted
from equipcheck.standard.annex.importing import import_annex

CATALOGUE = load_catalogue()
ROWS = (
    ("急救箱", "个", "3"),
    ("防护服", "套", "10"),
    ("无人机", "架", "2"),
    ("冲锋舟", "艘", "1"),
    ("对讲机", "部", "每人1部"),
)
NAMES = {name for name, _, _ in ROWS}


def open_rows(remarks: dict[str, str], *notes: str, **more) -> set[str]:
    """The names of the rows whose number is a question."""
    return {name for name, _ in open_cells(remarks, *notes, **more)}


def open_cells(
    remarks: dict[str, str], *notes: str, blank: str = "", columns: tuple[str, ...] = ("县级",), more=()
) -> set[tuple[str, str]]:
    """The cells whose number is a question: name and the column's label."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某区生态环境执法装备配备标准（虚构）"])
    sheet.append(["序号", "装备名称", "单位", *columns, "备注"])
    for at, (name, unit, number) in enumerate(ROWS, start=1):
        numbers = ["" if name == blank else number for _ in columns]
        sheet.append([at, name, unit, *numbers, remarks.get(name, "")])
    for note in notes:
        sheet.append([note])
    if more:
        second = book.create_sheet("附表")
        for row in more:
            second.append(row)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annex.xlsx"
        book.save(path)
        done = import_annex(path, path.name, CATALOGUE, Wanted("demo", "demo"), None)
    data = loads(done.text.encode(), "draft").data
    labels = {one["id"]: one["label"] for one in data["columns"]} if "columns" in data else {}
    asked = {(one.place, one.key) for one in done.questions}
    return {
        (row["name"], labels.get(column, ""))
        for row in data["requirements"]
        for column, rule in row.get("quantity", {}).items()
        if (isinstance(rule, dict) and "text" in rule)
        or (row["source"]["place"], f"quantity.{column}") in asked
    }


@pytest.mark.parametrize(
    "remark",
    [
        "超过30人的配3台",
        "不足10人的配1台",
        "编制30人以上的配5台",
        "停配",
        "2026年起改为10套",
        "每增5人加1台",
        "含损耗备份",
        "实际数量按人数确定",
        "本行暂缓执行",
        "车上另放1个",
        "2025年前配3件",
        "人数多的再添1个",
        "山区翻番",
        "有2个以上办公点的各1套",
        "下设中队的翻一番",
        "视财力分年配齐",
        "2027年底前达到5套",
        "20人以下单位减为1个",
        "可缓配",
        "自2026年起取消",
        "值班室须备2个",
        "与消防队合用",
        "新录用人员发1套",
        "两年内补足",
        "执法车超过5辆的另计",
        "省局统配，不再自购",
        "库存另备10%",
        "超编部分不计",
        "数量由省局核定",
        "见第3条",
        "另备陪同检查人员用5顶",
        "县级确有困难的可按1/5配备",
        "辖区面积在1000平方公里以上的增配1个",
        "值班室1个",
    ],
)
def test_a_remark_that_may_change_the_number_opens_the_row(remark):
    assert open_rows({"急救箱": remark}) == {"急救箱"}


@pytest.mark.parametrize(
    "remark",
    [
        "可容纳10人以上",
        "核载6人",
        "符合GB/T 18664-2002要求",
        "执行《便携式急救箱通用要求》（2019年版）",
        "使用年限5年",
        "每年检定1次",
        "含校准器",
        "含电池3块、充电器1个",
        "每套含手套2双",
        "备用电池另配2块",
        "滤毒罐另配",
        "配数字流量校准装置",
        "容量不小于20升",
        "续航不低于40分钟",
        "双人操作",
        "由专人保管",
        "单价不超过2000元/个",
        "其中1个为备用",
        "可适当增配",
        "易耗品，及时补充",
        "2人以上签字领用",
        "不锈钢，3层，带锁",
        "合同签订后30日内送货上门",
        "2000万像素以上，4倍变焦",
        "随车携带",
        "改装车厢用",
        "加厚、加长型",
        "停车检查用",
        "每盘20米",
        "5座，排量1.8升以下",
        "保修3年，每2年更换滤芯1次",
        "外出办公使用",
        "3个月内无故障",
        "免维护",
        "调频式",
        "内附冰袋6块",
        "附样品袋100只",
        "每顶可住6人",
        "定员5人",
        "精度±1.5%",
        "检出限0.01%",
        "圆桌1张、椅8把",
        "配椅8把",
        "每箱工具36件",
        "每套气瓶不少于4只",
        "一人兼任多个岗位的，不重复配备",
    ],
)
def test_a_remark_that_is_understood_leaves_the_number_alone(remark):
    assert open_rows({"急救箱": remark}) == set()


@pytest.mark.parametrize(
    ("note", "opened"),
    [
        ("注：急救箱至少5个。防护服按每人2套配备。", {"急救箱", "防护服"}),
        ("注：急救箱至少5个，车上另放1个。", {"急救箱"}),
        ("注：1.无人机2026年起为4架。", {"无人机"}),
        ("注：防护服停配。", {"防护服"}),
        ("注：30人以上的单位，冲锋舟配2艘。", {"冲锋舟"}),
        ("备注：无人机、冲锋舟暂缓执行。", {"无人机", "冲锋舟"}),
        ("说明：防护服数量含损耗备份。", {"防护服"}),
        ("注：人员超过50人的单位，表中数量另行核定。", NAMES),
        ("注：2026年起各项数量翻一番。", NAMES),
        ("注：1.急救箱放置在车上；2.防护服每2人增加1套。", {"防护服"}),
        ("注：急救箱：办公楼每层1个。", {"急救箱"}),
        ("注：无人机按实际任务确定数量。", {"无人机"}),
        ("注：第2项2027年前配8套。", {"防护服"}),
    ],
)
def test_a_note_with_another_number_opens_the_rows_that_it_names(note, opened):
    assert open_rows({}, note) == opened


@pytest.mark.parametrize(
    "note",
    [
        "注：本标准自2026年1月1日起施行。",
        "注：防护服应符合GA 10-2014要求，使用年限5年。",
        "注：无人机由2人操作，操作人员须持证。",
        "注：急救箱应放在便于取用的位置，每季度检查1次。",
        "注：本表由某区生态环境局负责解释，此前标准同时废止。",
        "注：冲锋舟核载6人，含船外机1台、桨2把。",
        "注：装备损耗后应当在三十日内补齐。",
        "第二条 大队设若干中队，每中队不少于12人。",
        "注：装备出入库应当由两人以上签字。",
        "说明：执法人员每人另配工作证件包1个，不列入本表。",
        "注：每车另配灭火器2具。",
        "注：特种装备由市级统一调配。",
        "注：防护服每套含手套2双、靴1双。",
        "注：表中数量为最低配备数量，各单位可根据实际增配。",
        "填表人：张三（虚构） 2025年6月30日",
    ],
)
def test_a_note_that_is_understood_opens_nothing(note):
    assert open_rows({}, note) == set()


@pytest.mark.parametrize(
    "remark",
    [
        "不少于2部",
        "至少2部",
        "且不少于2部",
        "总数不少于2部",
        "最少2部",
        "不低于2部",
        "最多8部",
        "不超过8部",
        "原则上不少于2部",
        "一般不少于2部",
        "实际不少于2部",
    ],
)
def test_a_bound_beside_a_number_for_each_head_is_asked_about(remark):
    assert open_rows({"对讲机": remark}) == {"对讲机"}


@pytest.mark.parametrize(
    "note",
    [
        "国家另有规定的从其规定",
        "省里另有规定的除外",
        "配备数量均为单个执法机构的最低数量",
        "表中数量为最低配备标准",
    ],
)
def test_a_note_that_every_standard_has_opens_nothing(note):
    assert open_rows({}, f"注：{note}。") == set()


def test_a_remark_that_repeats_the_number_opens_nothing():
    assert open_rows({"急救箱": "配3个", "无人机": "2架", "对讲机": "每人1部"}) == set()
    assert open_rows({"急救箱": "配4个"}) == {"急救箱"}


def test_a_row_without_a_number_whose_remark_has_one_is_asked_about():
    assert open_rows({"急救箱": "每车1个"}, blank="急救箱") == {"急救箱"}
    assert open_rows({"急救箱": "按需配备"}, blank="急救箱") == {"急救箱"}
    assert open_rows({"急救箱": "不锈钢"}, blank="急救箱") == set()


CITY = [["市级"], ["序号", "装备名称", "单位", "数量"], [1, "声级计", "台", "2"], [2, "望远镜", "具", "3"]]


def test_a_note_under_the_last_of_several_tables_is_of_the_rows_that_it_names():
    note = "注：急救箱2026年起配5个。"
    assert open_rows({}, more=[["表2"], *CITY[1:], [note]]) == {"急救箱"}


def test_a_note_that_names_one_of_the_columns_opens_that_column_alone():
    note = "注：内陆渔政站的急救箱按5个配备。"
    columns = ("海洋渔政站", "内陆渔政站")
    assert open_cells({}, note, columns=columns) == {("急救箱", "内陆渔政站")}
    assert open_cells({"急救箱": "县级另加1个"}, columns=("市级", "县级")) == {("急救箱", "县级")}


def test_a_bound_of_something_else_beside_a_number_for_each_head_opens_nothing():
    assert open_rows({"对讲机": "备用不少于2部"}) == set()
