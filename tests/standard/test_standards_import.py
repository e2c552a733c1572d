"""`standards import` on the command line, and importing again over a draft that people have edited."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from equipcheck.cli import run
from equipcheck.ground.yamlfile import load

HEAD = ["序号", "装备名称", "单位", "市级", "县级", "备注"]
SAMPLE = str(Path(__file__).parents[2] / "inventories" / "sample-district")
ROWS = [
    ["1", "无人机", "架", "2", "1", ""],
    ["2", "现场快检箱", "套", "若干", "1", ""],
    ["3", "声级计", "部", "每5人1部", "1", "含校准器"],
]


def annex(folder: Path, rows: list[list[str]] = ROWS) -> Path:
    path = folder / "annex.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def test_the_draft_goes_to_stdout_and_the_account_to_stderr(tmp_path, capsys):
    assert run(["standards", "import", str(annex(tmp_path)), "--id", "demo-2025"]) == 0
    out, err = capsys.readouterr()
    assert "id: demo-2025" in out
    assert "family: demo\n" in out
    assert "装备 3 行" in err
    assert err.count("待定：") == 2


def test_questions_left_miss_the_bar_only_when_it_is_asked_for(tmp_path):
    assert run(["standards", "import", str(annex(tmp_path)), "--strict"]) == 1
    assert run(["standards", "import", str(annex(tmp_path, ROWS[:1])), "--strict"]) == 0


def test_a_draft_is_never_overwritten_unasked(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft)]
    assert run(call) == 0
    draft.write_text("# mine\n" + draft.read_text("utf-8"), "utf-8")
    before = draft.read_bytes()
    assert run(call) == 2
    assert capsys.readouterr().out == ""
    assert draft.read_bytes() == before
    assert run([*call, "--force"]) == 0
    assert draft.read_bytes() != before


def test_importing_again_changes_nothing(tmp_path):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft)]
    assert run(call) == 0
    draft.write_text("# 我的批注\n" + draft.read_text("utf-8"), "utf-8")
    before = draft.read_bytes()
    assert run([*call, "--merge"]) == 0
    assert draft.read_bytes() == before


def answered(text: str) -> str:
    return text.replace("{text: 若干}", "{per: staff, every: 4}").replace(
        "kinds: []", "kinds: [water_rapid_tester]\n    service: true"
    )


def test_importing_a_new_annex_keeps_the_answers(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft), "--merge"]
    assert run(call) == 0
    draft.write_text(answered(draft.read_text("utf-8")), "utf-8")
    changed = [["1", "望远镜", "台", "1", "1", ""], *ROWS]
    changed[2] = ["3", "现场快检箱", "套", "若干", "2", ""]
    annex(tmp_path, changed)
    capsys.readouterr()
    assert run(call) == 0
    assert "没有待定的问题" in capsys.readouterr().err
    text = draft.read_text("utf-8")
    assert "city: {per: staff, every: 4}\n      county: 2" in text
    assert "kinds: [water_rapid_tester]" in text
    assert "service: true" in text
    assert "表1 第4行" in text
    assert run(["standards", "lint", str(draft)]) == 0


def test_a_changed_cell_is_read_anew(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft), "--merge"]
    assert run(call) == 0
    draft.write_text(answered(draft.read_text("utf-8")), "utf-8")
    changed = [row[:] for row in ROWS]
    changed[1][3] = "适量"
    annex(tmp_path, changed)
    capsys.readouterr()
    assert run(call) == 0
    assert "“适量”" in capsys.readouterr().err
    assert "{text: 适量}" in draft.read_text("utf-8")


def test_a_row_that_left_the_annex_is_a_question(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft), "--merge"]
    assert run(call) == 0
    annex(tmp_path, ROWS[:2])
    capsys.readouterr()
    assert run(call) == 0
    assert "附件里已没有这一行" in capsys.readouterr().err
    assert "name: 声级计" in draft.read_text("utf-8")


def test_a_row_that_a_person_deleted_and_that_comes_back_is_told(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft), "--merge"]
    assert run(call) == 0
    head, _, last = draft.read_text("utf-8").rpartition("  - id: ")
    assert "声级计" in last
    draft.write_text(head, "utf-8")
    capsys.readouterr()
    assert run(call) == 0
    assert "草稿里已没有 表1 第4行 声级计，附件里还有，已重新写入" in capsys.readouterr().err
    assert "name: 声级计" in draft.read_text("utf-8")


def test_a_row_that_is_new_in_the_annex_is_not_called_deleted(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft), "--merge"]
    assert run(call) == 0
    annex(tmp_path, [*ROWS, ["4", "测距仪", "台", "1", "1", ""]])
    capsys.readouterr()
    assert run(call) == 0
    told = capsys.readouterr().err
    assert "草稿里没有 表1 第5行 测距仪，按附件写入" in told
    assert "草稿里已没有" not in told
    assert "不再保留" not in told


def test_answers_that_the_new_annex_drops_are_named(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft), "--merge"]
    assert run(call) == 0
    draft.write_text(answered(draft.read_text("utf-8")), "utf-8")
    changed = [row[:] for row in ROWS]
    changed[1][3] = "2"
    changed[0][3] = "9"
    annex(tmp_path, changed)
    capsys.readouterr()
    assert run(call) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "不再保留" in line]
    assert told == [
        "注意：表1 第3行 现场快检箱（市级）：草稿里写的 {per: staff, every: 4} 不再保留；附件这里改为“2”，现写作 2"
    ]
    assert run(call) == 0
    assert "不再保留" not in capsys.readouterr().err


def test_columns_known_by_their_headings_keep_their_answers_where_they_stand_elsewhere(tmp_path, capsys):
    path, draft = tmp_path / "a.csv", tmp_path / "draft.yaml"
    path.write_text("装备名称,单位,大队本部,基层站\n无人机,架,2,1\n声级计,台,3,若干\n", "utf-8")
    call = ["standards", "import", str(path), "-o", str(draft), "--merge"]
    assert run(call) == 0
    text = draft.read_text("utf-8").replace(
        "label: 大队本部, when: {}", "label: 大队本部, when: {level: city}"
    )
    text = text.replace("label: 基层站, when: {}", "label: 基层站, when: {level: county}")
    draft.write_text(text.replace("{text: 若干}", "4"), "utf-8")
    path.write_text("装备名称,单位,分队,基层站,大队本部\n无人机,架,7,1,2\n声级计,台,8,若干,3\n", "utf-8")
    capsys.readouterr()
    assert run(call) == 0
    data = load(draft, "draft").data
    when = {one["label"]: one["when"] for one in data["columns"]}
    assert when == {"大队本部": {"level": "city"}, "基层站": {"level": "county"}, "分队": {}}
    label = {one["id"]: one["label"] for one in data["columns"]}
    meter = {label[name]: rule for name, rule in data["requirements"][1]["quantity"].items()}
    assert meter == {"大队本部": 3, "基层站": 4, "分队": 8}


def test_columns_that_nobody_has_answered_are_said_to_be_so(tmp_path, capsys):
    path, draft = tmp_path / "a.csv", tmp_path / "draft.yaml"
    path.write_text("装备名称,单位,大队本部,基层站\n无人机,架,2,1\n声级计,台,3,4\n", "utf-8")
    assert run(["standards", "import", str(path), "-o", str(draft)]) == 0
    lines = draft.read_text("utf-8").splitlines()
    at = next(at for at, line in enumerate(lines, start=1) if "label: 大队本部, when" in line)
    assert lines[at - 2].startswith("  # 待定：“大队本部”一列适用于哪些机构")
    for call in (
        ["standards", "show", str(draft), "--for", SAMPLE],
        ["report", SAMPLE, "--standard", str(draft)],
    ):
        capsys.readouterr()
        assert run(call) == 2
        told = capsys.readouterr().err
        assert f"draft.yaml:{at}:" in told
        assert f"“大队本部”（第 {at} 行）、“基层站”（第 {at + 2} 行）" in told
        assert "导入时留下的待定问题" in told
        assert "when" in told
    assert run(["standards", "lint", str(draft), "-f", "json"]) == 1
    codes = [one["code"] for one in json.loads(capsys.readouterr().out) if one["level"] == "error"]
    assert codes == ["column-open", "column-open"]


def test_two_rows_of_one_kind_and_obligation_are_a_question(tmp_path, capsys):
    twice = [*ROWS, ["4", "噪声仪", "部", "1", "", ""], ["5", "噪音计", "部", "", "选配1部", ""]]
    draft = tmp_path / "draft.yaml"
    assert run(["standards", "import", str(annex(tmp_path, twice)), "-o", str(draft)]) == 0
    err = capsys.readouterr().err
    assert "表1 第5行 噪声仪：与表1 第4行“声级计”同为" in err
    assert "噪音计" not in err
    assert run(["standards", "show", str(draft), "-f", "json"]) == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"PK\x03\x04broken", "附件打不开"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "附件打不开"),
        ("a.csv", "名称,数量说明\n无人机,一些\n".encode(), "没有一张认出表头"),
        ("a.html", b"<html><body><p>x</p></body></html>", "没有"),
        ("a.csv", b"\n \n", "文件是空的"),
        ("a.csv", b",,\n,,\n", "没有读到表格"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, content, code, tmp_path, capsys):
    path = tmp_path / name
    path.write_bytes(content)
    assert run(["standards", "import", str(path), "-o", str(tmp_path / "draft.yaml")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert code in err
    assert not (tmp_path / "draft.yaml").exists()


def rows_of(path: Path, capsys) -> dict[str, dict]:
    capsys.readouterr()
    assert run(["standards", "show", str(path), "-f", "json"]) == 0
    return {row["source"]["place"]: row for row in json.loads(capsys.readouterr().out)["requirements"]}


def table(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_heading_repeated_on_each_page_is_no_row(tmp_path, capsys):
    source = table(tmp_path / "a.csv", [HEAD, ROWS[0], HEAD, ROWS[2]])
    draft = tmp_path / "draft.yaml"
    assert run(["standards", "import", str(source), "-o", str(draft)]) == 0
    assert "表头和标题：表1 第1行、表1 第3行" in capsys.readouterr().err
    assert list(rows_of(draft, capsys)) == ["表1 第2行", "表1 第4行"]


def test_a_column_for_bureaus_we_have_no_word_for_is_a_question(tmp_path, capsys):
    rows = [["装备名称", "市级", "副省级城市", "参考单价"], ["无人机", "1", "2", "5000"]]
    draft = tmp_path / "draft.yaml"
    source = table(tmp_path / "a.csv", rows)
    assert run(["standards", "import", str(source), "-o", str(draft), "--strict"]) == 1
    assert "“副省级城市”一列适用于哪些机构" in capsys.readouterr().err
    (row,) = rows_of(draft, capsys).values()
    assert {name: rule["count"] for name, rule in row["quantity"].items()} == {"city": 1, "column1": 2}
    assert "5000" in row["note"]
    assert run(["standards", "lint", str(draft)]) == 1
    text = draft.read_text("utf-8").replace("when: {}", "when: {level: city, city_rank: sub-provincial}")
    draft.write_text(text.replace("when: {level: city}}", "when: {level: city, city_rank: usual}}"), "utf-8")
    assert run(["standards", "lint", str(draft)]) == 0
    assert run(["standards", "import", str(source), "-o", str(draft), "--strict", "--merge"]) == 0


def test_a_table_without_a_known_heading_is_told_and_counted(tmp_path, capsys):
    source = tmp_path / "a.html"
    known = "<table><tr><th>装备名称</th><th>县级</th></tr><tr><td>无人机</td><td>1</td></tr></table>"
    other = "<table><tr><td>甲</td><td>乙</td><td>丙</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    source.write_text(f"<html><body>{known}{other}</body></html>", "utf-8")
    assert run(["standards", "import", str(source), "--strict", "-o", str(tmp_path / "draft.yaml")]) == 1
    err = capsys.readouterr().err
    assert "未读入 2 行" in err
    assert "表2：表里有数字，没有认出表头，2 行没有读入，首行是“甲 乙 丙”" in err
    assert "错误：表2没有读出一行" in err
    assert run(["standards", "lint", str(tmp_path / "draft.yaml")]) == 1
    assert "附件里有表没有读入" in capsys.readouterr().out


def test_a_continued_table_without_a_heading_goes_on(tmp_path, capsys):
    first = "<table><tr><th>装备名称</th><th>县级</th></tr><tr><td>无人机</td><td>1</td></tr></table>"
    second = "<table><tr><td>声级计</td><td>每5人1部</td></tr></table>"
    (tmp_path / "a.html").write_text(f"<html><body>{first}<p>续表</p>{second}</body></html>", "utf-8")
    draft = tmp_path / "draft.yaml"
    assert run(["standards", "import", str(tmp_path / "a.html"), "-o", str(draft)]) == 0
    assert "表2 没有表头，按前一张表的表头读取" in capsys.readouterr().err
    assert rows_of(draft, capsys)["表2 第1行"]["quantity"]["county"]["every"] == 5


@pytest.mark.parametrize(
    "name", ["enforcement-2020", "enforcement-2024", "supervision-2006-east", "uniform-2020"]
)
def test_what_show_prints_is_read_back_as_the_same_rules(name, tmp_path, capsys):
    assert run(["standards", "show", name, "-f", "json"]) == 0
    before = json.loads(capsys.readouterr().out)
    assert run(["standards", "show", name, "-f", "md"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    limit = ["--limit", before["limit"]]
    draft = tmp_path / "draft.yaml"
    assert run(["standards", "import", str(table(tmp_path / "a.csv", cells)), "-o", str(draft), *limit]) == 0
    capsys.readouterr()
    assert run(["standards", "show", str(draft), "-f", "json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert after["columns"] == before["columns"]
    plain = [{c: r | {"note": None} for c, r in row["quantity"].items()} for row in before["requirements"]]
    assert [row["quantity"] for row in after["requirements"]] == plain
    for old, new in zip(before["requirements"], after["requirements"], strict=True):
        assert (old["name"], old["category"], old["unit"]) == (new["name"], new["category"], new["unit"])
        assert old["obligation"] == new["obligation"]


def test_a_heading_that_says_upper_limit_makes_a_ceiling(tmp_path, capsys):
    source = table(tmp_path / "a.csv", [["装备名称", "数量上限"], ["碎纸机", "不超过2台"]])
    draft = tmp_path / "draft.yaml"
    assert run(["standards", "import", str(source), "-o", str(draft), "--strict"]) == 0
    assert "按配置上限读取" in capsys.readouterr().err
    assert "limit: ceiling\n" in draft.read_text("utf-8")
    assert rows_of(draft, capsys)["表1 第2行"]["quantity"]["all"]["count"] == 2


def test_a_person_who_says_ceiling_is_heard_when_importing_again(tmp_path, capsys):
    source = table(tmp_path / "a.csv", [["装备名称", "县级"], ["碎纸机", "不超过2台"]])
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(source), "-o", str(draft), "--strict", "--merge"]
    assert run(call) == 1
    draft.write_text(draft.read_text("utf-8").replace("limit: floor", "limit: ceiling"), "utf-8")
    table(source, [["装备名称", "县级"], ["碎纸机", "不超过2台"], ["投影仪", "不超过3台"]])
    assert run(call) == 0
    rows = rows_of(draft, capsys)
    assert [row["quantity"]["county"]["count"] for row in rows.values()] == [2, 3]


def test_tables_side_by_side_are_read_apart(tmp_path, capsys):
    rows = [["装备名称", "县级", "装备名称", "县级"], ["无人机", "—", "声级计", "2"], ["望远镜", "3", "", ""]]
    draft = tmp_path / "draft.yaml"
    assert (
        run(["standards", "import", str(table(tmp_path / "a.csv", rows)), "-o", str(draft), "--strict"]) == 0
    )
    assert "左右并列 2 组" in capsys.readouterr().err
    read = {row["name"]: row["quantity"] for row in rows_of(draft, capsys).values()}
    assert {name: {c: r["count"] for c, r in rules.items()} for name, rules in read.items()} == {
        "无人机": {},
        "声级计": {"county": 2},
        "望远镜": {"county": 3},
    }


def test_a_name_over_two_columns_is_the_item_and_the_class_is_kept(tmp_path, capsys):
    path = tmp_path / "annex.html"
    path.write_text(
        "<table><tr><td colspan=2>装备名称</td><td>单位</td><td>县级</td></tr>"
        "<tr><td colspan=2>照相机</td><td>台</td><td>3</td></tr>"
        "<tr><td rowspan=2>便携类</td><td>声级计</td><td>台</td><td>2</td></tr>"
        "<tr><td>无人机</td><td>架</td><td>1</td></tr></table>",
        "utf-8",
    )
    draft = tmp_path / "draft.yaml"
    assert run(["standards", "import", str(path), "-o", str(draft), "--strict"]) == 0
    assert run(["standards", "show", str(draft), "-f", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["requirements"]
    assert [(one["name"], one["kinds"], one["note"]) for one in rows] == [
        ("照相机", ["still_camera"], None),
        ("声级计", ["sound_level_meter"], "装备名称：便携类"),
        ("无人机", ["uav"], "装备名称：便携类"),
    ]


def test_a_row_that_begins_with_a_footnote_mark_is_the_note_of_its_row(tmp_path, capsys):
    path = tmp_path / "annex.html"
    path.write_text(
        "<table><tr><td>装备名称</td><td>单位</td><td>县级</td></tr>"
        "<tr><td>照相机*</td><td>台</td><td>3</td></tr>"
        "<tr><td colspan=3>*须防爆</td></tr></table>",
        "utf-8",
    )
    assert run(["standards", "import", str(path), "--strict"]) == 0
    out, err = capsys.readouterr()
    assert 'note: "*须防爆"' in out
    assert "注：表1 第3行" in err


@pytest.mark.parametrize("total", [["合计", "", ""], ["", "小 计", ""]])
def test_a_total_is_no_requirement_wherever_its_word_stands(total, tmp_path, capsys):
    rows = [ROWS[0], [*total, "9", "9", ""]]
    assert run(["standards", "import", str(annex(tmp_path, rows)), "--strict"]) == 0
    out, err = capsys.readouterr()
    assert out.count("- id: ") == 1
    assert "装备 1 行" in err


def test_a_bad_id_is_answered_by_the_name_of_its_option(tmp_path, capsys):
    assert run(["standards", "import", str(annex(tmp_path)), "--id", "Bad ID"]) == 2
    assert "“--id”的取值不对" in capsys.readouterr().err


def test_an_old_workbook_that_its_reader_warns_about_is_read_all_the_same(tmp_path, capsys):
    """WPS writes sizes that are no multiple of a sector; the library warns on stdout, where the answer goes."""
    sound = Path(__file__).parent / "corpus" / "s01-supervision.xls"
    (tmp_path / "odd.xls").write_bytes(sound.read_bytes() + b"odd")
    drafts = []
    for path in (sound, tmp_path / "odd.xls"):
        assert run(["standards", "import", str(path), "--id", "demo-2006"]) == 0
        drafts.append(capsys.readouterr().out.split("requirements:")[1])
    assert drafts[0] == drafts[1]
