"""What is plain is read and not asked about; what only looks plain is asked."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.standard.annex.containers.detect import read_file
from equipcheck.standard.annex.draft import Wanted, draft
from equipcheck.standard.annex.drafting.changes import changes_in
from equipcheck.standard.annex.drafting.drafted import Question, listed
from equipcheck.standard.annex.drafting.duties import of_remark
from equipcheck.standard.annex.drafting.kinds import Lexicon
from equipcheck.standard.annex.grid import ranges
from equipcheck.standard.annex.language.bases import body_titled
from equipcheck.standard.annex.language.headings import heading
from equipcheck.standard.annex.language.people import people_in
from equipcheck.standard.annex.language.prose import prose

LEXICON = Lexicon(load_catalogue())


def page(text: str) -> str:
    """A page from lines: cells between |, ^ merged with the cell above, < with the one at the left."""
    body: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.strip().splitlines(), ""]:
        if "|" in line:
            rows.append([cell.strip() for cell in line.split("|")])
            continue
        if rows:
            body.append(f"<table>{''.join(_row(rows, at) for at in range(len(rows)))}</table>")
            rows = []
        if line.strip():
            body.append(f"<p>{html.escape(line.strip())}</p>")
    return f'<html><meta charset="utf-8"><body>{"".join(body)}</body></html>'


def _row(rows: list[list[str]], at: int) -> str:
    cells = []
    for column, text in enumerate(rows[at]):
        if text in ("^", "<"):
            continue
        below = [row[column] for row in rows[at + 1 :]]
        tall = 1 + next((n for n, one in enumerate(below) if one != "^"), len(below))
        wide = next(n for n in range(1, len(rows[at]) + 1) if rows[at][column + n : column + n + 1] != ["<"])
        cells.append(f'<td rowspan="{tall}" colspan="{wide}">{html.escape(text)}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def read(tmp_path: Path, text: str):
    path = tmp_path / "a.html"
    path.write_text(page(text), "utf-8")
    return draft(read_file(path, path.name), LEXICON, Wanted("demo", "demo"))


def numbers(made) -> dict[str, object]:
    return {row.data["name"]: row.data.get("quantity") for row in made.rows}


def asked(made) -> list[str]:
    return [str(one) for one in made.open if one.key != "kinds"]


# a column of sums


def test_a_column_of_sums_is_checked_and_no_quantity(tmp_path):
    made = read(
        tmp_path,
        """
        装备名称|单位|合计|省级|市级|县级
        无人机|架|6|3|2|1
        声级计|台|8|3|2|2
        执法记录仪|台|每人1台|每人1台|每人1台|每人1台
        """,
    )
    assert [column["id"] for column in made.head["columns"]] == ["province", "city", "county"]
    assert numbers(made)["无人机"] == {"province": 3, "city": 2, "county": 1}
    assert numbers(made)["声级计"]["county"] == {"text": "2"}
    assert (
        listed(made.open)[0]
        == "表1 第3行 声级计（省级、市级、县级）：原文合计写 8，各列相加是 7，不知哪个数印错了"
    )
    assert any("合计" in text for text in made.reading.remarks)


@pytest.mark.parametrize("label", ["合计", "小计（台）", "数量合计", "总计"])
def test_a_sum_is_known_by_its_last_word_and_its_numbers(tmp_path, label):
    made = read(tmp_path, f"装备名称|必配|选配|{label}\n无人机|1|2|3\n声级计|2|0|2")
    assert "column1" not in {column["id"] for column in made.head.get("columns", ())}


def test_a_total_that_is_no_sum_is_asked_about(tmp_path):
    made = read(tmp_path, "装备名称|省级|市级|总数\n无人机|1|2|9\n声级计|2|1|7")
    assert any("总数" in text for text in asked(made))


# sentences and numbers


def test_a_sole_column_of_sentences_is_never_dropped(tmp_path):
    made = read(
        tmp_path,
        """
        资产名称|价格上限标准|实物量标准|使用年限
        台式电脑|4000元|配置总数不超过编制内实有人数的150%|6年
        扫描仪|2000元|20人以下的单位可配置1台，20人及以上的单位配置2台以内|6年
        电视机|5000元|根据会议室数量和面积从严掌握配备数量|8年
        """,
    )
    found = numbers(made)
    assert found["台式电脑"]["percent"] == 150
    assert {"text"} == set(found["扫描仪"]) == set(found["电视机"])


def test_columns_for_head_counts_over_a_range_of_people(tmp_path):
    made = read(
        tmp_path,
        """
        装备类型|装备内容|人数|<
        ^|^|50人以上|30人以上
        人员装备|阻燃服（套）|>150|>120
        ^|作训服（套）|>150|>120
        扑火装备|运兵车（辆）|5|4
        """,
    )
    assert numbers(made)["运兵车"] == {"column1": 5, "column2": 4}
    assert numbers(made)["阻燃服"]["column1"] == {"text": ">150"}


def test_a_column_of_heads_or_spares_is_no_quantity(tmp_path):
    made = read(tmp_path, "人数|装备|数量|备份比\n10|执法记录仪|12|4:1\n2|照相机|3|2:1")
    assert numbers(made) == {"执法记录仪": 12, "照相机": 3}
    assert "人数：10" in made.rows[0].data["note"]


def test_unit_columns_beside_each_number(tmp_path):
    made = read(
        tmp_path,
        """
        品种|必备|<|选备|<
        ^|数量|单位|数量|单位
        灭火毯|4|条||
        防毒面具|2|个/人|2|个
        """,
    )
    assert [row.data["quantity"] for row in made.rows] == [4, {"per": "staff", "count": 2}, 2]
    assert asked(made) == []


# who has it


def test_ranks_beside_the_names_are_columns_of_their_own(tmp_path):
    made = read(
        tmp_path,
        """
        领导级别|资产品目|数量上限
        正处级领导|办公桌椅|1套
        ^|文件柜|4个
        副处级及以下干部|办公桌椅|1套
        ^|文件柜|2个
        """,
    )
    assert [(column["label"], column["when"]) for column in made.head["columns"]] == [
        ("正处级领导", {}),
        ("副处级及以下干部", {}),
    ]
    assert made.head["limit"] == "ceiling"


@pytest.mark.parametrize(
    "where", ["沿海、沿江县（市、区）", "有飞行资质的单位", "各大队", "内陆水域面积大的县配备"]
)
def test_a_word_for_some_bureaus_in_another_column_opens_the_row(tmp_path, where):
    made = read(tmp_path, f"名称|数量|配备范围\n无人机|1|{where}\n声级计|2|全体执法人员\n照相机|3|")
    found = numbers(made)
    assert found["无人机"] == {"text": "1"} or list(found["无人机"]) == ["column1"]
    assert [rule if isinstance(rule, int) else rule["all"] for rule in list(found.values())[1:]] == [2, 3]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("支队（市级）", "city"),
        ("大队（县级）", "county"),
        ("省级直属机构", "province"),
        ("县级海事机构", "county"),
        ("市级农业农村部门", "city"),
    ],
)
def test_a_level_with_a_body_of_some_field_is_the_level(text, level):
    said = heading(text)
    assert (said.scope.facts, said.known) == ({"level": (level,)}, True)


@pytest.mark.parametrize(
    "text", ["市级（县级）", "区县级（支队）", "县级派出机构", "市级直属分局", "乡镇分所"]
)
def test_a_level_with_other_words_is_not(text):
    assert not heading(text).known


def test_a_grade_of_stations_is_the_grade():
    assert heading("一级站").scope.facts == {"grade": (1,)}


@pytest.mark.parametrize(
    "title",
    [
        "表1 省、设区的市、县级卫生监督机构设备配备标准",
        "省、市、县（市、区）三级装备配备标准",
        "省、市、县三级执法装备标准",
    ],
)
def test_a_title_with_every_level_says_nothing_of_one(title):
    assert not prose(title).says


@pytest.mark.parametrize(
    "title",
    [
        "救护车随车设备设施配置清单（节录）",
        "装备配备标准（节选整理）",
        "消防员基本防护装备配备标准  附表2-1（续）",
        "附件：安全生产监管监察部门装备配备指导目录",
        "关于印发地方海事执法装备配备标准的通知",
        "乡镇（街道）司法所装备配备标准（部分虚构）",
        "第二条 大队设若干中队，每中队不少于12人。",
    ],
)
def test_a_title_that_says_nothing_of_numbers(title):
    assert not prose(title).says


@pytest.mark.parametrize("title", ["装备配备标准（街道）", "装备配备标准（玄甲部分）", "以下装备每人1套。"])
def test_a_title_that_may_say_something(title):
    assert prose(title).says


def test_each_body_is_the_reader_where_the_title_is_about_it(tmp_path):
    made = read(
        tmp_path,
        """
        乡镇（街道）司法所装备配备标准（每所）
        装备名称|单位|配备标准
        台式计算机|台|3
        打印机|台|每所2台
        执法车|辆|1辆/所
        对讲机|部|每中队2部
        """,
    )
    assert numbers(made) == {
        "台式计算机": 3,
        "打印机": 2,
        "执法车": 1,
        "对讲机": {"per": "teams", "count": 2},
    }
    assert body_titled(["县级支队、大队装备配备标准"]) == "大队"
    assert body_titled(["消防站装备标准", "大队装备标准"]) == ""


# notes and remarks


@pytest.mark.parametrize(
    "text",
    [
        "注：1.本表为基本配备标准，各地可结合实际适当增配。",
        "承担水生动物检疫的机构可增配水质检测设备。",
        "有条件的地区可适当提高标准。",
        "注：一级适用于省级站，二级适用于地市级站。",
        "“—”表示不适用。",
    ],
)
def test_a_note_that_changes_no_floor(text):
    assert changes_in(text, "floor") == ()


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("滤毒罐另配", "滤毒罐"),
        ("备用电池另配2块", "备用电池"),
        ("另配1台", ""),
        ("山区减半", ""),
        ("与防化服二选一", ""),
        ("可用执法记录仪代替", ""),
        ("应按20%增配", ""),
        ("各单位可酌情减少", ""),
        ("每增加1个中队增配2部", ""),
    ],
)
def test_what_a_change_is_said_of(text, thing):
    assert [one.thing for one in changes_in(text, "floor")] == [thing]


def test_more_than_a_ceiling_changes_it():
    assert changes_in("各地可结合实际适当增配", "ceiling")


def test_a_note_on_one_thing_opens_its_rows_alone(tmp_path):
    made = read(
        tmp_path,
        """
        装备名称|单位|数量
        手持对讲机|部|4
        声级计|台|2
        无人机|架|1
        注：对讲机应按人数加倍配备。
        """,
    )
    assert numbers(made) == {"手持对讲机": {"text": "4"}, "声级计": 2, "无人机": 1}


def test_a_footnote_of_a_cell_or_a_heading_is_heeded(tmp_path):
    made = read(
        tmp_path,
        """
        装备名称|单位|县级①|市级②
        声级计|台|2|3
        无人机|架|1③|2
        注：①县级含县级市。②沿海地区减半。③另增1架备用。
        """,
    )
    assert [column["label"] for column in made.head["columns"]] == ["县级", "市级"]
    found = numbers(made)
    assert found["声级计"]["county"] == 2
    assert found["无人机"]["county"] == {"text": "1③"}
    assert {"text"} == set(found["声级计"]["city"])


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("根据实际情况选配", "optional"),
        ("由各地结合实际选配", "optional"),
        ("视工作需要自行选配", "optional"),
        ("选装", "optional"),
        ("可选综合仪器", None),
        ("根据工作需要选择参数", None),
    ],
)
def test_what_a_remark_says_of_the_obligation(text, duty):
    assert of_remark(text) == (duty, "")


@pytest.mark.parametrize("text", ["有条件的选配2台", "鼓励配备", "酌情选配，必配1台", "可选配"])
def test_a_remark_that_leaves_it_open_or_says_it(text):
    duty, doubt = of_remark(text)
    assert duty == "optional" or doubt


def test_whom_a_note_counts_as_staff():
    said = people_in("按人数计算的，执法人员数以编制部门核定并在岗人数为准")
    assert said is not None
    assert said.per == "staff"


def test_required_and_optional_ticked_beside_the_number(tmp_path):
    made = read(
        tmp_path,
        """
        编号|名称|单位|配备标准|配备要求|<
        ^|^|^|^|基本|选配
        02|一般设备||||
        02001|声级计|台|2|√|
        02002|无人机|架|1||√
        """,
    )
    assert [row.data["obligation"] for row in made.rows] == ["required", "optional"]
    assert asked(made) == []


def test_words_beside_numbers_under_one_heading_are_numbers_too(tmp_path):
    made = read(
        tmp_path,
        """
        设备名称|救护车类型|<
        ^|A|B
        担架|选装|1
        血压计|选装|1
        照相机|—|1
        """,
    )
    assert {row.data["name"]: row.data["obligation"] for row in made.rows}["担架"] == {
        "column1": "optional",
        "column2": "required",
    }


# rows


def test_groups_go_on_where_a_table_goes_on(tmp_path):
    made = read(
        tmp_path,
        """
        装备名称|单位|数量
        一、单人装备（每人）|<|<
        头灯|个|1

        续表
        装备名称|单位|数量
        防割手套|副|2
        """,
    )
    assert numbers(made) == {"头灯": {"per": "staff"}, "防割手套": {"per": "staff", "count": 2}}


def test_a_row_numbered_like_a_group_stands_beside_it(tmp_path):
    made = read(tmp_path, "名称|数量\n一、打印设备|\n1、激光打印机|2\n二、复印机|1")
    assert [row.data.get("category") for row in made.rows] == ["打印设备", None]


def test_of_class_and_kind_the_finer_is_the_name(tmp_path):
    made = read(
        tmp_path,
        """
        种类|品目|配置标准
        计算机|台式电脑|1台/人
        ^|笔记本电脑|2台
        碎纸机||1台/科室
        """,
    )
    assert list(numbers(made)) == ["台式电脑", "笔记本电脑", "碎纸机"]


# the list of questions


def test_questions_that_differ_in_their_rows_alone_are_one():
    same = [Question(f"表1 第{row}行", f"装备{row}", "quantity.all", "", "不知道") for row in (3, 4, 5, 9)]
    other = Question("表1 第4行", "装备4", "kinds", "", "别的")
    assert listed([*same, other]) == ["表1 第3–5、9行 共 4 行：不知道", "表1 第4行 装备4：别的"]
    assert listed(same[:2]) == ["表1 第3行 装备3：不知道", "表1 第4行 装备4：不知道"]
    assert ranges([1, 2, 4]) == "1–2、4"


def test_a_question_of_number_and_kind_is_listed_once():
    twice = [Question("表1 第3行", "学历", key, "", "这一行不像装备") for key in ("quantity.all", "kinds")]
    assert listed(twice) == ["表1 第3行 学历：这一行不像装备"]


@pytest.mark.parametrize(
    ("note", "open_"),
    [
        ("防护类装备按实有人数的120%配备", {"防毒面具", "防护服", "声级计", "车载冰箱"}),
        ("车载设备按实有执法车辆计算", {"车载冰箱"}),
        ("声级计按实有执法车辆计算", {"声级计"}),
    ],
)
def test_a_class_that_no_row_is_called_by_may_be_any_of_them(tmp_path, note, open_):
    made = read(
        tmp_path,
        f"""
        装备名称|单位|数量
        防毒面具|套|10
        防护服|套|10
        声级计|台|3
        车载冰箱|台|2
        注：{note}。
        """,
    )
    assert {name for name, rule in numbers(made).items() if not isinstance(rule, int)} == open_


@pytest.mark.parametrize(("first", "rule"), [("3", {"per": "vehicles", "count": 2}), ("1", 2)])
def test_serial_numbers_tell_whether_a_table_goes_on(tmp_path, first, rule):
    made = read(
        tmp_path,
        f"""
        序号|装备名称|数量
        一、随车装备（每车）|<|<
        1|警戒带|2
        2|灭火器|1

        序号|装备名称|数量
        {first}|无人机|2
        """,
    )
    assert numbers(made)["无人机"] == rule


def test_where_nothing_tells_whether_a_table_goes_on_its_groups_are_a_question(tmp_path):
    table = "装备名称|单位|数量\n{}\n{}|个|2"
    made = read(
        tmp_path, table.format("一、随车装备（每车）|<|<", "警戒带") + "\n\n装备名称|单位|数量\n无人机|架|2"
    )
    assert any("随车装备（每车）？" in text for text in asked(made))


def test_a_sum_of_required_and_optional_is_that_of_the_printed_row(tmp_path):
    made = read(tmp_path, "装备名称|县级必配|县级选配|合计\n无人机|1|1|2\n声级计|2|3|5")
    assert [row.data["quantity"]["county"] for row in made.rows] == [1, 1, 2, 3]
    assert asked(made) == []


@pytest.mark.parametrize("who", ["协管员", "值班室", "在编执法人员"])
def test_whom_a_thing_is_for_is_heeded(tmp_path, who):
    made = read(tmp_path, f"装备名称|数量|使用对象\n对讲机|2|{who}\n照相机|1|全体执法人员\n声级计|3|")
    assert numbers(made) == {"对讲机": {"text": "2"}, "照相机": 1, "声级计": 3}


def test_other_heads_in_a_note_are_no_staff():
    said = people_in("执法人员数量按在岗执法人员和辅助人员之和计算")
    assert said is not None
    assert said.per is None


def test_a_row_whose_serial_is_numbered_like_a_group_stands_beside_it(tmp_path):
    made = read(tmp_path, "序号|名称|数量\n一|取证装备|\n1|无人机|1\n二|执法车辆|3\n三|防护装备|\n1|防护服|5")
    assert [row.data.get("category") for row in made.rows] == ["取证装备", None, "防护装备"]


@pytest.mark.parametrize(
    ("title", "cell", "remark", "open_"),
    [
        ("防护装备配备标准（每人）", "1", "每车1个", True),
        ("装备配备标准", "每人1个", "每车1个", True),
        ("防护装备配备标准（每人）", "1", "每人1个", False),
        ("装备配备标准", "每车1个", "每车配1个", False),
        ("装备配备标准", "1", "每车1个", True),
    ],
)
def test_a_remark_that_counts_by_something_else_is_asked_about(tmp_path, title, cell, remark, open_):
    made = read(tmp_path, f"{title}\n装备名称|单位|数量|备注\n急救箱|个|{cell}|{remark}\n头灯|个|1|")
    assert ("text" in numbers(made)["急救箱"]) is open_


def test_a_share_of_heads_that_the_heading_names_is_asked_about(tmp_path):
    made = read(tmp_path, "装备名称|配备比例（占执法人员数）\n执法记录仪|100%\n对讲机|50%")
    assert all("text" in str(rule) for rule in numbers(made).values())
