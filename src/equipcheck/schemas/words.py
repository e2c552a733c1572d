"""What editors show beside the keys of input files, by model and field."""

from __future__ import annotations

from typing import Any

from equipcheck.schemas.word_files import WORD_FILES

Told = tuple[str, tuple[Any, ...]]


def _told(text: str, *examples: Any) -> Told:
    return text, examples


_FORMAT = _told("文件格式的版本，现为 1；可不写")
_DECIDED = {
    "note": _told("理由"),
    "by": _told("谁决定的"),
    "date": _told("哪天决定的"),
    "why": _told("当时程序给出的依据"),
}
_LEDGER = {
    "path": _told("文件路径，以本文件所在文件夹为起点"),
    "as": _told("ledger 固定资产台账（不写时），supplement 账外补充，verification 检定台账"),
    "columns": _told("列名认错时指定：我们的列名 → 台账里的表头", {"name": "设备名称"}),
    "sheets": _told("只读哪些工作表"),
    "header_row": _told("表头在第几行"),
}
_SERVICE = {
    "requirement": _told("满足哪一行（标准里的编号）"),
    "quantity": _told("折合几件，不写为 1"),
    "how": _told("service 第三方服务（不写时），pool 统调平台，loan 他单位出借"),
    "by": _told("由谁提供"),
    "paper": _told("合同或文件编号"),
    "until": _told("到期日（含）；不写为长期"),
    "price": _told("每年费用（元）"),
}

WORDS: dict[str, dict[str, Told]] = {
    "Standard": {
        "format": _FORMAT,
        "id": _told("标准的编号：小写字母、数字、-，全局唯一", "local-2025"),
        "family": _told("同一标准各版本共用的系列名；没有写明标准时按系列和日期选用版本", "enforcement"),
        "title": _told("标准名称，照原文", "示例装备标准（2025年版）"),
        "document": _told("文号；不知道写 null", "示例〔2025〕1号"),
        "issuer": _told("发文机关；不知道写 null"),
        "effective": _told("施行日期；只知年份写年份（按当年1月1日起）；不知道写 null", "2025-01-01", "2025"),
        "limit": _told("数量的性质：floor 配备下限（不写时），ceiling 配置上限"),
        "supersedes": _told("被它代替的旧版编号", ["enforcement-2020"]),
        "extends": _told("在哪个标准之上加严或增加（编号或文件路径）；只写与之不同的行", "enforcement-2024"),
        "note": _told("适用范围、取整口径、未列入的行等需要读者知道的话"),
        "verified": _told("与原文核对的记录，由 standards verify 写入"),
        "columns": _told("原表的各列，以及哪些机构读哪一列；每个机构恰好读一列。只有一列时可不写"),
        "requirements": _told("原表的各行"),
    },
    "Column": {
        "id": _told("列的编号", "county", "east-level1"),
        "label": _told("列名，照原文", "县级"),
        "when": _told(
            "哪些机构读这一列：层级 level（province、city、county）、地区 region（east、central、west）、"
            "等级 grade（1、2、3）、气候区 climate 等",
            {"level": "county"},
            {"region": "east", "grade": 1},
        ),
    },
    "Requirement": {
        "id": _told("这一行的编号，在本标准内唯一", "vehicle-sample-storage"),
        "name": _told("装备名称，照原文", "车载样品保存设备"),
        "category": _told("类别", "取证装备"),
        "kinds": _told(
            "装备目录里的种类编号：其中任何一种都算，第一种是购置时买的；空着表示待定",
            ["vehicle_sample_storage"],
        ),
        "obligation": _told("必配 required（不写时）或选配 optional；各列不同时逐列写明"),
        "unit": _told("计量单位", "台"),
        "quantity": _told(
            "各列的数量规则；没有写的列表示不要求。只有一列的标准直接写规则",
            {"county": 2},
            {"county": {"per": "staff", "every": 3, "min": 2}},
        ),
        "when": _told("这一行只适用于哪些机构", {"vehicles": {"min": 1}}),
        "service": _told("第三方服务能否满足这一行"),
        "source": _told("出处和可信度"),
        "price_limit": _told("单价上限（元）"),
        "life_years": _told("最低使用年限（年）"),
        "parameters": _told("技术参数，照原文"),
        "note": _told("其他要求，照原文；只显示，不核算"),
    },
    "QuantityRule": {
        "per": _told(
            "按机构的哪个数计算：staff 执法人员、main_posts 主要执法岗、authorized 编制、"
            "on_roll 编制内实有人数、vehicles 执法车辆、departments 内设机构、teams 执法中队，或自定的数",
            "staff",
        ),
        "every": _told("每几个（人、辆）算一份，不写为 1", 3),
        "count": _told("每份几件；不写 per 时就是总数", 1),
        "percent": _told("按百分之几计算", 50),
        "min": _told("至少", 2),
        "max": _told("至多", 5),
        "round": _told("取整：up 向上（不写时），down 向下"),
        "tiers": _told("分段计算：每段单独取整再相加", [{"upto": 100, "every": 20}, {"every": 30}]),
        "sum": _told("几部分相加", [{"count": 3}, {"per": "staff", "every": 5}]),
        "as_needed": _told("按需配备：只列出，不核算"),
        "text": _told("读不成规则的原文：待定，只列出，不核算"),
        "note": _told("原文没有说清的地方"),
    },
    "Tier": {
        "upto": _told("到多少为止；最后一段不写"),
        "every": _told("每几个算一份，不写为 1"),
        "count": _told("每份几件，不写为 1"),
        "percent": _told("按百分之几计算"),
        "round": _told("取整：up 向上（不写时），down 向下"),
    },
    "Source": {
        "place": _told("在原文中的位置", "表1 第7行"),
        "status": _told("数量的依据：official 发文机关原文，reprint 转载，estimate 估计"),
        "kind": _told("种类的依据：attested 有文字说到（不写时），assumed 推定"),
        "document": _told("出自别的文件时写明"),
        "note": _told("依据和疑问"),
    },
    "Verified": {
        "on": _told("核对日期"),
        "by": _told("核对人（两人）"),
        "sha256": _told("所核对的附件的 SHA-256"),
        "content": _told("核对时文件内容的指纹：此后内容有改动，lint、pack、add 都会指出"),
    },
    "CatalogueFile": {
        "format": _FORMAT,
        "kinds": _told("装备种类"),
        "groups": _told("总称：一个词代表几个种类"),
        "aliases": _told("给已有的种类补充叫法：种类编号 → 叫法", {"uav": ["四旋翼"]}),
    },
    "Kind": {
        "id": _told("种类编号，不再改用、不删除", "vehicle_sample_storage"),
        "name": _told("名称", "车载样品保存设备"),
        "aliases": _told("其他叫法", ["车载冰箱"]),
        "not": _told("名称里有这些词时不是这一种", ["冷藏柜"]),
        "category": _told("大类"),
        "unit": _told("计量单位", "台"),
        "off_ledger": _told("通常低于固定资产入账标准，台账一般不含"),
        "quota": _told("受编制管理（如车辆），只在编制数内列入计划"),
        "fact": _told("这一种的件数就是机构的哪个数", "vehicles"),
        "replaced_by": _told("已改用哪个种类编号"),
        "metrology": _told("计量：检定或校准的方式、规程、周期、费用"),
        "life_years": _told("使用年限（年）"),
        "price": _told("工作估价，不是报价"),
        "note": _told("说明"),
    },
    "Group": {
        "name": _told("总称", "移动源执法监测设备"),
        "aliases": _told("其他叫法"),
        "kinds": _told("代表的种类；第一种是购置时买的"),
    },
    "Metrology": {
        "mode": _told("verify 检定，calibrate 校准，none 不需要"),
        "code": _told("规程编号"),
        "months": _told("周期（月）"),
        "fee": _told("每次费用（元），工作估价"),
        "basis": _told("规程和周期的依据"),
    },
    "Price": {
        "low": _told("低价（元）"),
        "typical": _told("常见价（元）"),
        "high": _told("高价（元）"),
        "basis": _told("依据"),
    },
    "ProjectFile": {
        "format": _FORMAT,
        "bureau": _told(
            "机构资料：name 名称、level 层级（province、city、county）、region 地区（east、central、west）、"
            "staff 执法人员、vehicles 执法车辆，以及标准用到的其他数",
            {"name": "某县分局（虚构）", "level": "county", "region": "west", "staff": 17, "vehicles": 3},
        ),
        "standard": _told(
            "用哪个标准：编号或文件；不写时按日期选用 enforcement 系列施行中的版本", "enforcement-2020"
        ),
        "as_of": _told("截至日期；不写为运行当天", "2023-12-31"),
        "ledgers": _told(
            "台账：路径，或 {path:, as: supplement 低值易耗品等补充 / verification 检定台账}",
            ["inventories/固定资产台账.xlsx"],
        ),
        "vocabulary": _told("本单位台账自己的用词：表头和使用状况的词，与内置的一并认得"),
        "decisions": _told("对应关系的人工决定文件，近的在前", "decisions.yaml"),
        "catalogue": _told("本单位自己的装备目录文件"),
        "prices": _told("本单位的价格表（csv）：种类、单价、年份、来源"),
        "metrology": _told("record 没有检定日期的照计并标注（不写时），strict 一律不计"),
        "services": _told("第三方服务、统调平台、他单位出借"),
        "waivers": _told("说明：有理由、有期限的例外；数字不变，只作标注"),
        "plan": _told("计划的设置"),
        "section": _told("年度报告段落的设置"),
    },
    "DecisionsFile": {
        "format": _FORMAT,
        "matches": _told("名称对应哪个种类"),
        "splits": _told("一行拆成几部分"),
    },
    "MatchEntry": {
        "name": _told("台账里的名称，照原样", "便携式检测仪"),
        "model": _told("台账里的型号；不写时适用于所有型号"),
        "kind": _told("种类编号；不是任何一种时写 none", "pid_detector", "none"),
        **_DECIDED,
    },
    "SplitEntry": {
        "ref": _told("哪一行：文件#工作表!行", "台账.xlsx#Sheet1!7"),
        "asset_no": _told("或者写资产编号"),
        "name": _told("写 ref 时的名称：台账里插进了行，按名称和件数找到原来那一行"),
        "parts": _told("拆成几部分，件数之和等于原行"),
        **_DECIDED,
    },
    "SplitPart": {
        "quantity": _told("这一部分几件"),
        "status": _told("这一部分的状态，如 损坏", "损坏"),
        "kind": _told("这一部分的种类编号"),
        "note": _told("理由"),
    },
    "OwnVocabulary": {
        "headings": _told("字段 → 表头上的词", {"name": ["物件名"], "location": ["置于何处"]}),
        "statuses": _told("状态 → 使用状况列里的词；状态也可写中文", {"idle": ["备件库"]}),
    },
    "LedgerSource": _LEDGER,
    "FleetFile": {
        "format": _FORMAT,
        "standard": _told("用哪个标准：编号或文件；机构表里可以逐个写明", "enforcement-2020"),
        "as_of": _told("截至日期；机构表里可以逐个写明", "2023-12-31"),
        "bureaus": _told(
            "机构表（csv、xlsx）：机构代码、机构名称、级别、上级机构代码、人员数、主要执法岗数、车辆数、标准、截至日期等",
            "bureaus.csv",
        ),
        "ledgers": _told(
            "台账：含单位代码列，或一个机构一个文件、文件名为机构代码", ["ledgers/*.xlsx", "汇总台账.parquet"]
        ),
        "decisions": _told(
            "人工决定文件，各机构共用；写文件夹时其中各文件是一个机构自己的，文件名为机构代码"
        ),
        "catalogue": _told("自己的装备目录文件"),
        "prices": _told("价格表（csv）"),
        "metrology": _told("record 没有检定日期的照计并标注（不写时），strict 一律不计"),
        "services": _told(
            "统调平台、第三方服务、出借：bureaus 写明哪些机构，under 写明在谁之下；都不写为全部机构"
        ),
    },
    "FleetLedger": {"code": _told("单位代码列的表头，认不出时写明", "核算单位编码")} | _LEDGER,
    "FleetService": {
        "bureaus": _told("哪些机构（代码）", ["510101"]),
        "under": _told("哪个上级之下的全部机构", ["510000"]),
    }
    | _SERVICE,
    "ServiceContract": _SERVICE,
    "WaiverEntry": {
        "requirement": _told("哪一行（标准里的编号）"),
        "reason": _told("理由"),
        "until": _told("有效期（含）"),
    },
} | WORD_FILES
