"""Errors of planning: prices, budgets and settings."""

from equipcheck.problems import Entry

PLANNING: tuple[Entry, ...] = (
    Entry(
        "price-heading",
        "价格表没有可识别的表头",
        "不知道哪一列是种类、哪一列是单价。",
        "第一行写 种类,单价,年份,来源（或 kind,unit price,year,source）；送检费、维修费等另加一列“用途”。",
        "价格表的表头应有“种类”和“单价”（现有：{found}）。可写：种类,单价,年份,来源,用途",
    ),
    Entry(
        "bad-price",
        "价格表的内容不合要求",
        "读不懂的价格不能进入测算。",
        "按提示改正；种类写目录的编号或名称，单价以元计，年份四位。",
        "写的是“{value}”；要求：{expected}{near}",
    ),
    Entry(
        "price-twice",
        "同一种类同一年有两个价格",
        "不知道用哪一个。",
        "只留一个；年份不同的可以都留，以最近一年为准。",
        "“{kind}”在同一年、同一用途已有价格（第 {first} 行）。请只留一个",
    ),
    Entry(
        "bad-budget",
        "预算写得不对",
        "逗号分开的是各年的预算，一年不到 1000 元多半是千位分隔符造成的误读。",
        "每年一个数，用逗号分开，如 300000,200000 或 30万,20万。",
        "“{value}”读作 {count} 个年度的预算：{parts}；“{part}”{why}。一年 30 万元写 300000 或 30万，两年写 30万,20万",
    ),
    Entry(
        "transfer-unknown",
        "调剂的条目在标准里没有",
        "写错编号的调剂会落空。",
        "用 equipcheck standards show 查看各条的编号。",
        "plan: transfers: 里的“{value}”不是标准 {standard} 的配备要求{near}",
    ),
)
