"""`section`, `section --check` and `history` on the command line, on the synthetic sample."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from equipcheck.cli import run
from equipcheck.schemas import schema_of

DRAFT = """# 示例报告

## 三、存在的问题

一是执法装备与标准要求尚有差距，如：车载样品保存设备、管道探测仪、恶臭监测仪、移动源执法监测设备等尚未配备到位。

二是未配备无人机。

## 四、下一步工作措施

一是加强业务培训。
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "年度报告.md"
    path.write_text(DRAFT, "utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run([str(one) for one in arguments]) == 0
    return capsys.readouterr().out


def test_the_passage_in_markdown(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "section", sample)
    assert text.startswith("# 示例区生态环境局（虚构）2023年执法装备配备情况\n")
    assert "四是移动源执法监测设备尚未配备" in text
    assert "2024年度资产配置计划和部门预算" in text
    assert "声级计" not in text
    assert "声级计" in said(capsys, "section", sample, "--assumed")


def test_the_passage_in_word_is_the_same_twice(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "一.docx", tmp_path / "二.docx"
    said(capsys, "section", sample, "-o", first)
    said(capsys, "section", sample, "-o", second)
    assert first.read_bytes() == second.read_bytes()


def test_the_check_has_its_published_form(
    sample: Path, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(said(capsys, "section", sample, "--check", draft, "-f", "json"))
    assert set(schema_of("section")["properties"]) <= set(found)
    assert set(schema_of("section")["required"]) <= set(found)
    verdicts = {(one["requirement"], one["verdict"]) for one in found["claims"]}
    assert ("odor-monitor", "agrees") in verdicts
    assert ("uav", "contradicts") in verdicts
    assert "sound-level" in found["omitted"]
    assert [one["place"] for one in found["unanswered"]] == ["第5行", "第7行"]
    assert found["ok"] is False
    assert {one["place"] for one in found["claims"]} == {"第5行", "第7行"}


def test_the_check_for_people(sample: Path, draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "section", sample, "--check", draft)
    assert "不符（1 处）" in text
    assert "第7行  二是未配备无人机。\n    无人机：文称没有；台账有持有" in text
    assert "推定种类16项（仅列入参考清单，对外文稿可以不提）：" in text
    assert "没有措施提到" in said(capsys, "section", sample, "--check", draft, "-f", "md")


def test_strict_makes_it_a_bar(sample: Path, draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["section", str(sample), "--check", str(draft), "--strict"]) == 1
    capsys.readouterr()
    draft.write_text(said(capsys, "section", sample, "--assumed"), "utf-8")
    assert run(["section", str(sample), "--check", str(draft), "--strict"]) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-f", "docx"], "docx 请用 -o 写明文件名"),
        (["-f", "json"], "核对文稿请用 --check"),
        (["--check", "没有.docx"], "没有.docx: 找不到文件"),
        (["--template", "模板.md", "-o", "稿.docx"], "换用 .docx 模板"),
        (["--template", "没有.md"], "找不到文件"),
    ],
)
def test_a_wrong_call(
    sample: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["section", str(sample), *arguments]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert words in output.err


def test_the_shipped_template_can_be_changed_and_used(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "模板.md"
    said(capsys, "section", "--save-template", template)
    assert said(capsys, "section", sample, "--template", template) == said(capsys, "section", sample)
    template.write_text("【{{单位}}】\n\n{{工作措施}}\n", "utf-8")
    assert said(capsys, "section", sample, "--template", template).startswith(
        "【示例区生态环境局（虚构）】\n\n一是"
    )
    word = tmp_path / "模板.docx"
    said(capsys, "section", "--save-template", word)
    plain, own = tmp_path / "一.docx", tmp_path / "二.docx"
    said(capsys, "section", sample, "-o", plain)
    said(capsys, "section", sample, "-o", own, "--template", word)
    assert plain.read_bytes() == own.read_bytes()


def test_the_project_may_set_style_reference_list_and_template(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = sample / "equipcheck.yaml"
    text = config.read_text("utf-8")
    brief, assumed = (
        said(capsys, "section", sample, "--style", "brief"),
        said(capsys, "section", sample, "--assumed"),
    )
    config.write_text(f"{text}section: {{style: brief}}\n", "utf-8")
    assert said(capsys, "section", sample) == brief
    config.write_text(f"{text}section: {{assumed: true, template: 模板.docx}}\n", "utf-8")
    assert said(capsys, "section", sample) == assumed
    config.write_text(f"{text}section: {{stile: brief}}\n", "utf-8")
    assert run(["section", str(sample)]) == 2
    assert "不认识的键“stile”（是否为“style”？）" in capsys.readouterr().err


def test_history_from_the_first_record_to_the_section(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", "trend", str(sample)]) == 2
    assert "还没有年度快照" in capsys.readouterr().err
    said(capsys, "history", "record", sample, "--as-of", "2022-12-31", "--staff", "14")
    assert said(capsys, "history", "record", sample) == "已登记 history/2023.yaml\n"
    assert "没有改动" in said(capsys, "history", "record", sample)
    text = said(capsys, "history", "trend", sample)
    assert "2022 年 → 2023 年" in text
    assert (
        "新出现  声级计：缺口 0 → 2；要求：执法人员由14人变为17人，应配由2部增至3部；持有：检定或校准过期增加1部"
        in text
    )
    data = json.loads(said(capsys, "history", "trend", sample, "-f", "json"))
    assert [one["year"] for one in data["years"]] == [2022, 2023]
    assert {one["mark"] for one in data["changes"][0]["findings"]} == {"new", "open"}
    assert "| 声级计" in said(capsys, "history", "trend", sample, "-f", "md")
    assert "与2022年相比，有缺口的装备仍为4种" in said(capsys, "section", sample)


def test_an_edited_snapshot_is_told_by_trend_and_section(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "history", "record", sample, "--as-of", "2022-12-31")
    path = sample / "history" / "2022.yaml"
    path.write_text(path.read_text("utf-8").replace('"gap": 1', '"gap": 0', 1), "utf-8")
    assert "登记后被改动过" in said(capsys, "history", "trend", sample)
    assert run(["section", str(sample)]) == 0
    assert "登记后被改动过" in capsys.readouterr().err


def test_a_snapshot_does_not_change_what_is_checked(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = said(capsys, "report", sample, "-f", "json")
    said(capsys, "history", "record", sample)
    assert said(capsys, "report", sample, "-f", "json") == before
    shutil.rmtree(sample / "history")
