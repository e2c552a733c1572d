"""What editors show beside the lists of `standards/vocabulary/annex.yaml`."""

from __future__ import annotations

from typing import Any

ANNEX_WORDS: dict[str, dict[str, tuple[str, tuple[Any, ...]]]] = {
    model: {key: (text, ()) for key, text in told.items()}
    for model, told in {
        "AnnexWords": {
            "columns": "表头整个等于这些词时，这一列是什么",
            "kinds": "没有更好的名称列时才算名称；有名称列时算类别",
            "names_too": "没有“装备名称”一类的表头时，也可以是名称列",
            "not_names": "以“名称”结尾，却不是装备的名称",
            "not_quantities": "表头含有这些字样的列不是数量",
            "levels": "机构的层级：写在“级”之前的字",
            "several_levels": "一个词说了几个层级：词 → 层级，用空格隔开",
            "regions": "地区的说法，每个地区一个",
            "several_regions": "一个词说了几个地区：词 → 地区，用空格隔开",
            "grades": "等级（一级、二级、三级）的写法",
            "climates": "气候区：编号 → 写在“区、带”之前的字",
            "noise": "与层级、数量写在一起，不另有所指的字样",
            "quantities": "只有这些字样（和 noise 里的）的表头是数量",
            "bounds": "一个层级下的几列数字：哪个是下限、上限，哪个只是建议",
            "bureau_words": "说到机构，但不知道是哪些机构的词尾",
            "bureau_phrases": "标题、工作表名里的这类说法，要由人写明是哪些机构；可以用正则表达式",
            "asides": "标题、分组、表头的括号里，与数量无关的字样",
            "class_words": "种类、分组的名称常以这些字样结尾",
            "title_words": "标题、分组的中心词；后面再有读不懂的字样，要由人写明",
            "limits": "标题、分组、工作表名里有这些字样，数量是给谁的要由人写明",
            "changes": "备注、表注里有这些字样的，数量会因此不同，要由人写明；可以用正则表达式",
            "conditions": "备注、表注里说谁才配备的写法；可以用正则表达式",
            "units": "计量单位的写法，单个量词之外的",
            "bases": "按什么计（每X、件/X）：机构的哪个数 → 各种说法",
            "bases_self": "每一个这样的机构就是本单位",
            "groups": "这些量词在“/”后面时是按组、按队计，不是单位",
            "consumed": "消耗品的量词：在“/台”前面时是按台计",
            "measures": "“每X个”里的量词",
            "duties": "必配、选配的说法",
            "duty_hints": "含有这些字样而整句读不懂时，不知是必配还是选配",
            "marks": "单写一个记号：配，或选配",
            "not_equipment": "不像装备的行的字样",
            "measure_units": "计量用的单位，与“台、个”混用时要问",
            "packs": "包装用的单位，与别的单位混用时要问",
            "totals": "合计行的名称",
            "notes": "表下注文的开头",
        },
        "AnnexColumns": {
            "serial": "序号",
            "unit": "计量单位",
            "remark": "备注",
            "duty": "必配或选配",
            "parameters": "技术参数",
            "price": "单价上限",
            "life": "使用年限",
            "bureau": "适用的机构",
            "name": "装备名称",
            "category": "类别",
        },
        "AnnexLevels": {"province": "省级", "city": "市级", "county": "县级"},
        "AnnexRegions": {"east": "东部", "central": "中部", "west": "西部"},
        "AnnexBounds": {"min": "下限", "max": "上限", "advice": "建议数"},
        "AnnexDuties": {"required": "必配", "optional": "选配"},
    }.items()
}
