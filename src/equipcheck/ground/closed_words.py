"""Closed sets of words: each code, and how people write it in Chinese. Files and options read this one table."""

from __future__ import annotations

from collections.abc import Mapping

SETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "level": {
        "province": ("省级", "省"),
        "city": ("市级", "市", "地市级", "地级", "地级市", "设区的市", "设区市"),
        "county": ("县级", "县", "区县级", "县区级", "区县", "县级市", "区级", "区"),
    },
    "region": {
        "east": ("东部", "东", "东部地区"),
        "central": ("中部", "中", "中部地区"),
        "west": ("西部", "西", "西部地区"),
    },
    "grade": {"1": ("一级", "1级"), "2": ("二级", "2级"), "3": ("三级", "3级")},
    "climate": {
        "hot": ("热区", "热带"),
        "subtropical": ("亚热区", "亚热带"),
        "south-temperate": ("南温区", "南温带"),
        "north-temperate": ("北温区", "北温带"),
        "cold": ("寒区", "寒带"),
        "high-cold": ("高寒区", "高寒带"),
    },
    "metrology": {"record": ("按登记", "登记", "不从严"), "strict": ("从严", "严格")},
    "role": {
        "ledger": ("台账", "固定资产台账", "资产台账"),
        "supplement": ("补充清单", "补充", "补充台账", "低值易耗品", "低值易耗品台账"),
        "verification": ("检定台账", "检定", "检定登记", "校准台账", "校准", "检定校准台账", "检定、校准台账"),
    },
    "how": {
        "service": ("第三方服务", "服务", "购买服务", "购买第三方服务"),
        "pool": ("统调共享", "统调（共享）", "统调(共享)", "统调", "统调平台", "共享", "共享平台"),
        "loan": ("借用", "借入", "出借", "他单位出借"),
    },
    "limit": {
        "floor": ("配备下限", "下限", "最低配备"),
        "ceiling": ("配置上限", "上限", "配备上限", "最高限额"),
    },
    "obligation": {"required": ("必配", "必备"), "optional": ("选配", "选备")},
    "status": {
        "official": ("正式文本", "正式", "原件"),
        "reprint": ("转载件", "转载"),
        "estimate": ("工作值", "估计", "估算"),
    },
    "trust": {"attested": ("有据", "有依据"), "assumed": ("推定",)},
    "round": {"up": ("向上", "向上取整", "进位"), "down": ("向下", "向下取整", "舍去")},
    "mode": {"verify": ("检定",), "calibrate": ("校准",), "none": ("无", "不需要", "不检定")},
    "by": {"priority": ("先后", "按先后", "优先级", "按优先级"), "value": ("价值", "按价值")},
    "style": {"brief": ("简写", "简"), "full": ("详写", "逐项", "全文")},
    "part": {"problems": ("问题", "存在的问题"), "measures": ("措施", "工作措施"), "all": ("全部",)},
    "of": {"findings": ("要求", "结论", "核查结论"), "assets": ("资产", "资产行")},
    "layout": {
        "level": ("层级", "省市县"),
        "grade": ("等级", "建设等级", "一二三级"),
        "region-level": ("地区和层级", "地区×层级"),
        "region-grade": ("地区和等级", "地区×等级"),
        "climate": ("气候区", "气候"),
        "none": ("只有一列", "一列", "不分列"),
    },
    "schema": {
        "standard": ("标准",), "catalogue": ("装备目录", "目录"), "project": ("项目",), "decisions": ("决定",),
        "fleet": ("机构汇总",), "report": ("核查",), "match": ("对应",), "plan": ("计划",), "section": ("核对",),
        "rollup": ("汇总",), "show": ("查看",), "diff": ("比较",), "lint": ("检查",),
    },
}  # fmt: skip
"""Set → code → its writings in Chinese, the first as outputs print it where they print the set's words."""


def codes_by_word(name: str) -> dict[str, str]:
    """Everything that may be written for the words of a set → the word; codes first."""
    words = SETS[name]
    return {code: code for code in words} | {said: code for code in words for said in words[code]}


def code_of(name: str, written: object) -> object:
    """The code that a written word of a set stands for; anything else as it is."""
    return codes_by_word(name).get(written.strip(), written) if isinstance(written, str) else written


def in_chinese(name: str) -> dict[str, str]:
    """Each code of a set and its first writing."""
    return {code: said[0] for code, said in SETS[name].items()}
